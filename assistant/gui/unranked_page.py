"""Rounds that were left unranked, one after the other, ranked with the same keys as others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from assistant.domain.model import QueryId, Round
from assistant.gui.controls import announce, button, label
from assistant.gui.language import marked, tr
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.pages import Page
from assistant.gui.query_bubble import SaidLabel
from assistant.gui.reflow import has_room, text_scale
from assistant.gui.round_view import RoundView

TITLE = marked("Rounds you have not ranked")
ABOUT = marked(
    "Put the replies in order as if they had just been written, and I learn from it. Skip what you "
    "have no opinion on; it does not come back. “Later” leaves it for another time."
)
NOTHING = marked("Every round with several replies is ranked. There is nothing to do here.")
DONE = marked("That was the last one.")
LEAST_ROUND = 300  # pixels of height for the replies
AROUND_ROUND, AROUND_WHERE_NARROW = 210, 320  # pixels of the page for everything else
WIDE_ENOUGH = 560  # pixels from which on it takes the first of these


class UnrankedPage(Page):
    """Shows the round that it is told; says what the user wants of it."""

    widest = 1800

    wanted = Signal(object)  # QueryId of the round to show
    ranked = Signal(object, object)  # QueryId, Order
    undone = Signal(object)  # QueryId
    passed = Signal(object)  # QueryId: no opinion, now or later

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(TITLE), parent)
        self._waiting: tuple[QueryId, ...] = ()
        self._at = 0
        self._ranked: set[QueryId] = set()
        self.about = label(tr(ABOUT), "note", wrap=True)
        self.place = label("", "note")
        self.place.setContentsMargins(0, 7, 8, 0)
        self.query = SaidLabel()
        self.view = RoundView(only_ranking=True)
        self.before_button = button(tr("Before"), lambda: self.turn(-1), name=tr("Round before"))
        self.later_button = button(tr("Later"), lambda: self.turn(1), name=tr("Leave for later"))
        self.done_button = button(
            tr("Done for today"), self.left.emit, kind="primary", name=tr("Done for today, Escape")
        )
        foot = FlowLayout()
        for part in (self.place, self.before_button, self.later_button):
            foot.addWidget(part)
        foot.addWidget(self.done_button)
        self.column.setSpacing(8)
        self.column.addWidget(self.about)
        self.column.addWidget(self.query)
        self.column.addWidget(self.view)
        self.column.addLayout(foot)
        self.column.addStretch(1)
        self.view.ranked.connect(lambda order: self.ranked.emit(self._now(), order))
        self.view.undone.connect(lambda: self.undone.emit(self._now()))
        self.view.skipped.connect(self._pass)
        self.view.proceed.connect(lambda: self.turn(1))
        self.view.stop_all.connect(self.left)  # Escape in the cards

    def begin(self, waiting: Sequence[QueryId]) -> None:
        """Show the first of these."""
        self._waiting, self._at, self._ranked = tuple(waiting), 0, set()
        self.about.setText(tr(ABOUT) if waiting else tr(NOTHING))
        self._ask()

    def show_round(self, round_: Round) -> None:
        """A round with its replies; the keyboard goes to the first of them."""
        if not self._waiting or round_.query_id != self._now():
            return
        self.query.show_text(round_.text)
        self.view.show_round(round_)
        self.view.focus_first()
        announce(self, f"{self.place.text()}: {round_.text}")

    def saved(self, round_: Round, said: str) -> None:
        """What became of the round shown."""
        if round_.ranking is not None:
            self._ranked.add(round_.query_id)
        else:
            self._ranked.discard(round_.query_id)
        self.view.update_round(round_, said)
        self._say_place()

    def turn(self, step: int) -> None:
        """Another round; behind the last one there is nothing but the way back."""
        at = self._at + step
        if at >= len(self._waiting):
            announce(self, tr(DONE))
            self.place.setText(tr(DONE))
            self.done_button.setFocus()
        elif at >= 0:
            self._at = at
            self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The replies take what is left of the height."""
        super().resizeEvent(event)
        around = AROUND_ROUND if has_room(self, WIDE_ENOUGH) else AROUND_WHERE_NARROW
        scale = text_scale(self)
        rest = self.height() - round(around * scale)
        self.view.setFixedHeight(max(round(LEAST_ROUND * scale), rest))

    def _ask(self) -> None:
        """Ask for the round whose turn it is."""
        some = bool(self._waiting)
        for part in (self.place, self.query, self.view, self.before_button, self.later_button):
            part.setVisible(some)
        self._say_place()
        if some:
            self.wanted.emit(self._now())
        else:
            self.done_button.setFocus()
            announce(self, tr(NOTHING))

    def _say_place(self) -> None:
        self.before_button.setEnabled(self._at > 0)
        place = tr("{at} of {count}", at=self._at + 1, count=len(self._waiting))
        ranked = tr("{count} ranked", count=len(self._ranked))
        self.place.setText(f"{place} · {ranked}" if self._ranked else place)

    def _pass(self) -> None:
        self.passed.emit(self._now())
        self.turn(1)

    def _now(self) -> QueryId:
        return self._waiting[self._at]
