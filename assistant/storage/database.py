"""The one SQLite file: opening it safely, transactions, and the door to its repositories.

Promises: what `run` has returned from is on disk and survives kill -9 and power loss; a damaged
file is kept, never emptied; a file of a newer version is opened read-only. One connection, on the
thread that opened it; a second process is refused by the exclusive lock.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from sqlite_utils import Database as Tables

from assistant.domain.errors import DataDamaged, StorageProblem
from assistant.storage.backups import back_up, list_backups, stamp_of
from assistant.storage.conversations import Conversations
from assistant.storage.copies import Copies
from assistant.storage.documents import Documents
from assistant.storage.embeddings import Embeddings
from assistant.storage.interview import InterviewAnswers
from assistant.storage.learning import Snapshots
from assistant.storage.lessons import Lessons
from assistant.storage.migrations import migrations
from assistant.storage.prompts import Prompts
from assistant.storage.rankings import Predictions, Rankings
from assistant.storage.replaced import Replaced
from assistant.storage.reply_edits import ReplyEdits
from assistant.storage.rounds import Rounds
from assistant.storage.rules import Rules
from assistant.storage.search import Search
from assistant.storage.setting_values import SettingValues
from assistant.storage.snippets import Snippets
from assistant.storage.tags import Tags
from assistant.storage.training_runs import TrainingRuns
from assistant.storage.unranked import Unranked

T = TypeVar("T")

SQLITE_VERSION = sqlite3.sqlite_version
BACKUP_SECONDS = 30 * 60.0  # between two backups of a file that changes
APPLICATION_ID = 0x41747475  # "Attu"

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_WORLD = {
    sqlite3.SQLITE_FULL: "The disk is full; free some space and try again",
    sqlite3.SQLITE_READONLY: "The data file cannot be written; check its permissions",
    sqlite3.SQLITE_IOERR: "The disk reported an error; check it and try again",
    sqlite3.SQLITE_CANTOPEN: "The data file cannot be opened; check the folder's permissions",
    sqlite3.SQLITE_PERM: "The data file cannot be opened; check its permissions",
    sqlite3.SQLITE_BUSY: "Attune is already running with this data; close it or use --home DIR",
    sqlite3.SQLITE_LOCKED: "Attune is already running with this data; close it or use --home DIR",
}


class Store(Protocol):
    """Whoever can run a function of the database in one transaction, wherever that happens."""

    def run(self, work: Callable[[Database], T]) -> T:
        """Run `work` in one transaction; committed when this returns, undone if it raises."""

    def back_up(self, now: float) -> Path | None:
        """A verified copy beside the file; None if the file is not sound."""


class Database:
    """An open data file. Attributes are the repositories; use them inside `run` only."""

    def __init__(self, connection: sqlite3.Connection, file: Path, *, read_only: bool) -> None:
        self.file = file
        self.read_only = read_only
        self._saved_changes = 0
        self._connection = connection
        self.tables = Tables(connection, execute_plugins=False)
        self.conversations = Conversations(self.tables)
        self.rounds = Rounds(self.tables)
        self.reply_edits = ReplyEdits(self.tables)
        self.copies = Copies(self.tables)
        self.documents = Documents(self.tables)
        self.search = Search(self.tables)
        self.lessons = Lessons(self.tables)
        self.rankings = Rankings(self.tables)
        self.predictions = Predictions(self.tables)
        self.tags = Tags(self.tables)
        self.rules = Rules(self.tables)
        self.snapshots = Snapshots(self.tables)
        self.training_runs = TrainingRuns(self.tables)
        self.embeddings = Embeddings(self.tables)
        self.settings = SettingValues(self.tables)
        self.interview = InterviewAnswers(self.tables)
        self.prompts = Prompts(self.tables)
        self.snippets = Snippets(self.tables)
        self.replaced = Replaced(self.tables)
        self.unranked = Unranked(self.tables)

    def run(self, work: Callable[[Database], T]) -> T:
        """Run `work` in one transaction; committed and on disk when this returns.

        StorageProblem when the disk or the file refuses; nothing of `work` is kept then.
        """
        try:
            self._connection.execute("BEGIN" if self.read_only else "BEGIN IMMEDIATE")
            try:
                value = work(self)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise _problem(error, self.file) from error
        except sqlite3.DatabaseError as error:
            if _code(error) in _DAMAGED:
                raise _problem(error, self.file) from error
            raise
        return value

    def check(self) -> str:
        """SQLite's own verdict on the file: "ok" or what is wrong."""
        try:
            return str(self._connection.execute("PRAGMA quick_check(5)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)  # damage can break the check itself

    def back_up_if_due(self, now: float) -> Path | None:
        """A copy if something was written since the last one and it is BACKUP_SECONDS old."""
        newest = list_backups(backup_folder(self.file))[-1:]
        if newest and newest[0].name > f"attune-{stamp_of(now - BACKUP_SECONDS)}.db":
            return None
        changed = self._connection.total_changes != self._saved_changes
        return self.back_up(now) if changed and not self.read_only else None

    def back_up(self, now: float) -> Path | None:
        """A verified copy beside the file; None if the file is not sound.

        StorageProblem if the copy cannot be written; the old ones are all there then.
        """
        folder = backup_folder(self.file)
        try:
            copy = back_up(self._connection, folder, stamp_of(now))
        except sqlite3.DatabaseError as error:
            raise _problem(error, self.file) from error
        except OSError as error:
            raise StorageProblem(
                f"No backup can be written to {folder} ({error.strerror}); free some space there."
            ) from error
        self._saved_changes = self._connection.total_changes
        return copy

    def close(self) -> None:
        """Fold the log into the one file and let go of it. May be called twice."""
        try:
            if not self.read_only:
                self._connection.execute("PRAGMA optimize")
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error:
            pass  # a full disk or an already closed connection must not hinder closing
        self._connection.close()


def backup_folder(file: Path) -> Path:
    """Where the copies of a data file are kept."""
    return file.parent / "backups"


def open_database(file: Path, clock: Callable[[], float] = time.time) -> Database:
    """Open (or create) the data file and bring its schema up to date, after a backup of the old.

    StorageProblem if it cannot be opened or is in use, DataDamaged if it is no readable database.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)
    except OSError as error:
        raise StorageProblem(
            f"The data folder {file.parent} cannot be written ({error.strerror}); "
            "check its permissions or choose another with --home DIR."
        ) from error
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(file, isolation_level=None)
        _configure(connection, file)
        return _at_current_version(connection, file, clock)
    except StorageProblem:
        if connection is not None:
            connection.close()
        raise
    except sqlite3.DatabaseError as error:
        if connection is not None:
            connection.close()
        raise _problem(error, file) from error


def open_in_memory() -> Database:
    """An empty database that never touches the disk and is gone when it is closed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for pragma in ("foreign_keys=ON", "trusted_schema=OFF", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    migrations.apply(Tables(connection, execute_plugins=False))
    return Database(connection, Path(":memory:"), read_only=False)


def _configure(connection: sqlite3.Connection, file: Path) -> None:
    """Pragmas in the order that matters: the exclusive lock comes before the log mode."""
    connection.execute("PRAGMA busy_timeout=0").fetchall()
    connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
    _refuse_if_not_ours(connection, file)  # the log mode below is already a change of the file
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "mmap_size=0",
        "journal_size_limit=67108864",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("BEGIN IMMEDIATE")  # takes the lock now, not at the first write
    connection.execute("COMMIT")


def _at_current_version(
    connection: sqlite3.Connection, file: Path, clock: Callable[[], float]
) -> Database:
    """Apply what is missing; a file that knows more than this program becomes read-only."""
    tables = Tables(connection, execute_plugins=False)
    if migrations.pending(tables):
        if migrations.applied(tables):
            back_up(connection, backup_folder(file), stamp_of(clock()))
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.apply(tables)
    known = {migration.name for migration in migrations._migrations}
    newer = {migration.name for migration in migrations.applied(tables)} - known
    if newer:
        connection.execute("PRAGMA query_only=ON")
    return Database(connection, file, read_only=bool(newer))


def _refuse_if_not_ours(connection: sqlite3.Connection, file: Path) -> None:
    """StorageProblem if the file is some other program's database; empty ones become ours."""
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if mark != APPLICATION_ID and tables:
        raise StorageProblem(
            f"The file {file} belongs to another program; move it away or use --home DIR."
        )


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code, 0 if the error carries none."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _problem(error: sqlite3.Error, file: Path) -> StorageProblem:
    """One sentence for what SQLite reported."""
    code = _code(error)
    if code in _DAMAGED:
        backups = list_backups(backup_folder(file))
        remedy = (
            f"restore the backup {backups[-1].name} with `attune doctor --restore`"
            if backups
            else "there is no backup; `attune doctor --start-new` keeps it aside and begins anew"
        )
        return DataDamaged(
            f"The data file {file} is damaged and was left as it is; {remedy}.",
            file=file,
            backups=backups,
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageProblem(f"{_WORLD[code]}.")
    if code in _WORLD:
        return StorageProblem(f"{_WORLD[code]} ({file}).")
    raise error
