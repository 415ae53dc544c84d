"""Profile: everything learned about the user, and how well it predicts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain.model import Order, Rule, Tag, TagWeight
from assistant.domain.preferences import agreement, preferences_of, shown
from assistant.domain.statistics import Share, share_of_groups
from assistant.personalization.learner import PlacePull, Taste
from assistant.usecases.examples import start_learner
from assistant.usecases.guesses import NEVER, Sureness, sureness
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database


SHOWN = "shown"  # the prediction that the user sees, whoever made it


@dataclass(frozen=True, slots=True)
class Score:
    """Share of the user's stated pairs that was expected before they ranked (prequential).

    `learned` is the program's; `unlearned` the same model's had it learned nothing. `predictors`
    has the share of each that ever made a prediction.
    """

    learned: Share
    unlearned: Share
    predictors: Mapping[str, Share] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """What the user would export: counts, tags with weights, how well they predict."""

    rankings: int
    tags: tuple[TagWeight, ...]
    tastes: tuple[Taste, ...]
    snapshots: tuple[dict[str, object], ...]
    score: Score
    rules: tuple[Rule, ...] = ()
    place: PlacePull | None = None  # how the place on the screen sways the user, if measured
    sure: Sureness = NEVER  # how sure it was of the replies it expected first, and how rightly


def profile(services: Services) -> Profile:
    """Everything that is known now. Tags in the library's order."""
    weights, tastes = services.learner.weights(), services.learner.tastes()
    place = services.learner.place_pull()

    def read(db: Database) -> Profile:
        return Profile(
            rankings=db.rankings.count(),
            tags=weights,
            tastes=tastes,
            snapshots=_snapshots(db),
            score=_score(db),
            rules=db.rules.all(),
            place=place,
            sure=sureness(db),
        )

    return services.store.run(read)


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
        for snapshot in db.snapshots.heads()
    )


def _score(db: Database) -> Score:
    """Agreement of every blind ranking that counts with what was expected before it."""
    rounds = [r for r in db.rounds.ranked() if r.ranking and r.ranking.blind]
    predictions = db.predictions.of([round_.query_id for round_ in rounds])
    groups: dict[str, list[tuple[float, int]]] = defaultdict(list, {SHOWN: [], "prior": []})
    for round_ in rounds:
        order = round_.ranking.order if round_.ranking else Order()
        pairs = len(preferences_of(order))
        made = predictions.get(round_.query_id, ())
        by_name = {p.predictor: p.utilities for p in made}
        if (prediction := shown(made)) is not None:
            by_name[SHOWN] = prediction.utilities
        for name, utilities in by_name.items():
            share = agreement(order, utilities)
            if share is not None:
                groups[name].append((share * pairs, pairs))
    shares = {name: share_of_groups(found) for name, found in groups.items()}
    learned, unlearned = shares.pop(SHOWN), shares["prior"]
    return Score(learned, unlearned, shares)
