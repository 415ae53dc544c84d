"""The icon beside the clock, there while something was told that the user has not seen yet.

Contract: nothing is shown unless it is wanted and the desktop has a place for it. Where it has
none, only the window's entry stands out.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from assistant.gui.app_icon import app_icon
from assistant.gui.language import tr


def system_icon() -> QSystemTrayIcon | None:
    """An icon that can tell something, None where the desktop has no place for one."""
    if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
        return QSystemTrayIcon(app_icon())
    return None


class Tray(QObject):
    """One for each window; `wanted` is the user's setting."""

    def __init__(
        self, window: QWidget, make_icon: Callable[[], QSystemTrayIcon | None] = system_icon
    ) -> None:
        super().__init__(window)
        self._window, self._make_icon = window, make_icon
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self.wanted = True
        window.installEventFilter(self)

    def tell(self, text: str) -> None:
        """Say it as the desktop does."""
        if not self.wanted:
            return
        QApplication.alert(self._window)
        if self._icon is None:
            self._icon = self._make_icon()
            self._connect()
        if self._icon is not None:
            self._icon.setToolTip(text)
            self._icon.show()
            self._icon.showMessage("Attune", text, app_icon())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Whoever is back at the window has seen it; a closed one leaves no icon behind."""
        seen = (QEvent.Type.WindowActivate, QEvent.Type.Close)
        if event.type() in seen and self._icon is not None:
            self._icon.hide()
        return False

    def _connect(self) -> None:
        """Pressing the icon or the message leads to the window."""
        if self._icon is None:
            return
        self._icon.setParent(self)
        self._menu = QMenu(self._window)
        self._menu.addAction(tr("Show Attune"), self._show)
        self._menu.addAction(tr("Quit"), self._window.close)
        self._icon.setContextMenu(self._menu)
        self._icon.messageClicked.connect(self._show)
        self._icon.activated.connect(self._pressed)

    def _pressed(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how == QSystemTrayIcon.ActivationReason.Trigger:
            self._show()

    def _show(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
