"""attune continue, unranked: go on with a reply cut off, rank what was left unranked."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.as_json import round_json
from assistant.cli.replies import reply_lines, show_round
from assistant.cli.session import cancelled_by_interrupt, session_of
from assistant.domain.model import QueryId, Round
from assistant.usecases.keep_writing import keep_writing
from assistant.usecases.unranked import pass_over, unranked, waiting_round

SHOWN = 20  # rounds listed, unless more are asked for


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    program.command("continue")(go_on)
    program.command("unranked")(list_unranked)


def go_on(
    context: typer.Context,
    query_id: Annotated[int, typer.Argument(metavar="QUERY_ID", help="The number of the query")],
    letter: Annotated[str, typer.Option(help="The reply to go on with")] = "",
    stream: Annotated[bool, typer.Option("--stream", help="Show lines as they come")] = False,
) -> None:
    """Go on with a reply that was stopped or cut off, where it ended."""
    session = session_of(context)
    with session.services() as services, cancelled_by_interrupt() as cancel:
        events = keep_writing(
            services, query_id=QueryId(query_id), letter=letter.upper(), cancel=cancel
        )
        finished = show_round(session, events, stream=stream)
    session.finish({**round_json(finished.round), "seconds": finished.seconds})


def list_unranked(
    context: typer.Context,
    most: Annotated[int, typer.Option(help="Rounds to list", min=1)] = SHOWN,
    skip: Annotated[int | None, typer.Option(help="Pass this query over for good")] = None,
    replies: Annotated[bool, typer.Option("--replies", help="Show the replies too")] = False,
) -> None:
    """List rounds that you have not ranked, the latest first; `attune rank` ranks them."""
    session = session_of(context)
    with session.services() as services:
        if skip is not None:
            pass_over(services, query_id=QueryId(skip))
        waiting = unranked(services)
        rounds = [waiting_round(services, query_id=one) for one in waiting[:most]]
    session.finish({"count": len(waiting), "rounds": [_round_json(one) for one in rounds]})
    if not waiting:
        session.say("Every round with several replies is ranked.")
        return
    session.say(f"Not ranked ({len(waiting)}), the latest first:")
    for one in rounds:
        letters = ">".join(candidate.letter for candidate in one.candidates)
        session.say(f'{one.text}\n  attune rank {one.query_id} "{letters}"')
        for candidate in one.candidates if replies else ():
            session.say(reply_lines(candidate))


def _round_json(round_: Round) -> dict[str, object]:
    """One round that waits."""
    return {
        "query_id": round_.query_id,
        "conversation_id": round_.conversation_id,
        "text": round_.text,
        "replies": {c.letter: c.text for c in round_.candidates},
    }
