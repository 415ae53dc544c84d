"""attune about: what this program is, what came with it, and what it runs on."""

from __future__ import annotations

from dataclasses import asdict

import typer

from assistant.cli.session import session_of
from assistant.usecases.about import about as look_up


def add_commands(program: typer.Typer) -> None:
    """Put this module's command into the program."""
    program.command()(about)


def about(context: typer.Context) -> None:
    """Show the version, the licences of what came along, the data folder and the processor."""
    session = session_of(context)
    found = look_up(session.paths)
    session.finish({**asdict(found), "home": str(found.home)})
    session.say(f"Attune {found.version}, {found.licence}")
    for model in found.models:
        session.say(f"{model.title} ({model.role}): {model.licence}, {model.origin}")
    session.say(f"Data: {found.home}")
    session.say(
        f"{found.system}, {found.processor}, {found.cores} threads, {found.memory_gb:.1f} GB"
    )
