"""How well the user's rankings were expected, ranking by ranking: the course behind the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.model import RankingId
from assistant.domain.preferences import agreement, preferences_of, shown
from assistant.domain.statistics import Share, share_of_groups
from assistant.usecases.services import Services

if TYPE_CHECKING:
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


def guesses(services: Services) -> tuple[Guess, ...]:
    """Every blind ranking that counts and was predicted in both ways, the oldest first."""
    return services.store.run(_guesses)


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
    rounds = [round_ for round_ in db.rounds.ranked() if round_.ranking]
    predictions = db.predictions.of([round_.query_id for round_ in rounds])
    found = []
    for round_ in rounds:
        if round_.ranking is None or not round_.ranking.blind:
            continue
        order, made = round_.ranking.order, predictions.get(round_.query_id, ())
        expected = shown(made)
        prior = next((p for p in made if p.predictor == "prior"), None)
        if expected is None or prior is None:
            continue
        learned, unlearned = _right(order, expected.utilities), _right(order, prior.utilities)
        if learned is not None and unlearned is not None:
            pairs = len(preferences_of(order))
            found.append(Guess(round_.ranking.id, pairs, learned, unlearned))
    return tuple(found)


def _right(order: Order, utilities: dict[str, float]) -> float | None:
    """Pairs of an order that utilities get right; None if it has none."""
    share = agreement(order, utilities)
    return None if share is None else share * len(preferences_of(order))
