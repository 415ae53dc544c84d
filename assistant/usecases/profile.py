"""Profile: everything learned about the user, and how well it predicts them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.model import Order, Tag, TagWeight
from assistant.domain.preferences import agreement, preferences_of
from assistant.domain.statistics import Share, share_of_groups
from assistant.usecases.examples import start_learner
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class Score:
    """Share of the user's stated pairs that was expected before they ranked (prequential).

    `learned` is the program's; `unlearned` the same model's had it learned nothing.
    """

    learned: Share
    unlearned: Share


@dataclass(frozen=True, slots=True)
class Profile:
    """What the user would export: counts, tags with weights, how well they predict."""

    rankings: int
    tags: tuple[TagWeight, ...]
    snapshots: tuple[dict[str, object], ...]
    score: Score


def profile(services: Services) -> Profile:
    """Everything that is known now. Tags in the library's order."""
    weights = services.learner.weights()
    return services.store.run(
        lambda db: Profile(db.rankings.count(), weights, _snapshots(db), _score(db))
    )


def score(services: Services) -> Score:
    """How well the user's rankings were expected so far."""
    return services.store.run(_score)


def set_tag(services: Services, *, name: str, pinned: bool = False, banned: bool = False) -> Tag:
    """Pin or ban a tag (or neither): it is then always, or never, put into prompts.

    The learner is told at once, so the next query already keeps to it.
    """

    def write(db: Database) -> Tag:
        db.tags.set_flags(name, pinned=pinned, banned=banned)
        return next(tag for tag in db.tags.all() if tag.name.lower() == name.lower())

    tag = services.store.run(write)
    start_learner(services)  # it chooses from its own copy of the library
    return tag


def _snapshots(db: Database) -> tuple[dict[str, object], ...]:
    """Stored states, without their weights."""
    return tuple(
        {
            "id": snapshot.id,
            "learner": snapshot.learner,
            "rankings": snapshot.rankings,
            "active": snapshot.active,
            "metrics": snapshot.metrics,
        }
        for snapshot in db.snapshots.all()
    )


def _score(db: Database) -> Score:
    """Agreement of every ranking that counts with what was expected before it."""
    rounds = [round_ for round_ in db.rounds.ranked() if round_.ranking]
    predictions = db.predictions.of([round_.query_id for round_ in rounds])
    groups: dict[bool, list[tuple[float, int]]] = {True: [], False: []}
    for round_ in rounds:
        order = round_.ranking.order if round_.ranking else Order()
        pairs = len(preferences_of(order))
        for prediction in predictions.get(round_.query_id, ()):
            share = agreement(order, prediction.utilities)
            if share is not None:
                groups[prediction.predictor != "prior"].append((share * pairs, pairs))
    return Score(share_of_groups(groups[True]), share_of_groups(groups[False]))
