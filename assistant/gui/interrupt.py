"""Ctrl+C in the terminal and the system's request to end close the window as its button does.

Contract: once `Interrupts` is made, SIGINT, SIGTERM and, where it exists, SIGHUP end the
program in its usual order. Without it Python raises in whatever slot runs next, and Qt goes on.
"""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


class Interrupts(QObject):
    """Carries signals into the event loop; lives as long as the application.

    Python runs its handlers between two of its own instructions, of which there are none while Qt
    waits: so the interpreter writes a byte to a socket that Qt watches.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._notifier = QSocketNotifier(
            self._read.fileno(), QSocketNotifier.Type.Read, application
        )
        self._notifier.activated.connect(self._end)
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        for number in _ENDING:
            signal.signal(number, _noted)

    def _end(self) -> None:
        """Close what is open, dialogs too; the program then ends as after its close button."""
        if any(number in _ENDING for number in self._read.recv(64)):
            QApplication.closeAllWindows()
            QApplication.quit()


def _noted(_number: int, _frame: FrameType | None) -> None:
    """Only so that Python neither raises nor ends the process: the byte has been written."""
