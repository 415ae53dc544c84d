"""Measures a window from inside its process: its first paint, and how long its thread was busy.

Contract: nothing here changes what is measured beyond one event filter that removes itself, and
one timer that is only there while gaps are taken. Used by probe.py, never by the program itself.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

TICK_MILLISECONDS = 1  # the shortest timer that does not keep a whole core busy
LOOK_MILLISECONDS = 50  # how often a script looks whether it can go on

Script = Iterator[Callable[[], bool]]


class FirstPaint(QObject):
    """Calls `then` once, when the window's first paint has been carried out."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint of the window; its children are painted within the same event."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
        return False


class Gaps(QObject):
    """Milliseconds between the ticks of a timer: what an input would at most have waited."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=TICK_MILLISECONDS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last = 0.0
        self._taken: list[float] = []

    def start(self) -> None:
        """Begin to measure."""
        self._taken, self._last = [], time.perf_counter()
        self._timer.start()

    def stop(self) -> tuple[float, ...]:
        """End, and the gaps since the beginning."""
        self._timer.stop()
        return tuple(self._taken)

    def _tick(self) -> None:
        now = time.perf_counter()
        self._taken.append(1000 * (now - self._last))
        self._last = now


def follow(script: Script, parent: QObject) -> None:
    """Go through a script on the window's thread: it goes on when what it yielded is true."""
    timer = QTimer(parent, interval=LOOK_MILLISECONDS)
    waiting_for = next(script)

    def look() -> None:
        nonlocal waiting_for
        if waiting_for():
            following = next(script, None)
            if following is None:
                timer.stop()
            else:
                waiting_for = following

    timer.timeout.connect(look)
    timer.start()


def show_bare_window(painted: Callable[[], object]) -> int:
    """The smallest window that PySide6 can show, until it is painted; the exit code."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()

    def end() -> None:
        painted()
        window.close()

    FirstPaint(window, end)
    window.show()
    return application.exec()
