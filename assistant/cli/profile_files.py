"""attune profile export, import, imports, remove; attune tag add, remove."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.session import counted, session_of
from assistant.domain.model import Tag, TagKind
from assistant.usecases import profile_file
from assistant.usecases.own_tags import add_tag, remove_tag
from assistant.usecases.pairs_file import export_pairs
from assistant.usecases.profile_adapter import AdapterOffer
from assistant.usecases.profile_difference import Difference

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
    """Write everything learned about you into one file; no text of yours unless asked for.

    That is tags, lessons, rules, prompts and the agent in use.
    """
    session = session_of(context)
    with session.services() as services:
        done = profile_file.export_profile(services, file=file, texts=texts)
    session.finish({**asdict(done), "file": str(done.file)})
    held = "with" if texts else "without"
    parts = [counted(done.lessons, "lesson"), counted(done.tags, "tag")]
    parts += [counted(done.prompts, "prompt")] if done.prompts else []
    parts += ["the agent"] if done.adapter else []
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}"
    session.say(f"{done.file} holds {listed}, {held} texts.")


def import_(
    context: typer.Context,
    file: ProfileFile,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Forget what was learned here first")
    ] = False,
) -> None:
    """Take over a profile; all of it can be taken back in one go.

    Its tags, rules, prompts and agent are off until you switch them on.
    """
    session = session_of(context)
    with session.services() as services:
        if dry_run:
            change = profile_file.preview_import(services, file=file, replace=replace)
        else:
            change = profile_file.import_profile(services, file=file, replace=replace)
    session.finish({**asdict(change), "dry_run": dry_run})
    for line in _change_lines(change, "would come" if dry_run else "came"):
        session.say(line)
    if not dry_run:
        session.say(f"`attune profile remove {change.profile}` takes all of it back")


def _change_lines(change: Difference, came: str) -> Iterator[str]:
    """What an import changes, for a reader."""
    known = change.known_lessons
    were = "was" if known == 1 else "were"
    yield f"{counted(change.new_lessons, 'lesson')} {came} in, {known} {were} here already"
    for name, tags in (
        ("new, banned until you free them", change.new_tags),
        ("pinned", change.pinned),
        ("banned", change.banned),
    ):
        if tags:
            yield f"tags {name}: {', '.join(tags)}"
    for rule in change.new_rules:
        yield f"rule, banned until you free it: {rule}"
    if change.new_snippets:
        yield f"snippets: {', '.join(change.new_snippets)}"
    for prompt in change.prompts.new:
        yield f"prompt, banned until you allow it: {prompt}"
    for prompt in change.prompts.updated:
        yield f"prompt, with what it has done since: {prompt}"
    for prompt in change.prompts.changed:
        yield f"prompt, here with another score that stays: {prompt}"
    if change.prompts.known:
        were = "was" if change.prompts.known == 1 else "were"
        yield f"{counted(change.prompts.known, 'prompt')} {were} here already"
    if change.adapter is not None:
        yield _agent_line(change.adapter)


def _agent_line(agent: AdapterOffer) -> str:
    """What an import says of its agent."""
    made = f"agent trained on {counted(agent.rankings, 'ranking')}"
    if agent.known:
        return f"{made}: it is here already"
    way = agent.hindrance or "off until you switch it on, see `attune agent list`"
    return f"{made}: {way}"


def imports(context: typer.Context) -> None:
    """Name the profiles that were imported."""
    session = session_of(context)
    with session.services() as services:
        found = profile_file.imports(services)
    session.finish({"imports": [{"profile": name, "lessons": n} for name, n in found.items()]})
    for name, count in found.items():
        session.say(f"{name}: {counted(count, 'lesson')}")
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
    session.say(f"Everything that came with {name} is taken back, {counted(count, 'lesson')}.")


def export_all_pairs(context: typer.Context, file: ProfileFile) -> None:
    """Write your rankings as JSON lines that trainers of preference optimisation read."""
    session = session_of(context)
    with session.services() as services:
        count = export_pairs(services, file=file)
    session.finish({"file": str(file), "pairs": count})
    pairs = counted(count, "pair")
    session.say(f"{file} holds {pairs} of a better and a worse reply")


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
