"""The best of several: which reply goes on, and may be the only one shown, while none is ranked.

That it goes on is stored (`Round.chosen`), and that it alone was shown, so that the day's limit of
questions does not count it. It is no ranking, so nothing learns from it, and the round waits among
the unranked ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.domain.events import Notice
from assistant.domain.model import Candidate, CandidateId, Origin, QueryId, Round
from assistant.domain.preferences import shown
from assistant.usecases.guesses import certainty
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database


def promising(candidates: Sequence[Candidate]) -> Candidate | None:
    """The one with the best guidance that is known, else the first; None if there are none."""
    exploiting = [one for one in candidates if one.origin is Origin.EXPLOIT]
    return next(iter([*exploiting, *candidates]), None)


def best_of(round_: Round) -> Candidate | None:
    """The reply expected to come first; of equal ones, or without a prediction, the promising one.

    None if nothing was written.
    """
    written = {one.letter: one for one in round_.candidates if one.text}
    tiers = round_.expected.tiers if round_.expected else ()
    expected = [[written[letter] for letter in tier if letter in written] for tier in tiers]
    return promising(next((tier for tier in expected if tier), list(written.values())))


def go_on_with_best(
    services: Services, query_id: QueryId, read: CandidateId | None
) -> Iterator[Notice]:
    """Let the best reply go on, or `read`, which the user has read and stopped the others at.

    Says so where nothing was learned that could tell which one is best.
    """

    def write(db: Database) -> bool:
        db.unranked.note_one_shown(query_id)
        round_ = db.rounds.get(query_id)
        kept = [one for one in round_.candidates if one.id == read and one.text]
        chosen = kept[0] if kept else best_of(round_)
        if chosen is not None:
            db.rounds.choose(query_id, chosen.id)
        return round_.expected is None or _learned(db)

    if not services.store.run(write):
        yield Notice(
            "Nothing was learned about you yet, so this is the reply that most people would prefer."
        )


def chance_of_first(services: Services, query_id: QueryId, letter: str) -> float | None:
    """How likely the user ranks a reply first, by what was learned; None if that is nothing."""

    def read(db: Database) -> float | None:
        prediction = shown(db.predictions.of([query_id]).get(query_id, ()))
        if prediction is None or not _learned(db):
            return None
        return certainty(db).chances_of_first(prediction.utilities)[letter]

    return services.store.run(read)


def _learned(db: Database) -> bool:
    """Whether anything was there to learn from."""
    return db.rankings.count() > 0 or bool(db.lessons.origins())
