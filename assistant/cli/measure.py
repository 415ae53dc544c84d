"""attune measure: what a query would take of the model's context."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.as_json import source_json
from assistant.cli.session import readable, session_of
from assistant.domain.model import ConversationId
from assistant.usecases.measure import Measure
from assistant.usecases.measure import measure as measure_query


def add_commands(program: typer.Typer) -> None:
    """Put this module's command into the program."""
    program.command()(measure)


def measure(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What you would like to ask")],
    conversation: Annotated[int | None, typer.Option(help="Go on with this one")] = None,
    drafts: Annotated[int | None, typer.Option(help="Replies to write", min=1, max=4)] = None,
) -> None:
    """Count what a query would take of the context, without asking it."""
    session = session_of(context)
    with session.services() as services:
        found = measure_query(
            services,
            text=readable(text),
            conversation_id=None if conversation is None else ConversationId(conversation),
            drafts=drafts,
        )
    session.finish(measure_json(found))
    for line in _lines(found):
        session.say(line)
    if found.problem:
        session.note(found.problem)
        raise typer.Exit(1)


def measure_json(found: Measure) -> dict[str, object]:
    """All numbers are tokens."""
    return {
        "context": found.context,
        "conversation": found.conversation,
        "query": found.query,
        "documents": found.documents,
        "guidance": found.guidance,
        "replies": found.replies,
        "reply": found.reply,
        "left": found.left,
        "drops_turns": found.dropped > 0,
        "dropped_turns": found.dropped,
        "exact": found.exact,
        "sources": [source_json(passage.source) for passage in found.sources],
        "problem": found.problem or None,
    }


def _lines(found: Measure) -> list[str]:
    """The numbers for a reader."""
    about = "" if found.exact else " (estimated: only the server knows)"
    rows = (
        ("conversation", found.conversation),
        ("query", found.query),
        ("documents", found.documents),
        (f"guidance, {found.replies} replies, at most", found.replies * found.guidance),
        ("left for the replies", found.left),
    )
    lines = [f"Tokens of a context of {found.context:,}{about}:"]
    lines += [f"{number:>9,}  {name}" for name, number in rows]
    labels = dict.fromkeys(passage.source.label for passage in found.sources)
    lines += [f"Drawn on: {label}" for label in labels]
    if found.dropped and not found.problem:
        turns = f"Up to {found.dropped} oldest turns" if found.dropped > 1 else "The oldest turn"
        lines.append(f"{turns} will be left out, so that the replies have room.")
    return lines
