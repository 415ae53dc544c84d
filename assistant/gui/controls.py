"""Buttons and lines in the look of the window, each with its name for screen readers."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCursor,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QSizePolicy, QTabBar, QWidget

from assistant.gui.keyboard import Button

_WORD_START = re.compile(r"\S{20}(?=\S)")  # few words are longer


def button(text: str, pressed: Callable[[], object], *, kind: str = "", name: str = "") -> Button:
    """A button of a `kind` ("primary", "quiet", "small", "chip", "row", "foot"); several are
    parted by blanks. `name` is read aloud.
    """
    made = Button(text)
    made.setAccessibleName(name or text)
    for part in kind.split():
        made.setProperty(part, True)
    made.clicked.connect(lambda _checked: pressed())
    return made


def label(text: str = "", style: str = "", *, wrap: bool = False) -> QLabel:
    """Plain text (never HTML); `style` names its place in the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if style:
        made.setObjectName(style)
    return made


def show_breakable(part: QLabel, text: str) -> None:
    """A text of the user's in a label, which by itself would be as wide as its longest word."""
    part.setText(_WORD_START.sub("\\g<0>\u200b", text))  # a place to break that is not seen
    part.setAccessibleName(text)


class ElidedLabel(QLabel):
    """One line that ends in "…" where there is no room, and never asks for more room.

    `cut`: False for a figure, which cut would be another one; it is left out instead.
    """

    def __init__(self, style: str = "", *, cut: bool = True) -> None:
        super().__init__()
        self._whole, self._cut = "", cut
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(style)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show this; whole in the tool tip and for screen readers."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as fits."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(0, self.width() - 2)
        )
        self.setText(shown if self._cut or shown == self._whole else "")


class OneLine(QLabel):
    """A sentence that is broken into lines only where there is no room for one."""

    def __init__(self, text: str, style: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(style)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        """All in one line; by itself a label that may wrap asks for the room of two."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())


class Tabs(QTabBar):
    """Tabs that the wheel does not turn: nobody means it while scrolling by."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to what scrolls."""
        event.ignore()


def passing_menu(at: QWidget) -> QMenu:
    """A menu of a button, gone once it is closed; what the button looked like goes with it."""
    menu = QMenu(at)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.aboutToHide.connect(lambda: QTimer.singleShot(0, at, lambda: _forget_hover(at)))
    return menu


def _forget_hover(part: QWidget) -> None:
    """The pointer may have left while the menu was open, which Qt does not tell the button."""
    if not part.rect().contains(part.mapFromGlobal(QCursor.pos())):
        part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        part.update()


def rule() -> QFrame:
    """A thin line."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def restyle(widget: QWidget, name: str, value: bool) -> None:
    """Change a property that the style sheet looks at, and repaint if it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def announce(widget: QWidget, text: str) -> None:
    """Say something to a screen reader."""
    if text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
