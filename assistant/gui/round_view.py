"""The current round: cards side by side (tabs when narrow), ranked by mouse or keyboard.

Contract: text is shown at most 30 times a second; every move goes through the CandidateModel;
`ranked` is emitted once per move with the whole order.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from assistant.domain.model import Candidate, CandidateId, Finish, Order, Round
from assistant.gui.actions import Where, bind
from assistant.gui.candidate_model import CandidateModel
from assistant.gui.card import Card
from assistant.gui.card_row import CardRow
from assistant.gui.controls import Tabs, announce
from assistant.gui.drag import AllBadZone
from assistant.gui.keyboard import leave_keyboard
from assistant.gui.language import tr
from assistant.gui.order_strip import OrderStrip
from assistant.gui.reflow import has_room
from assistant.gui.reply_menu import ReplyWishes, may_go_on, may_unlearn, open_reply_menu
from assistant.gui.typing_ahead import TypingAhead

FLUSH_MILLISECONDS = 34  # at most 30 times a second
COLUMNS_WIDTH = 660  # narrower than this, cards become tabs (the window is then below 900)


class RoundView(QWidget):
    """Shows one round and says what the user wants of it."""

    ranked = Signal(object)  # Order
    skipped = Signal()
    undone = Signal()  # the last order
    lesson_undone = Signal()  # all orders
    stopped = Signal(int)  # place of the draft
    kept = Signal(object, str)  # QueryId, letter of a reply to go on with where it was cut off
    unlearned = Signal(object, str)  # QueryId, letter of a reply to compare with
    editing = Signal(object, str)  # QueryId, letter of a reply to change
    copied = Signal(object, str, int)  # QueryId, letter, version to go on with in a copy
    proceed = Signal()
    stop_all = Signal()

    def __init__(self, parent: QWidget | None = None, *, only_ranking: bool = False) -> None:
        """With `only_ranking`, nothing else can be done with a reply."""
        super().__init__(parent)
        self.setObjectName("round")
        self._only_ranking = only_ranking
        self.model, self.ahead = CandidateModel(self), TypingAhead(self)
        self.cards: dict[str, Card] = {}
        self.round: Round | None = None
        self._by_id: dict[CandidateId, Card] = {}
        self._narrow = False
        self._said = ""
        self.tabs = Tabs()
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(tr("Replies"))
        self.tabs.currentChanged.connect(lambda _index: self._turn())
        self.row, self.strip, self.zone = CardRow(), OrderStrip(), AllBadZone()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        leave_keyboard(self.strip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.tabs)
        column.addWidget(self.row, 1)
        column.addWidget(self.strip)
        column.addWidget(self.zone)
        self._timer = QTimer(self)
        self._timer.setInterval(FLUSH_MILLISECONDS)
        self._timer.timeout.connect(self._flush)
        self._connect()

    def show_round(self, round_: Round) -> None:
        """Show a round as stored, in place of any other."""
        self.round = round_
        self._clear()
        for candidate in round_.candidates:
            card = Card(candidate, only_ranking=self._only_ranking)
            card.best.connect(self.model.choose_best)
            card.stop.connect(self._stop)
            card.keep.connect(self._keep)
            card.more.connect(self._open_menu)
            leave_keyboard(card)  # to the card, where Enter goes on with the best reply
            if not self._only_ranking:
                card.typed.connect(self.ahead.text)
            self.row.add(card)
            self.cards[candidate.letter] = card
            self._by_id[candidate.id] = card
        self._said = tr("Saved") if round_.ranking else tr("Skipped") if round_.skipped else ""
        order = round_.ranking.order if round_.ranking else None
        self.model.show_order(tuple(self.cards), order)

    def update_round(self, round_: Round, said: str = "") -> None:
        """Take over what became of the round shown; its cards stay."""
        if self.round is None or round_.query_id != self.round.query_id:
            return
        self.round = round_
        self._said = said
        order = round_.ranking.order if round_.ranking else None
        if order != self.model.order():
            self.model.show_order(tuple(c.letter for c in round_.candidates), order)
        else:
            self._show_order()

    def keep_round(self, round_: Round) -> None:
        """What became of its replies is known; the order on the screen stays as it is."""
        if self.round is not None and round_.query_id == self.round.query_id:
            self.round = round_

    def reopen(self, candidate: Candidate) -> None:
        """One candidate is written again, behind what it has."""
        if candidate.id in self._by_id:
            self._by_id[candidate.id].show_candidate(candidate)

    def add_text(self, candidate_id: CandidateId, text: str) -> None:
        """More text of one candidate; shown with the next tick."""
        if candidate_id in self._by_id:
            self._by_id[candidate_id].take_text(text)
            if not self._timer.isActive():
                self._timer.start()

    def finish_reply(self, candidate_id: CandidateId, finish: Finish, tokens: int) -> None:
        """One candidate is whole."""
        if candidate_id in self._by_id:
            self._by_id[candidate_id].finish(finish, tokens)

    def focused_letter(self) -> str:
        """The card with the focus; in tabs the one shown; else the first."""
        shown = self.model.letters()
        at = self.tabs.currentIndex() if self._narrow else 0
        return self._with_focus() or (shown[at] if 0 <= at < len(shown) else "")

    def _with_focus(self) -> str:
        """The card that has the keyboard, or a part of it has."""
        focus = QApplication.focusWidget()
        if focus is None:
            return ""
        inside = (x for x, card in self.cards.items() if card is focus or card.isAncestorOf(focus))
        return next(inside, "")

    def focus_first(self) -> None:
        """Put the keyboard into the cards."""
        card = self.cards.get(self.focused_letter())
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever key was pressed here, it is too late for it."""
        super().hideEvent(event)
        self.ahead.forget()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A click beside the cards, or on a button under them: their keys work on."""
        super().focusInEvent(event)
        self.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tabs when narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _connect(self) -> None:
        """Buttons and keys; keys count while the focus is inside the round."""
        self.model.modelReset.connect(self._show_order)
        self.model.ordered.connect(self._moved)
        self.row.dropped.connect(lambda moved, onto, side: self.model.drop(moved, onto, side=side))
        self.row.dragging.connect(self._show_zone)
        self.zone.dropped.connect(self.model.mark_all_bad)
        self.strip.all_bad.connect(self.model.mark_all_bad)
        self.strip.tie.connect(lambda: self.model.tie(self.focused_letter()))
        self.strip.skip.connect(self.skipped)
        self.strip.undo.connect(self.undone)
        self.strip.proceed.connect(self.proceed)
        bind(self, Where.REPLIES, self._actions(), None if self._only_ranking else self.ahead)

    def _actions(self) -> dict[str, Callable[[], object]]:
        """What the keys declared for the replies do."""
        model = self.model
        best = {f"best-{x.lower()}": partial(model.choose_best, x) for x in "ABCD"}
        return {
            **best,
            "left": lambda: model.shift(self.focused_letter(), -1),
            "right": lambda: model.shift(self.focused_letter(), 1),
            "tie": lambda: model.tie(self.focused_letter()),
            "bad": model.mark_all_bad,
            "skip": self.skipped.emit,
            "undo": self.undone.emit,
            "keep": lambda: self._keep(self.focused_letter()),
            "unlearned": lambda: self._unlearn(self.focused_letter()),
            "proceed": self.proceed.emit,
            "stop-writing": self.stop_all.emit,
        }

    def _moved(self, letter: str) -> None:
        """Tell the world about a move of the user's."""
        announce(self, self.model.announcement(letter))
        order = self.model.order()
        if isinstance(order, Order):
            self.ranked.emit(order)

    def _keep(self, letter: str) -> None:
        """Go on with a reply that was cut off; with any other there is nothing to do."""
        if self.round is None or not letter or self._only_ranking:
            return
        if may_go_on(self.round.candidate(letter)):
            self.kept.emit(self.round.query_id, letter)

    def _unlearn(self, letter: str) -> None:
        if self.round is None or not letter or self._only_ranking:
            return
        if may_unlearn(self.round):
            self.unlearned.emit(self.round.query_id, letter)

    def _open_menu(self, letter: str) -> None:
        """What else can be done with a reply."""
        if self.round is not None:
            query_id = self.round.query_id
            wishes = ReplyWishes(
                self._keep,
                self._unlearn,
                lambda letter: self.editing.emit(query_id, letter),
                lambda letter: self.copied.emit(query_id, letter, 0),
                lambda _letter: self.lesson_undone.emit(),
            )
            at, candidate = self.cards[letter].more_button, self.round.candidate(letter)
            open_reply_menu(at, self.round, candidate, wishes, keys=True)

    def _stop(self, letter: str) -> None:
        """Stop one draft."""
        if self.round is not None:
            self.stopped.emit(self.round.candidate(letter).place)

    def _show_order(self) -> None:
        """Cards, tabs and strip as the model says."""
        order = self.model.order()
        best = order.best if order else None
        for letter, card in self.cards.items():
            card.show_rank(self.model.rank_text(letter), best=letter == best)
        ranked = self.round is not None and self.round.ranking is not None
        expected = self.round.expected if self.round is not None and ranked else None
        said = self._said if order is not None or self._said == tr("Skipped") else ""
        off = self.strip.undo_button if order is None else self.strip.skip_button
        if off.hasFocus():  # it is switched off; the next order is to be given here
            self.focus_first()
        self.strip.show_state(order, saved=said, expected=expected, chosen=best)
        self._arrange()

    def _turn(self) -> None:
        """Another tab was opened: the keyboard goes along."""
        had_focus = bool(self._with_focus())
        self._arrange(follow=False)
        if had_focus:
            self.focus_first()

    def _arrange(self, *, follow: bool = True) -> None:
        """Lay the cards out in the model's order, or only the one whose tab is open.

        `follow` opens the tab of the card that has the keyboard, so that it is never lost.
        """
        letters, focused = self.model.letters(), self._with_focus()
        self._narrow = len(letters) > 1 and not has_room(self, COLUMNS_WIDTH)
        self.tabs.setVisible(self._narrow)
        titles = [f"{x} {self.model.rank_text(x)}".strip() for x in letters]
        self.tabs.blockSignals(True)
        while self.tabs.count() > len(letters):
            self.tabs.removeTab(0)
        for at, title in enumerate(titles):
            if at >= self.tabs.count():
                self.tabs.addTab(title)
            self.tabs.setTabText(at, title)
        if focused and follow:
            self.tabs.setCurrentIndex(letters.index(focused))
        self.tabs.blockSignals(False)
        only = self.tabs.currentIndex() if self._narrow else None
        self.row.arrange([self.cards[letter] for letter in letters], only)

    def _show_zone(self, dragging: bool) -> None:
        """While a card is carried, the place of the buttons takes it for "all bad"."""
        self.zone.setFixedHeight(self.strip.height())
        self.strip.setVisible(not dragging)
        self.zone.setVisible(dragging)

    def _flush(self) -> None:
        """Show the text that came in since the last tick; rest if none did."""
        flushed = [card.flush() for card in self.cards.values()]
        if not any(flushed):
            self._timer.stop()

    def _clear(self) -> None:
        """Take the old cards away."""
        self.ahead.forget()
        self.row.clear()
        self.cards, self._by_id = {}, {}
        self.model.start(())
