"""The best of several replies on a terminal: the only one shown, and how sure that is."""

from __future__ import annotations

from assistant.cli.as_json import candidate_json, round_json
from assistant.cli.replies import reply_lines
from assistant.domain.model import Candidate, Round
from assistant.usecases.best import chance_of_first
from assistant.usecases.services import Services


def shown_reply(round_: Round) -> Candidate | None:
    """The reply that goes on; None if nothing was written."""
    return next((one for one in round_.candidates if one.id == round_.chosen), None)


def best_lines(services: Services, round_: Round) -> str:
    """The reply that goes on, with its letter and the probability that it is ranked first."""
    shown = shown_reply(round_)
    if shown is None:
        return "No reply was written."
    chance = chance_of_first(services, round_.query_id, shown.letter)
    sure = "" if chance is None else f": {chance:.0%} that you would rank it first"
    return reply_lines(shown, about=f" (of {len(round_.candidates)}{sure})")


def best_json(services: Services, round_: Round) -> dict[str, object]:
    """A round with only this reply; `best` is null if nothing was written."""
    shown, best = shown_reply(round_), None
    if shown is not None:
        chance = chance_of_first(services, round_.query_id, shown.letter)
        best = {"letter": shown.letter, "probability": chance, "of": len(round_.candidates)}
    only = [candidate_json(shown)] if shown is not None else []
    return {**round_json(round_), "candidates": only, "best": best}
