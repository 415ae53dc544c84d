"""The rounds that are over, of which only those near to what is seen exist as widgets.

Contract: a thousand rounds cost as much as a screenful. Heights are estimated until a round is
made; whatever turns out higher or lower, what the reader looks at stays where it is. At most one
round is made in one turn of the event loop, so that scrolling never waits for more than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from assistant.domain.model import Candidate, CandidateId, QueryId, Round
from assistant.gui.begun_edits import BegunEdits
from assistant.gui.past_round import PastRound
from assistant.gui.reflow import bring_into_view
from assistant.gui.reply_pages import being_written, interrupted
from assistant.gui.round_heights import guessed, measured

GAP = 14
AHEAD = 600  # pixels above and below what is seen that are made beforehand
FOUND_MILLISECONDS = 2500  # how long a round that was jumped to stands out
OF_ROUND = ("chosen", "kept", "unlearned", "rewritten", "copied", "taken_back", "ranking", "typed")
OF_QUERY = ("edited", "versioned", "again")


class PastRounds(QWidget):
    """As high as all its rounds; lies in a scroll area that it keeps in place."""

    chosen = Signal(object, str, int)  # QueryId, letter and version of the reply to go on with
    edited = Signal(object, str)
    versioned = Signal(object)
    again = Signal(object, int)
    kept = Signal(object, str)
    unlearned = Signal(object, str)
    rewritten = Signal(object, str, str)
    copied = Signal(object, str, int)
    taken_back = Signal(object)
    ranking = Signal()
    typed = Signal()

    def __init__(self, scroll: QScrollArea, begun: BegunEdits) -> None:
        super().__init__()
        self._scroll, self._begun = scroll, begun
        self._rounds: list[Round] = []
        self._growing: dict[CandidateId, int] = {}  # the round of each reply being written again
        self._heights: list[int] = []
        self._made: dict[int, PastRound] = {}
        self._writing = False
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self.look)
        scroll.verticalScrollBar().valueChanged.connect(lambda _value: self._next.start())
        self.hide()

    def rounds(self) -> tuple[Round, ...]:
        """All of them, from the first."""
        return tuple(self._rounds)

    def made(self) -> tuple[PastRound, ...]:
        """Those that exist as widgets, from the top."""
        return tuple(self._made[at] for at in sorted(self._made))

    def show_rounds(self, rounds: Sequence[Round]) -> None:
        """Show these instead."""
        for at in tuple(self._made):
            self._drop(at)
        self._rounds, self._growing = list(rounds), {}
        self._heights = [self._guess(round_) for round_ in rounds]
        self._settle()
        self._next.start()

    def add(self, round_: Round) -> None:
        """One more at the end."""
        if being_written(round_):
            self._growing |= {one.id: len(self._rounds) for one in round_.candidates}
        self._rounds.append(round_)
        self._heights.append(self._guess(round_))
        self._settle()
        self._make(len(self._rounds) - 1)

    def update_round(self, round_: Round) -> bool:
        """Take over what became of a round; whether another reply is the best, and read anew."""
        for at, known in enumerate(self._rounds):
            if known.query_id == round_.query_id:
                self._rounds[at] = round_
                if at in self._made:
                    self._made[at].update_round(round_)
                    if being_written(known) and known.chosen != round_.chosen:
                        self._fit(at, self._made[at])
                        self._go_to(at)
                        return True
        return False

    def reopen(self, candidate: Candidate) -> None:
        """A reply of a round is being written again."""
        for at, round_ in enumerate(self._rounds):
            if round_.query_id == candidate.query_id:
                self._rounds[at] = _with(round_, candidate)
                self._growing[candidate.id] = at
        for past in self._made.values():
            if past.round.query_id == candidate.query_id:
                past.reopen(candidate)

    def add_text(self, candidate_id: CandidateId, text: str) -> None:
        """More of it; a round that is not made shows it when it is made."""
        if candidate_id not in self._growing:
            return
        at = self._growing[candidate_id]
        one = next(c for c in self._rounds[at].candidates if c.id == candidate_id)
        self._rounds[at] = _with(self._rounds[at], replace(one, text=one.text + text))
        for past in self._made.values():
            past.take_text(candidate_id, text)

    def end_writing(self) -> None:
        """No more comes of what is being written."""
        self._growing = {}
        self._rounds = [interrupted(round_) for round_ in self._rounds]
        for past in self._made.values():
            past.end_writing()

    def set_writing(self, writing: bool) -> None:
        """While replies are written, no query can be asked again."""
        self._writing = writing
        for past in self._made.values():
            past.bubble.set_writing(writing)

    def jump(self, query_id: QueryId) -> bool:
        """Scroll to the round of a query and let it stand out; whether there is one."""
        for at, round_ in enumerate(self._rounds):
            if round_.query_id == query_id:
                if at not in self._made:
                    self._make(at)
                self._go_to(at)
                self._made[at].stand_out(FOUND_MILLISECONDS)
                return True
        return False

    def _go_to(self, at: int) -> None:
        """Scroll to the beginning of a round."""
        self._scroll.verticalScrollBar().setValue(self.y() + self._offsets()[at])

    def edit(self, query_id: QueryId, letter: str) -> None:
        """Let the reply of a round be changed."""
        if self.jump(query_id):
            for past in self._made.values():
                if past.round.query_id == query_id:
                    past.edit(letter)

    def give_back(self, query_id: QueryId) -> None:
        """What was typed into a reply of a round could not be stored: it stays there."""
        for past in self._made.values():
            if past.round.query_id == query_id:
                past.give_back()

    def look(self) -> None:
        """Make one round that is seen or soon will be, and drop those far away."""
        if not self._rounds or not self.isVisible():
            return
        top, bottom = self._seen()
        offsets = self._offsets()
        ends = [offset + height for offset, height in zip(offsets, self._heights, strict=False)]
        near = [
            at
            for at, end in enumerate(ends)
            if end >= top - AHEAD and offsets[at] <= bottom + AHEAD
        ]
        for at in tuple(self._made):
            far = ends[at] < top - 2 * AHEAD or offsets[at] > bottom + 2 * AHEAD
            past = self._made[at]
            held = past.in_use or past.isAncestorOf(QApplication.focusWidget() or self)
            if far and not held:
                self._drop(at)
        middle = (top + bottom) // 2
        missing = [at for at in near if at not in self._made]
        if missing:
            self._make(min(missing, key=lambda at: abs(offsets[at] - middle)))
            self._next.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width makes other heights."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            anchor = self._anchor()
            for at, round_ in enumerate(self._rounds):
                made = self._made.get(at)
                self._heights[at] = self._measure(made) if made else self._guess(round_)
            self._settle(anchor)
            self._next.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A round that wants another height, because another reply is shown, gets it."""
        if event.type() == QEvent.Type.LayoutRequest:
            for at, past in self._made.items():
                if past is watched:
                    QTimer.singleShot(0, past, lambda at=at, past=past: self._fit(at, past))
        return False

    def _make(self, at: int) -> None:
        """Let a round exist."""
        anchor = self._anchor()
        past = PastRound(self._rounds[at])
        for name in OF_ROUND:
            getattr(past, name).connect(getattr(self, name))
        for name in OF_QUERY:
            getattr(past.bubble, name).connect(getattr(self, name))
        past.opened.connect(partial(bring_into_view, self._scroll, past))
        past.bubble.opened.connect(partial(bring_into_view, self._scroll, past.bubble))
        past.bubble.set_writing(self._writing)
        past.bubble.take_up(self._begun.query(past.round))
        if begun := self._begun.reply(past.round):
            past.take_up(*begun)
        past.setParent(self)
        past.show()
        self._made[at] = past
        self._heights[at] = self._measure(past)
        past.installEventFilter(self)
        self._settle(anchor)

    def _drop(self, at: int) -> None:
        past = self._made.pop(at)
        self._note(past)
        past.removeEventFilter(self)
        past.hide()
        past.deleteLater()

    def note_begun(self) -> None:
        """Remember what is being typed into them."""
        for past in self._made.values():
            self._note(past)

    def _note(self, past: PastRound) -> None:
        self._begun.note(past.round, past.bubble.begun)
        self._begun.note_reply(past.round, past.begun)

    def _fit(self, at: int, past: PastRound) -> None:
        """Measure a round again."""
        if self._made.get(at) is past:
            height = self._measure(past)
            if height != self._heights[at]:
                anchor = self._anchor()
                self._heights[at] = height
                self._settle(anchor)

    def _measure(self, past: PastRound) -> int:
        return measured(past, max(1, self.width()))

    def _guess(self, round_: Round) -> int:
        return guessed(round_, self.width(), self.fontMetrics())

    def _offsets(self) -> list[int]:
        """Where each round begins, and at last where they all end."""
        return list(accumulate((height + GAP for height in self._heights), initial=0))

    def _seen(self) -> tuple[int, int]:
        """The part of this widget that is seen, in its own coordinates."""
        top = -self.mapTo(self._scroll.viewport(), QPoint(0, 0)).y()
        return top, top + self._scroll.viewport().height()

    def _anchor(self) -> tuple[int, int] | None:
        """The first round that is seen, and how far it is scrolled past; None at the very end."""
        bar = self._scroll.verticalScrollBar()
        if not self._rounds or bar.value() >= bar.maximum():
            return None
        top = self._seen()[0]
        offsets = self._offsets()
        for at, height in enumerate(self._heights):
            if offsets[at] + height > top:
                return at, top - offsets[at]
        return len(self._heights), top - offsets[-1]

    def _settle(self, anchor: tuple[int, int] | None = None) -> None:
        """Lay all out, and keep the reader's place."""
        offsets = self._offsets()
        for at, past in self._made.items():
            past.setGeometry(0, offsets[at], self.width(), self._heights[at])
        self.setVisible(bool(self._rounds))
        if self.height() != offsets[-1]:
            self.setFixedHeight(offsets[-1])
        flow = self._scroll.widget()
        layout = flow.layout() if flow is not None else None
        if layout is None:
            return  # still being put together
        layout.activate()
        QApplication.sendEvent(self._scroll, QEvent(QEvent.Type.LayoutRequest))
        bar = self._scroll.verticalScrollBar()
        value = bar.maximum() if anchor is None else self.y() + offsets[anchor[0]] + anchor[1]
        if value != bar.value():
            bar.setValue(value)


def _with(round_: Round, candidate: Candidate) -> Round:
    """The round with a reply as it is now."""
    candidates = (candidate if one.id == candidate.id else one for one in round_.candidates)
    return replace(round_, candidates=tuple(candidates))
