"""What the program does before anything else when it is opened."""

from __future__ import annotations

from pathlib import Path

from assistant.app import build_services, close_services
from assistant.paths import find_paths
from assistant.storage.database import open_database


def test_training_that_was_cut_off_is_marked_when_the_program_opens(tmp_path: Path) -> None:
    paths = find_paths(tmp_path)
    database = open_database(paths.database)
    try:
        database.run(lambda db: db.training_runs.start("rules", 1.0))
        close_services(build_services(database, paths))
        assert database.run(lambda db: db.training_runs.latest("rules")) == ("cancelled", "cut off")
    finally:
        database.close()
