"""Buttons and lines in the look of the window, each with its name for screen readers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget


def button(
    text: str, pressed: Callable[[], object], *, kind: str = "", name: str = ""
) -> QPushButton:
    """A button of a `kind` ("", "primary", "quiet" or "row"); `name` is read aloud."""
    made = QPushButton(text)
    made.setAccessibleName(name or text)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        made.setProperty(kind, True)
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
