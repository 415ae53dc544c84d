"""Tells a user who is in another window that something long has ended."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QSystemTrayIcon, QWidget

LONG_MILLISECONDS = 10_000  # what takes longer, nobody waits for


class Notice(QObject):
    """One for each window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._clock = QElapsedTimer()
        self._tray: QSystemTrayIcon | None = None
        self.last = ""  # what was said last

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
            self.tell(text)

    def tell(self, text: str) -> None:
        """As the desktop does it: the window's entry stands out, and a message if there can be."""
        self.last = text
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            if self._tray is None:
                self._tray = QSystemTrayIcon(self._icon(), self)
                self._tray.messageClicked.connect(self._window.activateWindow)
            self._tray.show()
            self._tray.showMessage("Attune", text)

    def _icon(self) -> QIcon:
        own = self._window.windowIcon()
        if not own.isNull():
            return own
        standard = self._window.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxInformation)
        return standard if not standard.isNull() else QIcon(QPixmap(1, 1))
