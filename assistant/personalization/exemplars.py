"""Exemplars: the user's own winning replies to similar queries, as examples in the prompt.

Winners only (losing replies beside them made matters worse in published experiments), the nearest
queries first, as many as fit into a budget of tokens. Pure functions; counting is passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.personalization.prompt_pool import cosine

MOST = 2  # examples in one prompt: each is evaluated before the reply's first word
LIKENESS = 0.35  # cosine below which a query is another subject, and its reply only misleads
TOKENS = 160  # of all examples together: half a second on a laptop with the embedded model


@dataclass(frozen=True, slots=True)
class Winner:
    """A reply that was ranked first, with the vector of the query it replied to."""

    candidate: int
    query: str
    text: str
    vector: Sequence[float]


def choose_exemplars(
    query: Sequence[float],
    winners: Sequence[Winner],
    count_tokens: Callable[[str], int],
    *,
    most: int = MOST,
    tokens: int = TOKENS,
) -> tuple[Winner, ...]:
    """The winners nearest to a query that fit together, the nearest last: beside the reply."""
    near = [(cosine(query, winner.vector), winner) for winner in winners]
    near = sorted(
        ((like, winner) for like, winner in near if like >= LIKENESS),
        key=lambda pair: (-pair[0], pair[1].candidate),
    )
    chosen: list[Winner] = []
    left = tokens
    for _, winner in near:
        if len(chosen) == most:
            break
        cost = count_tokens(winner.query) + count_tokens(winner.text)
        if cost <= left:
            chosen.append(winner)
            left -= cost
    return tuple(reversed(chosen))
