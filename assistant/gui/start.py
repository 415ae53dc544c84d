"""Starting the window: shown at once, filled when the data file and the services are ready.

Contract: nothing is opened on the window's thread; whatever fails becomes a sentence in the window;
closing it ends everything within five seconds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from assistant.domain.errors import DataDamaged, UserError
from assistant.domain.network import NetworkCount
from assistant.gui.language import install, sentence, tr
from assistant.gui.main_window import MainWindow
from assistant.gui.markdown import load_parser
from assistant.gui.tasks import Lane, Tasks, ThreadedStore
from assistant.gui.theme import Appearance
from assistant.paths import Paths
from assistant.usecases.language_note import noted_language

if TYPE_CHECKING:  # loaded once the window is painted, see Program.open
    from assistant.gui.session import Session
    from assistant.storage.database import Store
    from assistant.usecases.services import Services

# Closing takes at most CLOSING_SECONDS + STORE_SECONDS, so that five seconds are never reached.
CLOSING_SECONDS = 3.5
STOPPING_SECONDS = 1.0  # of these, for what runs to stop by itself: replies need 0.3 at most
STORE_SECONDS = 1.0  # at least, to fold the log into the data file

Build = Callable[["Store", Paths], "Services"]
Close = Callable[["Services"], None]


def run_window(
    paths: Paths, build: Build, close: Close, watch: Callable[[Program], object] | None = None
) -> int:
    """Show the window and stay until it is closed; the exit code. `watch` sees it before that."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Attune")
    install(application, paths.resources / "translations", noted_language(paths))
    network = NetworkCount()
    program = Program(paths, build, close, Appearance(application))
    program.window.network = network
    if watch is not None:
        watch(program)
    program.window.show()
    QTimer.singleShot(0, partial(_heed_interrupts, application))
    QTimer.singleShot(0, program.open)
    code = application.exec()
    if not program.close():
        _end_at_once(code)
    return code


