"""One line over the message: the chat has outgrown what the model sees, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from assistant.gui.controls import announce, button, label
from assistant.gui.language import tr, trn
from assistant.gui.learned_flow import FlowLayout

INDENT = 6  # pixels at which the words of a quiet button begin


class OverflowNote(QFrame):
    """Hidden until turns will be left out; says what the user wants then."""

    begun_anew = Signal()  # a new chat, with the message that stands below
    accepted = Signal()  # go on without the oldest turns
    enlarged = Signal()  # let the model see more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overflow")
        self.text = label("", "outgrown", wrap=True)
        self.text.setContentsMargins(INDENT, 0, 0, 0)
        self.new_button = button(
            tr("New chat with this"),
            self.begun_anew.emit,
            kind="quiet small",
            name=tr("New chat with this message"),
        )
        self.go_on_button = button(tr("Go on without them"), self.accepted.emit, kind="quiet small")
        self.more_button = button(tr("Larger context…"), self.enlarged.emit, kind="quiet small")
        row = FlowLayout()
        for choice in (self.go_on_button, self.new_button, self.more_button):
            row.addWidget(choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 2, 4, 6)
        column.setSpacing(2)
        column.addWidget(self.text)
        column.addLayout(row)
        self.hide()

    def show_dropped(self, count: int) -> None:
        """So many turns will be left out; none: nothing is said."""
        words = trn(
            "The oldest turn of this chat no longer fits: the model will not see it.",
            "Up to %n of the oldest turns of this chat no longer fit: the model will not see them.",
            count,
        )
        said = not self.isHidden() and self.text.text() == words
        self.text.setText(words)
        self.setVisible(count > 0)
        if count and not said:
            announce(self, words)
