"""Backups are whole or not there; nothing the user made is ever deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database as Tables

from assistant.domain.errors import StorageProblem
from assistant.storage.backups import back_up, list_backups, outdated, restore, set_aside
from assistant.storage.database import APPLICATION_ID, Database, open_database
from assistant.storage.migrations import migrations


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An open data file with one conversation, as the thread that owns it sees it."""
    file = tmp_path / "attune.db"
    database = open_database(file)
    database.run(lambda db: db.conversations.add("Kept", 1.0))
    connection: sqlite3.Connection = database.tables.conn
    yield connection
    database.close()


def titles(file: Path) -> list[str]:
    database: Database = open_database(file)
    try:
        return [c.title for c in database.run(lambda db: db.conversations.all())]
    finally:
        database.close()


def test_a_backup_of_the_open_file_is_whole_and_private(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    backup = back_up(connection, tmp_path / "backups", "2026-01-01")
    assert backup is not None
    assert list_backups(tmp_path / "backups") == (backup,)
    assert backup.stat().st_mode & 0o077 == 0
    assert [path.name for path in backup.parent.iterdir()] == ["attune-2026-01-01.db"]
    assert titles(backup) == ["Kept"]


def test_the_newest_five_are_kept_and_the_last_of_each_of_ten_days(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    names = [
        tmp_path / f"attune-202601{day:02}-{hour:02}0000.db"
        for day in range(1, 13)
        for hour in (8, 20)
    ]
    for name in names[:-1]:
        name.write_bytes(b"older")
    back_up(connection, tmp_path, "20260112-200000")
    kept = [path.stem.removeprefix("attune-") for path in list_backups(tmp_path)]
    assert kept == [
        *(f"202601{day:02}-200000" for day in range(3, 10)),
        *("20260110-200000", "20260111-080000", "20260111-200000"),
        *("20260112-080000", "20260112-200000"),
    ]


def test_the_newest_five_are_kept_whatever_the_clock_did(tmp_path: Path) -> None:
    names = [tmp_path / f"attune-20260101-1{second:05}.db" for second in range(9)]
    assert outdated(names) == tuple(names[:4])


def test_a_copy_that_cannot_be_finished_leaves_nothing_behind(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    (tmp_path / "attune-1.db").mkdir()  # the name is taken by something that cannot be replaced
    with pytest.raises(OSError, match="attune-1"):
        back_up(connection, tmp_path, "1")
    assert not list(tmp_path.glob("*.partial"))


def test_a_database_is_backed_up_only_when_it_changed_and_often_enough(tmp_path: Path) -> None:
    database = open_database(tmp_path / "attune.db")
    database.run(lambda db: db.conversations.add("First", 1.0))
    first = database.back_up_if_due(now=1e9)
    assert first is not None
    assert database.back_up_if_due(now=1e9 + 1900) is None, "nothing was written since"
    database.run(lambda db: db.conversations.add("Kept", 1.0))
    assert database.back_up_if_due(now=1e9 + 100) is None, "the last one is young"
    second = database.back_up_if_due(now=1e9 + 1900)
    database.close()
    assert second is not None
    assert titles(second) == ["Kept", "First"]


def test_an_older_file_is_backed_up_before_its_schema_changes(tmp_path: Path) -> None:
    file = tmp_path / "attune.db"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    migrations.apply(Tables(connection), stop_before="m004_state_before_a_ranking")
    connection.execute("INSERT INTO conversations VALUES (1, 'Kept', 1.0, 1.0, NULL)")
    connection.close()
    open_database(file, clock=lambda: 1e9).close()
    (backup,) = list_backups(tmp_path / "backups")
    assert backup.name == "attune-20010909-014640.db"
    assert titles(backup) == ["Kept"]


@pytest.mark.parametrize("page", [1, 2, 3, 20, 30])
def test_a_damaged_file_is_not_backed_up_and_drives_no_good_backup_out(
    tmp_path: Path, page: int
) -> None:
    file, folder = tmp_path / "attune.db", tmp_path / "backups"
    database = open_database(file)
    for number in range(200):
        database.run(lambda db, n=number: db.conversations.add(f"{n}" * 100, 1.0))
    for number in range(5):
        back_up(database.tables.conn, folder, f"{number:02}")
    before = list_backups(folder)
    database.close()
    content = bytearray(file.read_bytes())
    start = 4096 * page
    content[start : start + 4096] = b"\x5a" * 4096
    file.write_bytes(content)
    connection = sqlite3.connect(file)
    try:
        assert back_up(connection, folder, "99") is None
    finally:
        connection.close()
    assert list_backups(folder) == before


def test_a_restored_backup_takes_the_place_of_the_file_which_is_kept(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    backup = back_up(connection, tmp_path / "backups", "1")
    assert backup is not None
    file = tmp_path / "other" / "attune.db"
    file.parent.mkdir()
    file.write_bytes(b"damaged")
    file.with_name("attune.db-wal").write_bytes(b"its log")
    kept = restore(file, backup, "now")
    assert kept == file.with_name("attune.db.damaged-now")
    assert kept.read_bytes() == b"damaged"
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"its log"
    assert titles(file) == ["Kept"]
    assert backup.exists()


def test_a_backup_is_restored_where_there_is_no_file(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    backup = back_up(connection, tmp_path / "backups", "1")
    assert backup is not None
    file = tmp_path / "other" / "attune.db"
    file.parent.mkdir()
    assert restore(file, backup, "now") is None
    assert titles(file) == ["Kept"]


@pytest.mark.parametrize("content", [None, b"", b"damaged too" * 1000])
def test_a_damaged_backup_is_refused_and_nothing_is_moved(
    tmp_path: Path, content: bytes | None
) -> None:
    file, backup = tmp_path / "attune.db", tmp_path / "backups" / "attune-1.db"
    file.write_bytes(b"damaged")
    backup.parent.mkdir()
    if content is not None:
        backup.write_bytes(content)
    with pytest.raises(StorageProblem, match="choose an older one"):
        restore(file, backup, "now")
    assert file.read_bytes() == b"damaged"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["attune.db", "backups"]


def test_a_file_set_aside_leaves_room_for_a_new_one(tmp_path: Path) -> None:
    file = tmp_path / "attune.db"
    file.write_bytes(b"damaged")
    kept = set_aside(file, "now")
    assert (file.exists(), kept.read_bytes()) == (False, b"damaged")
    assert titles(file) == []
