"""Forget: take back every ranking and all that was learned; conversations stay."""

from __future__ import annotations

from assistant.domain.errors import StorageProblem
from assistant.storage.database import Database
from assistant.usecases.examples import start_learner
from assistant.usecases.own_tags import IMPORT
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

    def write(db: Database) -> int:
        db.replaced.forget()
        _forget_imports(db)
        return forget_in(db, now)

    count = services.store.run(write)
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


def _forget_imports(db: Database) -> None:
    """Remove tags, pins, bans, rules and snippets that came with profiles; the rest goes anyway."""
    for tag in db.tags.all():
        if tag.origin.startswith(IMPORT):
            db.tags.remove_own(tag.name)
    for origin in db.tags.flag_origins():
        db.tags.remove_imported_flags(origin)
    for origin in db.rules.import_origins():
        db.rules.remove_imported(origin)
    for origin in {snippet.origin for snippet in db.snippets.all()}:
        if origin.startswith(IMPORT):
            db.snippets.remove_imported(origin)
