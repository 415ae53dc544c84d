"""How a tag's weight came to be what it is: the state after each of the user's lessons, anew.

The selector is a pure function of its examples, so the past is computed and not stored; it is what
was really known then, without the rankings that were taken back since.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.model import TagWeight
from assistant.storage.database import Database
from assistant.usecases.examples import example_of
from assistant.usecases.services import Services

POINTS = 24  # of a history at most: as many as a small line can show


@dataclass(frozen=True, slots=True)
class Moment:
    """Every tag as it was known from the first `lessons` lessons."""

    lessons: int
    weights: tuple[TagWeight, ...]


def moments(services: Services) -> tuple[int, ...]:
    """The numbers of lessons after which to look: from none to all, evenly spread."""

    def count(db: Database) -> int:
        own = sum(example_of(round_) is not None for round_ in db.rounds.ranked())
        return own + len(db.lessons.all())

    total = services.store.run(count)
    steps = min(total, POINTS - 1)
    return tuple(dict.fromkeys(round(total * step / max(1, steps)) for step in range(steps + 1)))


def moment(services: Services, *, lessons: int) -> Moment:
    """One look back; as long as one update takes. Without weights if that would take too long."""
    return Moment(lessons, services.learner.weights_after(lessons))
