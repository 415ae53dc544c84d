"""What the program does before anything else when it is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.app import build_services, close_services
from assistant.domain.cancel import CancelToken
from assistant.paths import find_paths
from assistant.settings import SELECTOR
from assistant.storage.database import Database, open_database
from assistant.usecases.learn import learn


def test_training_that_was_cut_off_is_marked_when_the_program_opens(tmp_path: Path) -> None:
    paths = find_paths(tmp_path)
    database = open_database(paths.database)
    try:
        database.run(lambda db: db.training_runs.start("rules", 1.0))
        close_services(build_services(database, paths))
        assert database.run(lambda db: db.training_runs.latest("rules")) == ("cancelled", "cut off")
    finally:
        database.close()


def damage(db: Database) -> None:
    """Keep a state of the published selector, with other bytes than were stored."""
    db.settings.set(SELECTOR, "premium-embed")
    db.snapshots.activate("premium-embed", b"weights", 30, {}, 1.0)
    db.tables.execute("UPDATE snapshots SET weights = x'00'")


@pytest.mark.slow
def test_a_damaged_state_of_a_selector_is_said_and_built_anew_on_request(tmp_path: Path) -> None:
    paths = find_paths(tmp_path)
    database = open_database(paths.database)
    try:
        database.run(damage)
        services = build_services(database, paths)
        assert "is damaged; run `attune learn`" in services.notice
        assert list(learn(services, cancel=CancelToken(), only="selector"))
        close_services(services)
        healed = build_services(database, paths)
        close_services(healed)
        assert healed.notice == ""
    finally:
        database.close()
