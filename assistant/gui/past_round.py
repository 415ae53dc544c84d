"""A round that is over: the query, the reply that went on, and a pager to the others.

Each reply is followed by what the user made of it: all of these are pages.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from assistant.domain.model import Candidate, CandidateId, Finish, Round
from assistant.gui.actions import keys_of
from assistant.gui.controls import announce, button, label, restyle
from assistant.gui.language import key_words, tr
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.query_bubble import QueryBubble
from assistant.gui.reply_browser import ReplyBrowser
from assistant.gui.reply_editor import ReplyEditor
from assistant.gui.reply_menu import ReplyWishes, may_go_on, open_reply_menu
from assistant.gui.reply_pages import (
    Page,
    being_written,
    interrupted,
    pages_of,
    place_words,
    same_page,
)
from assistant.gui.reply_place import ReplyPlace

FLUSH_MILLISECONDS = 100  # a long reply is laid out anew each time


class PastRound(QWidget):
    """Shows one reply at a time; any of them can be made the one that goes on."""

    chosen = Signal(object, str, int)  # QueryId, letter, version
    kept = Signal(object, str)  # QueryId, letter of a reply to go on with where it was cut off
    unlearned = Signal(object, str)  # QueryId, letter of a reply to compare with
    rewritten = Signal(object, str, str)  # QueryId, letter, the user's text for the reply
    copied = Signal(object, str, int)  # QueryId, letter, version to go on with in a copy
    taken_back = Signal(object)  # QueryId of a ranking that is not to count
    opened = Signal()  # a reply is being edited, and must be seen
    ranking = Signal()  # all replies are to be shown and ranked
    typed = Signal()  # something that is not stored yet has changed

    def __init__(self, round_: Round) -> None:
        super().__init__()
        self.round = round_
        self._pages = pages_of(round_)
        self._at = self._going_on() or 0
        self.bubble = QueryBubble(round_)
        self.body = ReplyBrowser(grows=True)
        self.body.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.note = label("", "note", wrap=True)
        self.page = label("", "note")
        self._make_buttons()
        self._coming = ""  # text that is not shown yet
        self._flush = QTimer(self, singleShot=True, interval=FLUSH_MILLISECONDS)
        self._flush.timeout.connect(self._show_more)
        self._frame: QFrame | None = None
        self._place: ReplyPlace | None = None
        self.bubble.typed.connect(self.typed)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bubble)
        if self._pages:
            self._frame = self._make_frame()
            column.addWidget(self._frame)
            self._place = self._make_place(self._frame)
            self._show()
        else:
            self._say_nothing_written()

    def _make_buttons(self) -> None:
        """What can be done with the reply shown."""
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
        self.rank_button = button("", self.ranking.emit, kind="quiet small")
        self.rank_button.setToolTip(key_words(keys_of("rank-all")))
        self.more_button = button(
            "⋯", self._open_menu, kind="quiet", name=tr("More about this reply")
        )

    @property
    def editor(self) -> ReplyEditor | None:
        """The field with the reply that is being changed, if one is."""
        return self._place.editor if self._place is not None else None

    @property
    def in_use(self) -> bool:
        """Whether something is being typed here, which must not be lost."""
        return self.editor is not None or self.bubble.editor is not None

    def turn(self, step: int) -> None:
        """Show the next or the previous text."""
        self._at = (self._at + step) % len(self._pages)
        self._show()
        announce(self, self.page.text())

    def update_round(self, round_: Round) -> None:
        """Take over which reply goes on now, and what they have become."""
        shown = self._pages[self._at] if self._pages else None
        anew = being_written(self.round) or self._is_stored(round_)
        self.round, self._pages = round_, pages_of(round_)
        same = [at for at, page in enumerate(self._pages) if shown and same_page(page, shown)]
        self._at = same[0] if same and not anew else self._going_on() or 0
        if self._pages:
            self._show()
        elif self._frame is not None and shown is not None:
            self._frame.hide()
            self._say_nothing_written()

    def edit(self, letter: str = "") -> None:
        """Let a reply be changed where it stands, without a letter the one shown."""
        found = [at for at, one in enumerate(self._pages) if one.candidate.letter == letter]
        standing = [at for at in found if self._pages[at].stands]
        if self._place is None or self.editor is not None:
            return
        self._at = (standing or found or [self._at])[0]
        self._show()
        self._place.open(self._pages[self._at], self._pages[self._at].text).setFocus()
        self.opened.emit()

    @property
    def begun(self) -> tuple[str, str] | None:
        """Letter and text of a reply that was changed here and is not saved."""
        return self._place.begun if self._place is not None else None

    def take_up(self, letter: str, text: str) -> None:
        """Show what was begun here before the round was left, unless it was stored since."""
        for at, page in enumerate(self._pages):
            if page.candidate.letter == letter and page.stands and page.text != text.strip():
                self._at = at
                self._show()
                if self._place is not None:
                    self._place.open(page, text)

    def give_back(self) -> None:
        """What was typed could not be stored: it stays where it was typed."""
        if self._place is not None:
            self._place.give_back()

    def reopen(self, candidate: Candidate) -> None:
        """A reply is written again, behind what it has: show it."""
        for at, page in enumerate(self._pages):
            if page.candidate.id == candidate.id and not page.version:
                self._at = at
                self._pages[at] = Page(candidate)
                self._show()

    def take_text(self, candidate_id: CandidateId, text: str) -> None:
        """More of the reply that is being written, whichever is shown."""
        for at, page in enumerate(self._pages):
            one = page.candidate
            if one.id == candidate_id and not page.version:
                self._pages[at] = Page(replace(one, text=one.text + text))
                if at == self._at:
                    self._coming += text
                    if not self._flush.isActive():
                        self._flush.start()

    def end_writing(self) -> None:
        """No more comes of what is being written; what came stays."""
        if any(page.candidate.finish is Finish.WRITING for page in self._pages):
            self.update_round(interrupted(replace(self.round, candidates=self._candidates())))

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

    def _say_nothing_written(self) -> None:
        self.column.addWidget(label(tr("No reply was written."), "note"))

    def _show_more(self) -> None:
        text, self._coming = self._coming, ""
        self.body.append_text(text)

    def _keep(self) -> None:
        self.kept.emit(self.round.query_id, self._pages[self._at].candidate.letter)

    def _open_menu(self) -> None:
        """What else can be done with the reply shown."""
        query_id, page = self.round.query_id, self._pages[self._at]
        wishes = ReplyWishes(
            lambda letter: self.kept.emit(query_id, letter),
            lambda letter: self.unlearned.emit(query_id, letter),
            lambda _letter: self.edit(),
            lambda letter: self.copied.emit(query_id, letter, page.version),
            lambda _letter: self.taken_back.emit(query_id),
        )
        open_reply_menu(self.more_button, self.round, page.candidate, wishes)

    def _is_stored(self, round_: Round) -> bool:
        """Whether what was typed here stands for the reply now; then it is shown."""
        return self._place is not None and self._place.settle(round_)

    def _make_place(self, frame: QFrame) -> ReplyPlace:
        """Where the reply is changed."""
        place = ReplyPlace(frame, self.column)
        place.handed_on.connect(
            lambda letter, text: self.rewritten.emit(self.round.query_id, letter, text)
        )
        place.left.connect(self._left)
        place.typed.connect(self.typed)
        return place

    def _left(self, stored: bool) -> None:
        """The reply is shown again."""
        self.more_button.setFocus()
        self.typed.emit()
        if not stored:
            announce(self, tr("Not changed"))

    def _going_on(self) -> int | None:
        """The page with the text that the conversation goes on with."""
        for at, page in enumerate(self._pages):
            if page.candidate.id == self.round.chosen and page.stands:
                return at
        return None

    def _candidates(self) -> tuple[Candidate, ...]:
        """The replies as they are here by now."""
        now = {page.candidate.id: page.candidate for page in self._pages if not page.version}
        return tuple(now.get(one.id, one) for one in self.round.candidates)

    def _stand_back(self) -> None:
        if self._frame is not None:
            restyle(self._frame, "found", False)

    def _choose(self) -> None:
        page = self._pages[self._at]
        self.chosen.emit(self.round.query_id, page.candidate.letter, page.version)

    def _make_frame(self) -> QFrame:
        """The reply with its pager."""
        frame = QFrame()
        frame.setObjectName("past")
        pager = FlowLayout()
        for part in (self.before, self.page, self.after, self.rank_button, self.choose_button):
            pager.addWidget(part)
        for part in (self.copy_button, self.keep_button, self.more_button):
            pager.addWidget(part)
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 12, 14, 6)
        column.addWidget(self.note)
        column.addWidget(self.body)
        column.addLayout(pager)
        return frame

    def _show(self) -> None:
        """The text at hand, its place among the others, and whether it is the one chosen."""
        page = self._pages[self._at]
        candidate = page.candidate
        writing = candidate.finish is Finish.WRITING and not page.version
        self._flush.stop()
        self._coming = ""  # it is in the text already
        if writing:
            self.body.show_plain(page.text)
        else:
            self.body.show_markdown(page.text)
        goes_on = self._at == self._going_on()
        self.page.setText(place_words(self.round, self._pages, self._at, goes_on=goes_on))
        first, count = being_written(self.round), len(self.round.candidates)
        several = len(self._pages) > 1 and not first
        self.note.setText(tr("Writing {count}, you will read the best", count=count))
        self.note.setVisible(first)
        self.rank_button.setText(tr("Rank all {count}", count=count))
        self.rank_button.setVisible(self.round.picked)
        self.copy_button.setVisible(not first)
        self.page.setMinimumHeight(self.before.sizeHint().height())  # on one line with the arrows
        for part in (self.before, self.page, self.after):
            part.setVisible(several)
        self.choose_button.setVisible(several and not goes_on)
        self.keep_button.setVisible(may_go_on(candidate) and not page.version)
        self.more_button.setVisible(not writing)
