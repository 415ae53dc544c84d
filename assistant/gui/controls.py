"""Buttons and lines in the look of the window, each with its name for screen readers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget


def button(
    text: str, pressed: Callable[[], object], *, kind: str = "", name: str = ""
) -> QPushButton:
    """A button of a `kind` ("primary", "quiet", "small", "chip", "row", "foot"); several are
    parted by blanks. `name` is read aloud.
    """
    made = QPushButton(text)
    made.setAccessibleName(name or text)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
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