class Program:
    """The window with what is behind it, from opening to closing."""

    def __init__(self, paths: Paths, build: Build, close: Close, appearance: Appearance) -> None:
        self._paths, self._build, self._close_services = paths, build, close
        self._services: Services | None = None
        self._ended: bool | None = None  # None: not closed yet
        self.tasks = Tasks()
        self.store = ThreadedStore(self.tasks)
        self.window = MainWindow(appearance, self.close)
        self._backups = QTimer(self.window)
        self._backups.timeout.connect(self._back_up)
        self._wiping = False
        self.window.back_up_wanted.connect(self._back_up_now)
        self.window.wipe_wanted.connect(self._wipe)

    def open(self) -> None:
        """Open the data file and build the services, away from the window's thread."""

        def work() -> Callable[[], Session]:
            from assistant.gui.session import Session

            self.store.open(self._paths.database)
            try:
                self._services = self._build(self.store, self._paths)
            except BaseException:
                self.store.close()
                raise
            return partial(Session, self.tasks, self._services)

        self.tasks.run(Lane.GENERATE, work, None, self._opened, self._failed)

    def close(self) -> bool:
        """End what runs, then the services, then the data file; whether all of it ended in time.

        May be called twice.
        """
        if self._ended is None:
            self._ended = False
            until = time.monotonic() + CLOSING_SECONDS
            if self.window.desk is not None:
                self.window.desk.learned.close()
            if self.window.session is not None:
                self.window.session.leave()
                self.window.session.keep(self.window.kept())
            ended = self.tasks.close_within(STOPPING_SECONDS)
            ended &= self.tasks.run_within(until - time.monotonic(), self._end_services)
            ended &= self.store.close_within(max(STORE_SECONDS, until - time.monotonic()))
            if self._wiping:
                self._remove_everything()
            self._ended = self.tasks.end() and ended
        return self._ended

    def _remove_everything(self) -> None:
        """The window is gone by now: what went wrong can only be said on standard error."""
        from assistant.usecases.wipe import wipe

        try:
            wipe(self._paths)
        except UserError as error:
            sys.stderr.write(f"{error}\n")

    def _end_services(self) -> None:
        """Close what was built; an engine that waits for nothing ends at once."""
        if self._services is not None:
            self._close_services(self._services)

    def _back_up(self) -> None:
        """Copy the data file, if it changed; a failure is said and tried again next time."""
        self.tasks.run(Lane.STORE, self.store.back_up_if_due, on_error=self._say)

    def _back_up_now(self) -> None:
        """Copy the data file whether it changed or not, and say where the copy is."""

        def done(copy: Path | None) -> None:
            assert self.window.desk is not None, "asked for in an open program"
            if copy:
                self.window.desk.pages.tell(tr("The copy is {copy}.", copy=copy))
            else:
                self.window.desk.pages.say(tr("The data file is not sound; not copied."))

        self.tasks.run(Lane.STORE, self.store.back_up_now, None, done, self._say)

    def _wipe(self) -> None:
        """Remove everything once it is closed, and close."""
        self._wiping = True
        self.window.close()

    def _say(self, error: UserError) -> None:
        self.window.say(sentence(str(error)), (), closable=True)

    def _opened(self, make_session: Callable[[], Session]) -> None:
        from assistant.gui.app_icon import app_icon
        from assistant.storage.database import BACKUP_SECONDS

        self.window.setWindowIcon(app_icon())
        self._backups.start(round(BACKUP_SECONDS * 1000))
        self.window.use(make_session())
        if self._services is not None and self._services.notice:
            self.window.say(sentence(self._services.notice))
        self.tasks.run(Lane.LEARN, load_parser)
        if self.window.desk is not None:
            self.window.desk.model_changed.connect(self._reopen)

    def _reopen(self) -> None:
        """Build the services anew, for another model; what is shown stays."""
        session = self.window.session
        assert session is not None, "a model is chosen in an open program"
        session.stop()

        def work() -> Services:
            self._end_services()
            self._services = self._build(self.store, self._paths)
            return self._services

        self.tasks.run(Lane.GENERATE, work, None, session.renew, self._say)

    def _failed(self, error: UserError) -> None:
        """Say what is wrong, with the buttons that help."""
        self.window.status.show_doing(tr("not open"))
        actions: list[tuple[str, Callable[[], object]]] = []
        if isinstance(error, DataDamaged):
            damaged = error
            if damaged.backups:
                actions.append((tr("Restore the newest backup"), lambda: self._restore(damaged)))
            actions.append((tr("Start new"), lambda: self._start_new(damaged)))
        else:
            actions.append((tr("Try again"), self.open))
        self.window.say(sentence(str(error)), actions, closable=False)

    def _restore(self, error: DataDamaged) -> None:
        """Put the newest backup in place of the damaged file, which is kept."""
        from assistant.storage.backups import restore

        self._repair(lambda: restore(error.file, error.backups[-1], _stamp()))

    def _start_new(self, error: DataDamaged) -> None:
        """Move the damaged file aside and begin with an empty one."""
        from assistant.storage.backups import set_aside

        self._repair(lambda: set_aside(error.file, _stamp()))

    def _repair(self, work: Callable[[], object]) -> None:
        self.tasks.run(Lane.STORE, work, None, lambda _kept: self.open(), self._failed)


def _heed_interrupts(application: QApplication) -> None:
    """From now on Ctrl+C closes the window; loaded after the first paint, which it would delay."""
    from assistant.gui.interrupt import Interrupts

    Interrupts(application)


def _end_at_once(code: int) -> None:
    """Leave although a thread still waits for a child: end the children, then this process.

    A thread cannot be ended from outside, and Python would wait for it; the data file is closed.
    """
    import multiprocessing  # only now: it would be a twentieth of the time to the first paint

    for child in multiprocessing.active_children():
        child.kill()
        child.join(STORE_SECONDS)
    os._exit(code)


def _stamp() -> str:
    """The present moment as part of a file name."""
    return time.strftime("%Y%m%d-%H%M%S")
