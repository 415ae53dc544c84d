"""attune ask, rank, undo, why: one round, step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from assistant.cli.as_json import round_json, why_json
from assistant.cli.best import best_json, best_lines
from assistant.cli.replies import show_round, why_lines
from assistant.cli.session import cancelled_by_interrupt, readable, session_of
from assistant.domain.errors import UsageProblem
from assistant.domain.events import RoundFinished
from assistant.domain.model import ConversationId, QueryId, Round
from assistant.domain.preferences import agreement as agreement_of
from assistant.domain.preferences import format_order, parse_order
from assistant.usecases.ask import ask as ask_query
from assistant.usecases.rank import RankingSaved
from assistant.usecases.rank import rank as rank_query
from assistant.usecases.services import Services
from assistant.usecases.undo import undo as undo_ranking
from assistant.usecases.unlearned import reply_unlearned
from assistant.usecases.why import why as explain

QueryArgument = Annotated[int, typer.Argument(metavar="QUERY_ID", help="The number of the query")]
InsteadOption = Annotated[int | None, typer.Option(help="Another version of this earlier query")]
BestOption = Annotated[
    bool, typer.Option("--best", help="Show only the reply you would probably prefer")
]


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    program.command()(ask)
    program.command()(rank)
    program.command()(undo)
    program.command()(why)
    program.command()(unlearned)


def ask(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What you would like to know")],
    drafts: Annotated[int | None, typer.Option(help="Replies to write")] = None,
    max_tokens: Annotated[int | None, typer.Option(help="Longest reply, in tokens")] = None,
    seed: Annotated[int | None, typer.Option(help="Makes the round repeatable")] = None,
    conversation: Annotated[int | None, typer.Option(help="Go on with this one")] = None,
    instead_of: InsteadOption = None,
    stream: Annotated[bool, typer.Option("--stream", help="Show lines as they come")] = False,
    best: BestOption = False,
) -> None:
    """Ask, and get several replies to rank."""
    if stream and best:
        raise UsageProblem("--best shows a reply when all are written; leave --stream out.")
    session = session_of(context)
    with session.services() as services, cancelled_by_interrupt() as cancel:
        events = ask_query(
            services,
            text=readable(text),
            conversation_id=None if conversation is None else ConversationId(conversation),
            drafts=drafts,
            max_tokens=max_tokens,
            seed=seed,
            instead_of=None if instead_of is None else QueryId(instead_of),
            best=best,
            cancel=cancel,
        )
        finished = show_round(session, events, stream=stream)
        if best:
            session.say(best_lines(services, finished.round))
            shape = best_json(services, finished.round)
        else:
            shape = round_json(finished.round)
    session.finish({**shape, "seconds": finished.seconds})
    _say_how_to_go_on(session.note if best else session.say, finished)
    if cancel.cancelled:
        session.note("Stopped; what was written until then is kept.")
        raise typer.Exit(1)


def rank(
    context: typer.Context,
    query_id: QueryArgument,
    order: Annotated[str, typer.Argument(help="Like B>A=C, B (best only) or none (all bad)")],
) -> None:
    """Say which replies you like better; the program learns from it."""
    session = session_of(context)
    with session.services() as services:
        saved, updated, seconds = store_ranking(services, QueryId(query_id), order)
    session.finish(outcome_json(saved.round, order, saved.agreement, updated, seconds))
    for line in outcome_lines(saved):
        session.say(line)


def undo(context: typer.Context, query_id: QueryArgument) -> None:
    """Take the last ranking of a query back; nothing learned from it remains."""
    session = session_of(context)
    with session.services() as services:
        undone = undo_ranking(services, query_id=QueryId(query_id))
    ranking = undone.round.ranking
    typed = format_order(ranking.order) if ranking else None
    agreed = agreement_again(undone.round)
    session.finish(outcome_json(undone.round, typed, agreed, undone.updated, undone.seconds))
    session.say(
        f"Taken back; the ranking {typed} counts again."
        if typed
        else f"Taken back; query {query_id} has no ranking now."
    )


def why(context: typer.Context, query_id: QueryArgument) -> None:
    """Show what guided each reply, and which rankings are behind it."""
    session = session_of(context)
    with session.services() as services:
        explained = explain(services, query_id=QueryId(query_id))
    session.finish(why_json(explained))
    for line in why_lines(explained):
        session.say(line)


def unlearned(
    context: typer.Context,
    query_id: QueryArgument,
    letter: Annotated[str, typer.Option(help="The reply to compare with")] = "",
) -> None:
    """Reply to a query as if nothing had been learned, to compare; nothing is stored."""
    session = session_of(context)
    with session.services() as services, cancelled_by_interrupt() as cancel:
        pieces = reply_unlearned(
            services, query_id=QueryId(query_id), letter=letter.upper(), cancel=cancel
        )
        text = "".join(pieces)
    session.finish({"query_id": query_id, "text": text})
    session.say(text)


def store_ranking(
    services: Services, query_id: QueryId, text: str
) -> tuple[RankingSaved, tuple[str, ...], float]:
    """Read an order as typed, store it, learn from it: what was saved, updated, and seconds."""
    started = services.timer()
    round_ = services.store.run(lambda db: db.rounds.get(query_id))
    order = parse_order(text, tuple(candidate.letter for candidate in round_.candidates))
    saved: RankingSaved | None = None
    updated: tuple[str, ...] = ()
    for step in rank_query(services, query_id=query_id, order=order):
        if isinstance(step, RankingSaved):
            saved = step
        else:
            updated = step.updated
    if saved is None:
        raise AssertionError("a ranking ended without having been saved")
    return saved, updated, services.timer() - started


def agreement_again(round_: Round) -> float | None:
    """Share of the pairs of the ranking that counts now that the expected order has right."""
    if round_.ranking is None or round_.expected is None:
        return None
    levels = enumerate(round_.expected.tiers)
    utilities = {letter: -float(level) for level, tier in levels for letter in tier}
    return agreement_of(round_.ranking.order, utilities)


def outcome_json(
    round_: Round,
    typed: str | None,
    agreed: float | None,
    updated: tuple[str, ...],
    seconds: float,
) -> dict[str, object]:
    """The shape of rank and undo."""
    return {
        "query_id": round_.query_id,
        "ranking": typed,
        "expected_order": format_order(round_.expected) if round_.expected else None,
        "agreement": agreed,
        "updated": list(updated),
        "seconds": seconds,
    }


def outcome_lines(saved: RankingSaved) -> tuple[str, ...]:
    """What to tell after a ranking."""
    if saved.round.expected is None:
        return ("Saved.",)
    expected = f"Saved. Expected order: {format_order(saved.round.expected)}"
    if saved.agreement is None:
        return (f"{expected}.",)
    return (f"{expected} ({saved.agreement:.0%} of your pairs as expected).",)


def _say_how_to_go_on(say: Callable[[str], None], finished: RoundFinished) -> None:
    """Which query it was, and how it is ranked."""
    round_ = finished.round
    order = ">".join(candidate.letter for candidate in round_.candidates)
    rank_it = f'Rank: attune rank {round_.query_id} "{order}"'
    for label in round_.drawn_on:
        say(f"Drawn on: {label}")
    say(
        f"Query {round_.query_id} in conversation {round_.conversation_id}, "
        f"{finished.seconds:.1f} s. "
        + ("See all: attune unranked --replies --most 1" if round_.picked else rank_it)
    )
