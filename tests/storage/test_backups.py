"""Backups are whole or not there; nothing the user made is ever deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.errors import StorageProblem
from assistant.storage.backups import KEEP, back_up, list_backups, restore, set_aside
from assistant.storage.database import Database, open_database


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


def test_the_newest_ten_are_kept(connection: sqlite3.Connection, tmp_path: Path) -> None:
    for number in range(KEEP + 3):
        back_up(connection, tmp_path, f"{number:02}")
    assert KEEP == 10
    assert [path.stem for path in list_backups(tmp_path)] == [
        f"attune-{number:02}" for number in range(3, KEEP + 3)
    ]


@pytest.mark.parametrize("page", [1, 2, 3, 20, 30])
def test_a_damaged_file_is_not_backed_up_and_drives_no_good_backup_out(
    tmp_path: Path, page: int
) -> None:
    file, folder = tmp_path / "attune.db", tmp_path / "backups"
    database = open_database(file)
    for number in range(200):
        database.run(lambda db, n=number: db.conversations.add(f"{n}" * 100, 1.0))
    for number in range(KEEP):
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
