"""Forget: take back every ranking and all that was learned; conversations stay."""

from __future__ import annotations

from assistant.domain.errors import StorageProblem
from assistant.storage.database import Database
from assistant.usecases.examples import start_learner
from assistant.usecases.services import Services


def back_up(services: Services) -> None:
    """Copy the data file before much of it goes; StorageProblem, and nothing goes, if it cannot."""
    if services.store.back_up(services.clock()) is None:
        raise StorageProblem(
            "The data file could not be backed up because it does not pass its own check, so "
            "nothing was forgotten; `attune doctor` says what is wrong with it."
        )


def forget(services: Services) -> int:
    """Retract all rankings, drop all lessons and learned states in one transaction.

    How many queries were concerned.
    """
    now = services.clock()
    count = services.store.run(lambda db: forget_in(db, now))
    start_learner(services)
    return count


def forget_in(db: Database, now: float) -> int:
    """The same inside a transaction that goes on."""
    count = db.rankings.count()
    db.rankings.retract_all(now)
    for origin in db.lessons.origins():
        db.lessons.remove(origin)
    db.interview.forget()
    db.prompts.forget()
    db.rules.forget()
    db.snapshots.forget()
    return count
