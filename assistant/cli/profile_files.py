"""attune profile export, import, imports, remove; attune tag add, remove."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.session import session_of
from assistant.domain.model import Tag, TagKind
from assistant.usecases import profile_file
from assistant.usecases.own_tags import add_tag, remove_tag
from assistant.usecases.pairs_file import export_pairs

ProfileFile = Annotated[Path, typer.Argument(metavar="FILE", help="The profile's file")]
TagName = Annotated[str, typer.Argument(metavar="NAME", help="The tag's name")]


def add_profile_commands(profile: typer.Typer) -> None:
    """Put the commands for profile files behind `attune profile`."""
    profile.command("export")(export)
    profile.command("import")(import_)
    profile.command("imports")(imports)
    profile.command("remove")(remove)
    profile.command("export-pairs")(export_all_pairs)


def add_tag_commands(tag: typer.Typer) -> None:
    """Put the commands for tags of one's own behind `attune tag`."""
    tag.command("add")(add)
    tag.command("remove")(remove_own)


def export(
    context: typer.Context,
    file: ProfileFile,
    texts: Annotated[
        bool, typer.Option("--texts", help="With your queries, their replies, your snippets")
    ] = False,
) -> None:
    """Write everything learned about you into one file; no text of yours unless asked for."""
    session = session_of(context)
    with session.services() as services:
        done = profile_file.export_profile(services, file=file, texts=texts)
    session.finish({**asdict(done), "file": str(done.file)})
    held = "with" if texts else "without"
    session.say(f"{done.lessons} lessons and {done.tags} tags, {held} texts, are in {done.file}")


def import_(
    context: typer.Context,
    file: ProfileFile,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Forget what was learned here first")
    ] = False,
) -> None:
    """Take over a profile; its lessons can be removed again in one go."""
    session = session_of(context)
    with session.services() as services:
        if dry_run:
            change = profile_file.preview_import(services, file=file)
        else:
            change = profile_file.import_profile(services, file=file, replace=replace)
    session.finish({**asdict(change), "dry_run": dry_run})
    verb = "would come" if dry_run else "came"
    session.say(f"{change.new_lessons} lessons {verb} in, {change.known_lessons} were here already")
    for name, tags in (
        ("new, banned until you free them", change.new_tags),
        ("pinned", change.pinned),
        ("banned", change.banned),
    ):
        if tags:
            session.say(f"tags {name}: {', '.join(tags)}")
    for rule in change.new_rules:
        session.say(f"rule, banned until you free it: {rule}")
    if change.new_snippets:
        session.say(f"snippets: {', '.join(change.new_snippets)}")
    if not dry_run:
        session.say(f"`attune profile remove {change.profile}` takes all of it back")


def imports(context: typer.Context) -> None:
    """Name the profiles that were imported."""
    session = session_of(context)
    with session.services() as services:
        found = profile_file.imports(services)
    session.finish({"imports": [{"profile": name, "lessons": n} for name, n in found.items()]})
    for name, count in found.items():
        session.say(f"{name}: {count} lessons")
    if not found:
        session.say("No profile was imported.")


def remove(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="PROFILE", help="As `profile imports` names it")],
) -> None:
    """Take back everything that came with an imported profile."""
    session = session_of(context)
    with session.services() as services:
        count = profile_file.remove_import(services, profile=name)
    session.finish({"profile": name, "removed": count})
    session.say(f"{count} lessons of {name} are removed.")


def export_all_pairs(context: typer.Context, file: ProfileFile) -> None:
    """Write your rankings as JSON lines that trainers of preference optimisation read."""
    session = session_of(context)
    with session.services() as services:
        count = export_pairs(services, file=file)
    session.finish({"file": str(file), "pairs": count})
    session.say(f"{count} pairs of a better and a worse reply are in {file}")


def add(
    context: typer.Context,
    name: TagName,
    instruction: Annotated[str, typer.Option(help="What the model is told when it is used")],
    kind: Annotated[TagKind, typer.Option(help="A subject or a way of writing")] = TagKind.INTEREST,
) -> None:
    """Add a tag of your own; it is tried like those of the library."""
    session = session_of(context)
    with session.services() as services:
        tag: Tag = add_tag(services, name=name, instruction=instruction, kind=kind)
    session.finish({"name": tag.name, "kind": tag.kind.value, "instruction": tag.instruction})
    session.say(f"{tag.name}: {tag.instruction}")


def remove_own(context: typer.Context, name: TagName) -> None:
    """Remove a tag of your own; what was learned of it goes with it."""
    session = session_of(context)
    with session.services() as services:
        remove_tag(services, name=name)
    session.finish({"removed": name})
    session.say(f"The tag {name} is removed.")
