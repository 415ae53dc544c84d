"""A round that is over: the query, the reply that went on, and a pager to the others."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from assistant.domain.model import Candidate, CandidateId, Finish, Round
from assistant.gui.controls import announce, button, label, restyle
from assistant.gui.language import tr
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.query_bubble import QueryBubble
from assistant.gui.reply_browser import ReplyBrowser
from assistant.gui.reply_menu import ReplyWishes, open_reply_menu

FLUSH_MILLISECONDS = 100  # a long reply is laid out anew each time


class PastRound(QWidget):
    """Shows one reply at a time; any of them can be made the one that goes on."""

    chosen = Signal(object, str)  # QueryId, letter
    kept = Signal(object, str)  # QueryId, letter of a reply to go on with where it was cut off
    unlearned = Signal(object, str)  # QueryId, letter of a reply to compare with

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
        self.before = button("‹", lambda: self.turn(-1), kind="quiet", name=tr("Previous reply"))
        self.after = button("›", lambda: self.turn(1), kind="quiet", name=tr("Next reply"))
        self.choose_button = button(
            tr("Continue with this reply"), self._choose, kind="quiet small"
        )
        self.copy_button = button(
            tr("Copy"), self.copy, kind="quiet small", name=tr("Copy this reply")
        )
        self.keep_button = button(
            tr("Keep writing"), self._keep, kind="quiet small", name=tr("Keep writing this reply")
        )
        self.more_button = button(
            "⋯", self._open_menu, kind="quiet", name=tr("More about this reply")
        )
        self._coming = ""  # text that is not shown yet
        self._flush = QTimer(self, singleShot=True, interval=FLUSH_MILLISECONDS)
        self._flush.timeout.connect(self._show_more)
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
            column.addWidget(label(tr("No reply was written."), "note"))

    def turn(self, step: int) -> None:
        """Show the next or the previous reply."""
        self._at = (self._at + step) % len(self._replies)
        self._show()
        announce(self, self.page.text())

    def update_round(self, round_: Round) -> None:
        """Take over which reply goes on now, and what they have become."""
        self.round = round_
        self._replies = [candidate for candidate in round_.candidates if candidate.text]
        if self._replies:
            self._show()

    def reopen(self, candidate: Candidate) -> None:
        """A reply is written again, behind what it has: show it."""
        ids = [one.id for one in self._replies]
        if candidate.id in ids:
            self._at = ids.index(candidate.id)
            self._replies[self._at] = candidate
            self._show()

    def take_text(self, candidate_id: CandidateId, text: str) -> None:
        """More of the reply that is being written, whichever is shown."""
        for at, one in enumerate(self._replies):
            if one.id == candidate_id:
                self._replies[at] = replace(one, text=one.text + text)
                if at == self._at:
                    self._coming += text
                    if not self._flush.isActive():
                        self._flush.start()

    def end_writing(self) -> None:
        """No more comes of what is being written; what came stays."""
        if any(one.finish is Finish.WRITING for one in self._replies):
            self._replies = [
                replace(one, finish=Finish.INTERRUPTED) if one.finish is Finish.WRITING else one
                for one in self._replies
            ]
            self._show()

    def stand_out(self, milliseconds: int) -> None:
        """Be seen at once after a jump."""
        if self._frame is not None:
            restyle(self._frame, "found", True)
            QTimer.singleShot(milliseconds, self, self._stand_back)
        announce(self, tr("You: {text}", text=self.round.text))

    def copy(self) -> None:
        """The reply shown, as it was written."""
        QGuiApplication.clipboard().setText(self.body.text())
        announce(self, tr("Reply copied"))

    def _show_more(self) -> None:
        text, self._coming = self._coming, ""
        self.body.append_text(text)

    def _keep(self) -> None:
        self.kept.emit(self.round.query_id, self._replies[self._at].letter)

    def _open_menu(self) -> None:
        """What else can be done with the reply shown."""
        wishes = ReplyWishes(
            lambda letter: self.kept.emit(self.round.query_id, letter),
            lambda letter: self.unlearned.emit(self.round.query_id, letter),
        )
        open_reply_menu(self.more_button, self.round, self._replies[self._at], wishes)

    def _stand_back(self) -> None:
        if self._frame is not None:
            restyle(self._frame, "found", False)

    def _choose(self) -> None:
        self.chosen.emit(self.round.query_id, self._replies[self._at].letter)

    def _make_frame(self) -> QFrame:
        """The reply with its pager."""
        frame = QFrame()
        frame.setObjectName("past")
        pager = FlowLayout()
        several = len(self._replies) > 1
        for part in (self.before, self.page, self.after, self.choose_button):
            pager.addWidget(part)
            if not several:  # never shown from here: without a parent yet, it would be a window
                part.hide()
        for part in (self.copy_button, self.keep_button, self.more_button):
            pager.addWidget(part)
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 12, 14, 6)
        column.addWidget(self.body)
        column.addLayout(pager)
        return frame

    def _show(self) -> None:
        """The reply at hand, its place among the others, and whether it is the one chosen."""
        candidate = self._replies[self._at]
        writing = candidate.finish is Finish.WRITING
        self._flush.stop()
        self._coming = ""  # it is in the text already
        if writing:
            self.body.show_plain(candidate.text)
        else:
            self.body.show_markdown(candidate.text)
        chosen = candidate.id == self.round.chosen
        place = f"{self._at + 1}/{len(self._replies)} · {candidate.letter}"
        self.page.setText(tr("{place}, chosen", place=place) if chosen else place)
        self.choose_button.setVisible(len(self._replies) > 1 and not chosen)
        self.keep_button.setVisible(candidate.finish.cut_off)
        self.more_button.setVisible(not writing)
