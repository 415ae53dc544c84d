"""attune doctor: is everything in place, and the ways out when the data file is damaged."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Annotated

import typer

from assistant.cli.session import Session, session_of
from assistant.domain.errors import UsageProblem
from assistant.usecases.doctor import examine, make_backup, restore_newest, start_new
from assistant.usecases.wipe import wipe as wipe_all


def add_commands(program: typer.Typer) -> None:
    """Put this module's command into the program."""
    program.command()(doctor)
    program.command()(wipe)


def doctor(
    context: typer.Context,
    restore: Annotated[
        bool, typer.Option("--restore", help="Put the newest backup in place")
    ] = False,
    start_anew: Annotated[
        bool, typer.Option("--start-new", help="Keep the damaged file aside, begin anew")
    ] = False,
    back_up: Annotated[bool, typer.Option("--back-up", help="Copy the data file now")] = False,
) -> None:
    """Look at versions, model, processor, folders and the data file."""
    session = session_of(context)
    if sum((restore, start_anew, back_up)) > 1:
        raise UsageProblem("Only one of --restore, --start-new and --back-up at a time.")
    if back_up:
        _back_up(session)
        return
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    if restore:
        backup, kept = restore_newest(session.paths, stamp)
        session.finish({"restored": str(backup), "kept": str(kept) if kept else None})
        session.say(f"Restored {backup.name}; the damaged file is kept as {kept}.")
        return
    if start_anew:
        kept = start_new(session.paths, stamp)
        session.finish({"restored": None, "kept": str(kept)})
        session.say(f"Begun anew; the damaged file is kept as {kept}.")
        return
    findings = examine(session.paths)
    session.finish(
        {
            "ok": all(finding.ok for finding in findings),
            "findings": [{"name": f.name, "value": f.value, "ok": f.ok} for f in findings],
        }
    )
    for finding in findings:
        session.say(f"{'ok ' if finding.ok else 'BAD'} {finding.name}: {finding.value}")
    if not all(finding.ok for finding in findings):
        session.note("Not everything is in place; see above.")
        raise typer.Exit(1)


def _back_up(session: Session) -> None:
    """A verified copy of the data file, made now."""
    backup = make_backup(session.paths, time.time())
    session.finish({"backup": str(backup)})
    session.say(f"A checked copy is at {backup}.")


def wipe(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Really do it")] = False,
) -> None:
    """Remove everything stored about you from the disk: conversations, profile, backups, cache."""
    session = session_of(context)
    if not yes:
        raise UsageProblem(
            f"This removes every conversation and all that was learned in {session.paths.home}, "
            "with its backups, for good; say --yes to go on."
        )
    removed = wipe_all(session.paths)
    session.finish({"removed": [str(path) for path in removed]})
    session.say(f"{len(removed)} files and folders are removed; nothing about you is left.")
