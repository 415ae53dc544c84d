"""What the parts of the page “What I have learned about you” are made of."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from assistant.gui.controls import button, label
from assistant.gui.kept_focus import kept_focus
from assistant.gui.language import figure, marked, tr
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.reflow import text_scale

ONE_MOMENT = marked("One moment…")  # a learner at work is asked when it is done
WIDEST = 920  # pixels; longer lines are hard to read

Action = tuple[str, Callable[[], object], str]  # its word, what it does, what is read aloud


class Part(QWidget):
    """One of the page's parts: sections under each other, filled when it is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def changeEvent(self, event: QEvent) -> None:
        """As wide as can be read well in this size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.setMaximumWidth(round(WIDEST * text_scale(self)))

    def refresh(self) -> None:
        """Show what is known now."""


class Section(QFrame):
    """A card with a heading, a sentence about it, and rows that can be replaced."""

    def __init__(self, heading: str, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("past")
        self.setAccessibleName(heading)
        self.about = label(about, "note", wrap=True)
        if not about:  # never shown from here: without a parent yet, it would be a window
            self.about.hide()
        self.rows = QVBoxLayout()
        self.rows.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(6)
        column.addWidget(label(heading, "letter", wrap=True))
        column.addWidget(self.about)
        column.addLayout(self.rows)

    def wait(self) -> Section:
        """Nothing was read yet: say so, so that it does not look empty; itself."""
        self.fill([label(tr(ONE_MOMENT), "note")])
        return self

    def fill(self, rows: Sequence[QWidget]) -> None:
        """Show these rows in place of the earlier ones."""
        with kept_focus(self):
            empty(self.rows)
            for row in rows:
                self.rows.addWidget(row)


class Entry(QWidget):
    """A sentence, what is behind it, and what can be done about it."""

    def __init__(self, text: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.note = label(text, wrap=True), label(note, "note", wrap=True)
        if not note:
            self.note.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addWidget(self.text)
        self.column.addWidget(self.note)

    def offer(self, actions: Sequence[Action]) -> Entry:
        """Add buttons for what can be done about it; itself."""
        self.column.addLayout(actions_row(actions))
        return self


class ChoiceText(QLabel):
    """The words of a tick or a radio button, which cannot break their lines themselves."""

    def __init__(self, text: str, choice: QAbstractButton) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._choice = choice

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """As if the button itself were pressed."""
        self._choice.click()


def worded(choice: QAbstractButton, text: str) -> QWidget:
    """A tick or a radio button with its words beside it."""
    choice.setAccessibleName(text)
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(choice, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(ChoiceText(text, choice), 1, Qt.AlignmentFlag.AlignTop)
    return row


def actions_row(actions: Sequence[Action]) -> FlowLayout:
    """Quiet buttons beside each other."""
    row = FlowLayout()
    for word, act, aloud in actions:
        row.addWidget(button(word, act, kind="quiet small", name=aloud))
    return row


def beside(*parts: QWidget) -> QWidget:
    """Buttons beside each other, as one row."""
    row = QWidget()
    line = FlowLayout(row)
    for part in parts:
        line.addWidget(part)
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
    shown = round(value, 2) or 0.0  # never a minus before nothing
    return figure(shown, "+.2f" if shown else ".2f").replace("-", "−")
