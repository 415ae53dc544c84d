"""The data file opens safely or not at all; what `run` returned from is kept, whole."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.errors import DataDamaged, StorageProblem
from assistant.domain.model import Round
from assistant.storage.database import APPLICATION_ID, Database, open_database
from assistant.storage.migrations import migrations


def pragma(database: Database, name: str) -> object:
    return database.tables.execute(f"PRAGMA {name}").fetchone()[0]


def tables_of(database: Database) -> dict[str, str]:
    rows = database.tables.query("SELECT name, sql FROM sqlite_master")
    return {row["name"]: row["sql"] for row in rows if not row["name"].startswith("sqlite_stat")}


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("locking_mode", "exclusive"),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("busy_timeout", 0),
        ("application_id", APPLICATION_ID),
    ],
)
def test_the_file_is_opened_with_safe_pragmas(database: Database, name: str, value: object) -> None:
    assert pragma(database, name) == value


def test_only_the_user_can_read_a_new_file(database: Database) -> None:
    assert database.file.stat().st_mode & 0o077 == 0
    assert database.file.parent.stat().st_mode & 0o077 == 0


def test_every_table_is_strict(database: Database) -> None:
    rows = database.tables.query("PRAGMA table_list")
    ours = [row for row in rows if row["type"] == "table" and not row["name"].startswith("_")]
    assert {row["name"] for row in ours if not row["strict"]} <= {
        "sqlite_schema",
        "sqlite_sequence",
        "sqlite_temp_schema",
    }
    assert database.check() == "ok"


def test_opening_again_changes_no_schema_and_keeps_what_is_there(file: Path) -> None:
    first = open_database(file)
    first.run(lambda db: db.conversations.add("Kept", 1.0))
    schema = tables_of(first)
    first.close()
    second = open_database(file)
    assert tables_of(second) == schema
    assert [c.title for c in second.run(lambda db: db.conversations.all())] == ["Kept"]
    second.close()


def test_closing_leaves_one_file_and_can_be_done_twice(file: Path) -> None:
    database = open_database(file)
    database.close()
    database.close()
    assert [path.name for path in file.parent.iterdir()] == ["attune.db"]


def test_a_second_opener_in_another_process_is_refused_while_held(
    database: Database, file: Path
) -> None:
    code = (
        "import sys, pathlib\n"
        "from assistant.domain.errors import StorageProblem\n"
        "from assistant.storage.database import open_database\n"
        "try:\n"
        "    open_database(pathlib.Path(sys.argv[1]))\n"
        "except StorageProblem as problem:\n"
        "    print(problem)\n"
    )
    command = [sys.executable, "-c", code, str(file)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.startswith("Attune is already running with this data")
    database.run(lambda db: db.conversations.add("Still ours", 1.0))


def test_a_second_connection_is_refused_until_the_first_closes(file: Path) -> None:
    first = open_database(file)
    with pytest.raises(StorageProblem, match="already running"):
        open_database(file)
    first.close()
    open_database(file).close()


def test_a_file_with_its_header_overwritten_is_reported_damaged_and_kept(file: Path) -> None:
    open_database(file).close()
    content = bytearray(file.read_bytes())
    content[:100] = b"\xff" * 100
    file.write_bytes(content)
    with pytest.raises(DataDamaged, match="damaged and was left as it is") as caught:
        open_database(file)
    assert caught.value.file == file
    assert caught.value.backups == ()
    assert file.read_bytes() == bytes(content)


def test_a_damaged_file_is_reported_with_the_backups_there_are(file: Path) -> None:
    backup = file.parent / "backups" / "attune-1.db"
    backup.parent.mkdir(parents=True)
    backup.touch()
    file.write_bytes(b"no database at all" * 100)
    with pytest.raises(DataDamaged, match=r"attune-1\.db") as caught:
        open_database(file)
    assert caught.value.backups == (backup,)


def test_an_overwritten_page_is_reported_when_it_is_read(
    file: Path, add_round: Callable[..., Round]
) -> None:
    database = open_database(file)
    for _ in range(50):
        database.run(lambda db: add_round(db, text="w" * 500))
    root = database.tables.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'queries'"
    ).fetchone()[0]
    size = int(str(pragma(database, "page_size")))
    database.close()
    content = bytearray(file.read_bytes())
    content[(root - 1) * size : root * size] = b"\xa5" * size
    file.write_bytes(content)
    damaged = open_database(file)
    try:
        with pytest.raises(DataDamaged):
            damaged.run(lambda db: db.rounds.ranked() or db.conversations.search("w"))
        assert damaged.check() != "ok"
    finally:
        damaged.close()


def test_the_database_of_another_program_is_refused_and_left_as_it_was(file: Path) -> None:
    file.parent.mkdir()
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE theirs (a)")
    other.commit()
    other.close()
    before = digest(file)
    with pytest.raises(StorageProblem, match="belongs to another program"):
        open_database(file)
    assert digest(file) == before
    other = sqlite3.connect(file)  # nothing holds it any more
    other.execute("INSERT INTO theirs VALUES (1)")
    other.commit()
    other.close()


def test_an_empty_file_becomes_a_data_file(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    database = open_database(file)
    assert database.run(lambda db: db.conversations.all()) == ()
    database.close()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named_with_a_remedy(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageProblem, match="check its permissions"):
            open_database(tmp_path / "home" / "attune.db")
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_cannot_be_made_is_named_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    with pytest.raises(StorageProblem, match="--home DIR"):
        open_database(tmp_path / "home" / "attune.db")


def test_a_folder_in_the_place_of_the_file_is_a_storage_problem(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(StorageProblem, match="cannot be opened"):
        open_database(file)


def test_a_newer_file_is_opened_read_only_and_left_as_it_was(file: Path) -> None:
    database = open_database(file)
    database.run(lambda db: db.conversations.add("From the future", 1.0))
    database.run(
        lambda db: db.tables.table("_sqlite_migrations").insert(
            {"migration_set": migrations.name, "name": "m999_later", "applied_at": "2099"}
        )
    )
    database.close()
    before = digest(file)
    newer = open_database(file)
    assert newer.read_only
    assert [c.title for c in newer.run(lambda db: db.conversations.all())] == ["From the future"]
    with pytest.raises(StorageProblem, match="cannot be written"):
        newer.run(lambda db: db.conversations.add("Refused", 1.0))
    newer.close()
    assert digest(file) == before


def test_a_full_disk_is_a_storage_problem_and_nothing_is_half_written(
    file: Path, add_round: Callable[..., Round]
) -> None:
    database = open_database(file)
    kept = database.run(lambda db: add_round(db))
    pages = pragma(database, "page_count")
    assert pragma(database, f"max_page_count={pages}") == pages

    def much(db: Database) -> None:
        for _ in range(20):
            add_round(db, text="w" * 10_000)

    with pytest.raises(StorageProblem, match="disk is full"):
        database.run(much)
    assert database.tables.execute("SELECT count(*) FROM queries").fetchone()[0] == 1
    assert database.tables.execute("SELECT count(*) FROM candidates").fetchone()[0] == 3
    pragma(database, "max_page_count=100000")
    database.run(much)  # once there is space again, everything works
    database.close()
    again = open_database(file)
    assert again.run(lambda db: db.rounds.get(kept.query_id)) == kept
    assert again.check() == "ok"
    again.close()


def test_work_that_raises_leaves_nothing_behind(
    database: Database, add_round: Callable[..., Round]
) -> None:
    def work(db: Database) -> None:
        add_round(db)
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        database.run(work)
    assert database.run(lambda db: db.conversations.all()) == ()


def test_a_first_opening_that_was_cut_short_is_finished_by_the_next(file: Path) -> None:
    code = (
        "import os, sys, pathlib, sqlite3\n"
        "from assistant.storage import database\n"
        "from assistant.storage.migrations import migrations\n"
        "left = int(sys.argv[2])\n"
        "def die(statement):\n"
        "    global left\n"
        "    left -= 1\n"
        "    if left < 0: os._exit(9)\n"
        "apply = migrations.apply\n"
        "def traced(tables, **options):\n"
        "    tables.conn.set_trace_callback(die)\n"
        "    apply(tables, **options)\n"
        "migrations.apply = traced\n"
        "database.open_database(pathlib.Path(sys.argv[1]))\n"
    )
    for statements in (1, 5, 9, 14, 20, 30):
        target = file.with_name(f"cut-{statements}.db")
        command = [sys.executable, "-c", code, str(target), str(statements)]
        assert subprocess.run(command, check=False, timeout=60).returncode == 9
        reopened = open_database(target)
        assert reopened.run(lambda db: db.rounds.ranked()) == ()
        assert reopened.check() == "ok"
        reopened.close()
