"""The only file with threads: four one-thread lanes, and the way back to the window's thread.

Contract: everything handed to `run` happens on its lane in the order given; everything that comes
back is called on the thread that made Tasks. After `close_within` nothing comes back any more.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from assistant.domain.errors import Cancelled, StorageProblem, UserError
from assistant.gui.language import marked, tr

if TYPE_CHECKING:  # loaded once the window is painted, see ThreadedStore.open
    from assistant.storage.database import Database

T = TypeVar("T")

_INTERNAL = marked(
    "Something went wrong inside Attune ({error}); what was saved is safe, try again."
)


class Lane(StrEnum):
    """Who does the work: one thread each."""

    GENERATE = "generate"  # all that talks to the engine or needs the learner's state
    LEARN = "learn"  # long training runs
    BROWSE = "browse"  # what was learned, looked at and changed while replies are written
    STORE = "store"  # owns the one database connection


class Tasks(QObject):
    """Long-lived; made on the window's thread and closed by it."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lanes = {
            lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane.value) for lane in Lane
        }
        self._open: set[Future[Any]] = set()
        self._closed = False
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(self, lane: Lane, work: Callable[[], T]) -> Future[T]:
        """Run a function on a lane; the caller waits for the future, so not from the window."""
        return self._lanes[lane].submit(work)

    def run(
        self,
        lane: Lane,
        work: Callable[[], Any],
        on_event: Callable[[Any], object] | None = None,
        on_done: Callable[[Any], object] | None = None,
        on_error: Callable[[UserError], object] | None = None,
    ) -> None:
        """Run a function, or go through the iterator it returns, telling each step to `on_event`.

        `on_done` gets the value returned (None for an iterator); `on_error` what the user can act
        on. A bug is reported to `on_error` too and then raised on the window's thread.
        """

        def work_through() -> None:
            try:
                value = work()
                if isinstance(value, Iterator):
                    for event in value:
                        self._post(on_event, event)
                    value = None
            except Cancelled:
                self._post(on_done, None)
            except UserError as error:
                self._post(on_error, error)
            except Exception as error:  # handed on whole to the window's thread
                self._post(on_error, UserError(tr(_INTERNAL, error=error)))
                self._post(_raise, error)
            else:
                self._post(on_done, value)

        if self._closed:
            return  # a timer may still fire while the window goes
        self._open = {future for future in self._open if not future.done()}
        self._open.add(self._lanes[lane].submit(work_through))

    def close_within(self, seconds: float) -> bool:
        """Nothing comes back any more; wait for what runs to stop. Whether all of it did."""
        self._closed = True
        for lane in (Lane.GENERATE, Lane.LEARN, Lane.BROWSE):
            self._lanes[lane].shutdown(wait=False, cancel_futures=True)
        running = [future for future in self._open if not future.cancelled()]
        return not wait(running, timeout=seconds).not_done

    def run_within(self, seconds: float, work: Callable[[], object]) -> bool:
        """Run a function on a thread of its own, beside the lanes; whether it ended in time."""
        thread = threading.Thread(target=work, name="closing", daemon=True)
        thread.start()
        thread.join(max(0.0, seconds))
        return not thread.is_alive()

    def end(self) -> bool:
        """Let the store's thread go, last of all; whether no lane has anything to do any more."""
        self._closed = True
        for executor in self._lanes.values():
            executor.shutdown(wait=False, cancel_futures=True)
        return all(future.done() for future in self._open)

    def _post(self, receiver: Callable[[Any], object] | None, value: object) -> None:
        """Hand a value to the window's thread."""
        if receiver is not None and not self._closed:
            self._posted.emit((receiver, value))

    @Slot(object)
    def _deliver(self, parcel: tuple[Callable[[Any], object], object]) -> None:
        """Call the receiver, here on the window's thread."""
        if not self._closed:
            receiver, value = parcel
            receiver(value)


class ThreadedStore:
    """A Store whose database lives on the store lane; callable from every thread."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._database: Database | None = None
        self._thread: int | None = None
        self._vanishes = False

    def open(self, file: Path) -> None:
        """Open the data file on its thread; raises what open_database raises."""

        def work() -> None:
            from assistant.storage.database import open_database

            self._database = open_database(file)
            self._thread = threading.get_ident()

        self._tasks.submit(Lane.STORE, work).result()

    def open_in_memory(self) -> None:
        """Hold everything in memory until it is closed; called on the store's thread."""
        from assistant.storage.database import open_in_memory

        self._database, self._vanishes = open_in_memory(), True
        self._thread = threading.get_ident()

    def run(self, work: Callable[[Database], T]) -> T:
        """Run `work` in one transaction on the store's thread and wait for it."""
        if threading.get_ident() == self._thread:
            return self._opened().run(work)
        return self._tasks.submit(Lane.STORE, lambda: self._opened().run(work)).result()

    def back_up(self, now: float) -> Path | None:
        """A verified copy now; None if the file is not sound, StorageProblem if it cannot be."""
        if threading.get_ident() == self._thread:
            return self._opened().back_up(now)
        return self._tasks.submit(Lane.STORE, lambda: self._opened().back_up(now)).result()

    def back_up_if_due(self) -> None:
        """Copy the file if it changed; on the store's thread, StorageProblem if it cannot be."""
        self._opened().back_up_if_due(time.time())

    def back_up_now(self) -> Path | None:
        """A copy of the file; on the store's thread, None if the file is not sound."""
        return self._opened().back_up(time.time())

    def close(self) -> None:
        """Close the file on its thread, after everything submitted before."""
        self._tasks.submit(Lane.STORE, self._close).result()

    def close_within(self, seconds: float) -> bool:
        """Close the file, but do not wait for ever; whether it was closed in time."""
        closing = self._tasks.submit(Lane.STORE, self._close)
        return not wait([closing], timeout=seconds).not_done

    def _close(self) -> None:
        """On the store's thread: a backup if one is due, then fold the log into the file."""
        if self._database is not None:
            if not self._vanishes:
                with suppress(StorageProblem):  # nothing is lost, and the next one may succeed
                    self._database.back_up_if_due(time.time())
            self._database.close()
            self._database = None

    def _opened(self) -> Database:
        """The database; only called after it was opened."""
        assert self._database is not None, "the store is used before it is open"
        return self._database


def _raise(error: Exception) -> None:
    """Raise a bug where the window's exception hook sees it."""
    raise error
