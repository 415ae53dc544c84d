"""What the parts of the page “What I have learned about you” are made of."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QMessageBox, QVBoxLayout, QWidget

from assistant.gui.controls import button, label

WIDEST = 920  # pixels; longer lines are hard to read

Action = tuple[str, Callable[[], object], str]  # its word, what it does, what is read aloud


class Part(QWidget):
    """One of the page's parts: sections under each other, filled when it is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(WIDEST)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def refresh(self) -> None:
        """Show what is known now."""


class Section(QFrame):
    """A card with a heading, a sentence about it, and rows that can be replaced."""

    def __init__(self, heading: str, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("past")
        self.setAccessibleName(heading)
        self.about = label(about, "note", wrap=True)
        self.about.setVisible(bool(about))
        self.rows = QVBoxLayout()
        self.rows.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(6)
        column.addWidget(label(heading, "letter"))
        column.addWidget(self.about)
        column.addLayout(self.rows)

    def say(self, text: str) -> None:
        """Change the sentence under the heading."""
        self.about.setText(text)
        self.about.setVisible(bool(text))

    def fill(self, rows: Sequence[QWidget]) -> None:
        """Show these rows in place of the earlier ones."""
        empty(self.rows)
        for row in rows:
            self.rows.addWidget(row)


class Entry(QWidget):
    """A sentence, what is behind it, and what can be done about it."""

    def __init__(
        self, text: str, note: str, actions: Sequence[Action] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.text, self.note = label(text, wrap=True), label(note, "note", wrap=True)
        self.note.setVisible(bool(note))
        self.buttons = actions_row(actions)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addWidget(self.text)
        self.column.addWidget(self.note)
        if actions:
            self.column.addLayout(self.buttons)


def actions_row(actions: Sequence[Action]) -> QHBoxLayout:
    """Quiet buttons beside each other."""
    row = QHBoxLayout()
    row.setSpacing(4)
    for word, act, aloud in actions:
        row.addWidget(button(word, act, kind="quiet small", name=aloud))
    row.addStretch(1)
    return row


def empty(layout: QLayout) -> None:
    """Take everything out of a layout; what was in it is gone."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def confirm(parent: QWidget, text: str, action: str, then: Callable[[], object]) -> QMessageBox:
    """Ask before something that cannot be taken back; “Cancel” is what Enter and Escape do."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("Attune")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    act = box.addButton(action, QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    act.clicked.connect(lambda _checked: then())
    box.open()
    return box


def when(moment: float) -> str:
    """A moment (seconds since the epoch) as the user's clock shows it."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(moment))


def signed(value: float) -> str:
    """A weight with its sign."""
    return f"{value:+.2f}".replace("-", "−")


def counted(count: int, word: str) -> str:
    """ "1 ranking", "2 rankings"."""
    return f"{count} {word}{'' if count == 1 else 's'}"
