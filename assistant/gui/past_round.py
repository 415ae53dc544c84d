"""A round that is over: the query, the reply that went on, and a pager to the others."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.model import Round
from assistant.gui.controls import announce, button, label, restyle
from assistant.gui.query_bubble import QueryBubble
from assistant.gui.reply_browser import ReplyBrowser


class PastRound(QWidget):
    """Shows one reply at a time; any of them can be made the one that goes on."""

    chosen = Signal(object, str)  # QueryId, letter

    def __init__(self, round_: Round) -> None:
        super().__init__()
        self.round = round_
        self._replies = [candidate for candidate in round_.candidates if candidate.text]
        ids = [candidate.id for candidate in self._replies]
        self._at = ids.index(round_.chosen) if round_.chosen in ids else 0
        self.bubble = QueryBubble(round_)
        self.body = ReplyBrowser(grows=True)
        self.body.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page = label("", "note")
        self.before = button("‹", lambda: self.turn(-1), kind="quiet", name="Previous reply")
        self.after = button("›", lambda: self.turn(1), kind="quiet", name="Next reply")
        self.choose_button = button("Continue with this reply", self._choose, kind="quiet small")
        self.copy_button = button("Copy", self.copy, kind="quiet small", name="Copy this reply")
        self._frame: QFrame | None = None
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bubble)
        if self._replies:
            self._frame = self._make_frame()
            column.addWidget(self._frame)
            self._show()
        else:
            column.addWidget(label("No reply was written.", "note"))

    def turn(self, step: int) -> None:
        """Show the next or the previous reply."""
        self._at = (self._at + step) % len(self._replies)
        self._show()
        announce(self, self.page.text())

    def update_round(self, round_: Round) -> None:
        """Take over which reply goes on now."""
        self.round = round_
        self._show()

    def stand_out(self, milliseconds: int) -> None:
        """Be seen at once after a jump."""
        if self._frame is not None:
            restyle(self._frame, "found", True)
            QTimer.singleShot(milliseconds, self, self._stand_back)
        announce(self, f"You: {self.round.text}")

    def copy(self) -> None:
        """The reply shown, as it was written."""
        QGuiApplication.clipboard().setText(self.body.text())
        announce(self, "Reply copied")

    def _stand_back(self) -> None:
        if self._frame is not None:
            restyle(self._frame, "found", False)

    def _choose(self) -> None:
        self.chosen.emit(self.round.query_id, self._replies[self._at].letter)

    def _make_frame(self) -> QFrame:
        """The reply with its pager."""
        frame = QFrame()
        frame.setObjectName("past")
        pager = QHBoxLayout()
        pager.setSpacing(6)
        several = len(self._replies) > 1
        for part in (self.before, self.page, self.after, self.choose_button):
            pager.addWidget(part)
            if not several:  # never shown from here: without a parent yet, it would be a window
                part.hide()
        pager.addStretch(1)
        pager.addWidget(self.copy_button)
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 12, 14, 6)
        column.addWidget(self.body)
        column.addLayout(pager)
        return frame

    def _show(self) -> None:
        """The reply at hand, its place among the others, and whether it is the one chosen."""
        candidate = self._replies[self._at]
        self.body.show_markdown(candidate.text)
        chosen = candidate.id == self.round.chosen
        place = f"{self._at + 1}/{len(self._replies)} · {candidate.letter}"
        self.page.setText(f"{place}, chosen" if chosen else place)
        self.choose_button.setVisible(len(self._replies) > 1 and not chosen)
