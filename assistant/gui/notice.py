"""Tells a user who is in another window that something long has ended."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject
from PySide6.QtWidgets import QWidget

from assistant.gui.tray import Tray

LONG_MILLISECONDS = 10_000  # what takes longer, nobody waits for


class Notice(QObject):
    """One for each thing that may take long."""

    def __init__(self, window: QWidget, tray: Tray) -> None:
        super().__init__(window)
        self._window, self._tray = window, tray
        self._clock = QElapsedTimer()

    def begin(self) -> None:
        """Something that may take long has begun."""
        self._clock.start()

    def end(self, text: str) -> None:
        """It has ended; said only if it took long and the window is in the background."""
        took = self._clock.elapsed() if self._clock.isValid() else 0
        self._clock.invalidate()
        if took >= LONG_MILLISECONDS:
            self.tell_if_away(text)

    def tell_if_away(self, text: str) -> None:
        """Say it, unless the user sees the window."""
        if not self._window.isActiveWindow():
            self._tray.tell(text)
