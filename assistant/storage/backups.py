"""Verified copies of the data file, and what to do with a damaged one.

A backup is written beside its final name, checked, flushed, then renamed. The newest five are kept
whatever their dates, and beyond them the last one of each of the ten latest days.
Nothing here deletes a data file: a damaged one is moved aside with its log.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.domain.errors import StorageProblem

KEEP_NEWEST = 5
KEEP_DAYS = 10
_DAY = 8  # characters of a stamp that name its day


def stamp_of(moment: float) -> str:
    """A moment (seconds since the epoch) as part of a file name that sorts by time."""
    return time.strftime("%Y%m%d-%H%M%S", time.gmtime(moment))


def list_backups(folder: Path) -> tuple[Path, ...]:
    """All backups in `folder`, oldest first."""
    return tuple(sorted(folder.glob("attune-*.db")))


def back_up(connection: sqlite3.Connection, folder: Path, stamp: str) -> Path | None:
    """Copy the open database into `folder`, verified. `stamp` names it and sorts by time.

    None, and no old backup touched, if the database does not pass its own check.
    """
    if not _sound(connection, "quick_check"):
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"attune-{stamp}.db"
    partial = target.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    try:
        connection.execute("VACUUM INTO ?", (str(partial),))
        if not _intact(partial):
            return None
        partial.chmod(0o600)
        _flush(partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)  # a full disk must not be left fuller
    for old in outdated(list_backups(folder)):
        old.unlink()
    return target


def outdated(backups: Sequence[Path]) -> tuple[Path, ...]:
    """Those of the backups (oldest first) that need not be kept."""
    last_of_day = {backup.stem.removeprefix("attune-")[:_DAY]: backup for backup in backups}
    days = [last_of_day[day] for day in sorted(last_of_day)][-KEEP_DAYS:]
    kept = {*days, *backups[-KEEP_NEWEST:]}
    return tuple(backup for backup in backups if backup not in kept)


def set_aside(file: Path, stamp: str) -> Path:
    """Rename a damaged file and its log so that nothing is lost; the new name of the file."""
    kept = file.with_name(f"{file.name}.damaged-{stamp}")
    for suffix in ("", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.rename(kept.with_name(kept.name + suffix))
    return kept


def restore(file: Path, backup: Path, stamp: str) -> Path | None:
    """Put a copy of `backup` in the place of `file`; where the old file was kept, if there was one.

    StorageProblem if the backup itself is not intact; nothing is moved then.
    """
    if not _intact(backup):
        raise StorageProblem(f"The backup {backup} is damaged too; choose an older one.")
    partial = file.with_suffix(".partial")
    partial.write_bytes(backup.read_bytes())
    partial.chmod(0o600)
    _flush(partial)
    kept = set_aside(file, stamp) if file.exists() else None
    partial.replace(file)
    return kept


def _intact(file: Path) -> bool:
    """Whether SQLite can read the whole file and finds nothing wrong."""
    if not file.is_file():
        return False
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        try:
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            # an empty file is a valid database too, but never a copy of ours
            return tables > 0 and _sound(connection, "integrity_check")
        finally:
            connection.close()
    except sqlite3.Error:
        return False


def _sound(connection: sqlite3.Connection, check: str) -> bool:
    """SQLite's verdict by one of its checks; damage that breaks the check itself counts too."""
    try:
        return bool(connection.execute(f"PRAGMA {check}(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        return False


def _flush(file: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
