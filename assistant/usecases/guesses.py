"""How well the user's rankings were expected, ranking by ranking: the course behind the score, and
how sure the program may be of the reply it expects first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.certainty import UNTRIED, Certainty
from assistant.domain.model import RankingId
from assistant.domain.preferences import agreement, preferences_of, shown
from assistant.domain.statistics import Share, share_of_groups
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain.model import Order
    from assistant.storage.database import Database

WINDOW = 20  # rankings that a point of the course looks back on
POINTS = 30  # of the course at most


@dataclass(frozen=True, slots=True)
class Guess:
    """One ranking: its pairs, how many of them were expected, and how many with nothing learned."""

    ranking_id: RankingId
    pairs: int
    learned: float
    unlearned: float


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """The shares of the latest pairs after this many rankings."""

    rankings: int
    learned: Share
    unlearned: Share


@dataclass(frozen=True, slots=True)
class Sureness:
    """Of the replies expected first: how many were ranked first, and in how many that was said."""

    rankings: int
    came_first: float  # a tie for the first place counts in part
    said: float  # sum of the chances that they had been given, by what was known then


NEVER = Sureness(0, 0.0, 0.0)


def guesses(services: Services) -> tuple[Guess, ...]:
    """Every blind ranking that counts and was predicted in both ways, the oldest first."""
    return services.store.run(_guesses)


def certainty(db: Database) -> Certainty:
    """What the user's blind rankings so far say of the size of expected utilities."""
    return _tried(db)[0]


def sureness(db: Database) -> Sureness:
    """Whether the program was as sure as it may be, ranking by ranking."""
    return _tried(db)[1]


def course(found: tuple[Guess, ...]) -> tuple[CoursePoint, ...]:
    """Shares over the last WINDOW rankings, at evenly spread moments; none before there are so many
    that an interval means something.
    """
    if len(found) < WINDOW:
        return ()
    steps = min(POINTS, len(found) - WINDOW + 1)
    span = len(found) - WINDOW
    ends = dict.fromkeys(WINDOW + round(span * i / max(1, steps - 1)) for i in range(steps))
    return tuple(_point(found, end) for end in ends)


def _point(found: tuple[Guess, ...], end: int) -> CoursePoint:
    latest = found[end - WINDOW : end]
    return CoursePoint(
        end,
        share_of_groups([(guess.learned, guess.pairs) for guess in latest]),
        share_of_groups([(guess.unlearned, guess.pairs) for guess in latest]),
    )


def _guesses(db: Database) -> tuple[Guess, ...]:
    found = []
    for number, order, expected, prior in _expected(db):
        if prior is None:
            continue
        learned, unlearned = _right(order, expected), _right(order, prior)
        if learned is not None and unlearned is not None:
            found.append(Guess(number, len(preferences_of(order)), learned, unlearned))
    return tuple(found)


def _tried(db: Database) -> tuple[Certainty, Sureness]:
    """All blind rankings in turn, each judged by what the earlier ones had said."""
    known, rankings, came_first, said = UNTRIED, 0, 0.0, 0.0
    for _, order, expected, _ in _expected(db):
        chances = known.chances_of_first(expected)
        best = max(chances, key=lambda letter: chances[letter])
        if order.tiers and len(set(expected.values())) > 1:
            rankings, said = rankings + 1, said + chances[best]
            came_first += (best in order.tiers[0]) / len(order.tiers[0])
        known = known.after(order, expected)
    return known, Sureness(rankings, came_first, said)


def _expected(
    db: Database,
) -> Iterator[tuple[RankingId, Order, dict[str, float], dict[str, float] | None]]:
    """Every blind ranking that was expected: its order, the utilities learned and unlearned."""
    rounds = [round_ for round_ in db.rounds.ranked() if round_.ranking]
    predictions = db.predictions.of([round_.query_id for round_ in rounds])
    for round_ in rounds:
        if round_.ranking is None or not round_.ranking.blind:
            continue
        made = predictions.get(round_.query_id, ())
        expected = shown(made)
        prior = next((p.utilities for p in made if p.predictor == "prior"), None)
        if expected is not None:
            yield round_.ranking.id, round_.ranking.order, expected.utilities, prior


def _right(order: Order, utilities: dict[str, float]) -> float | None:
    """Pairs of an order that utilities get right; None if it has none."""
    share = agreement(order, utilities)
    return None if share is None else share * len(preferences_of(order))
