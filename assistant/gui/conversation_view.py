"""One conversation: past rounds folded to the reply chosen, the current round at the end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from assistant.domain.model import Round
from assistant.gui.controls import button, label
from assistant.gui.past_round import Bubble, PastRound
from assistant.gui.round_view import RoundView

EXAMPLES = (
    "How can I relax after a long day of work?",
    "Explain compound interest with an example.",
    "Write a short toast for a friend's wedding.",
)
WELCOME = "Ask something, put the replies in order, and I learn what you like."
_LEAST_ROUND = 260


class ConversationView(QScrollArea):
    """Scrolls through a conversation; the current round is as high as what is seen."""

    example = Signal(str)
    chosen = Signal(object, str)  # QueryId, letter of the reply to go on with

    def __init__(self, round_view: RoundView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conversation")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Conversation")
        self.round_view = round_view
        self.past: list[PastRound] = []
        self._bubble: Bubble | None = None
        self.empty = self._make_empty()
        flow = QWidget()
        flow.setObjectName("flow")
        self._column = QVBoxLayout(flow)
        self._column.setContentsMargins(18, 16, 18, 4)
        self._column.setSpacing(14)
        self._column.addWidget(self.empty, 1)
        self._column.addWidget(round_view)
        self._column.addStretch(0)
        self.setWidget(flow)
        self.show_rounds((), None)

    def show_rounds(self, past: Sequence[Round], current: Round | None) -> None:
        """Show folded rounds, and the query of the current one above its cards."""
        for old in self.past:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.past = []
        for round_ in past:
            self._add_past(round_)
        self.show_query(current.text if current else None)
        self.round_view.setVisible(current is not None and bool(current.candidates))
        self.empty.setVisible(not past and current is None)

    def fold(self, round_: Round) -> None:
        """Turn the current round into a past one."""
        self._add_past(round_)
        self.show_query(None)
        self.round_view.hide()
        self.to_end()

    def update_past(self, round_: Round) -> None:
        """Take over what became of a folded round."""
        for past in self.past:
            if past.round.query_id == round_.query_id:
                past.update_round(round_)

    def show_query(self, text: str | None) -> None:
        """Show the query of the current round."""
        if self._bubble is not None:
            self._column.removeWidget(self._bubble)
            self._bubble.hide()
            self._bubble.deleteLater()
            self._bubble = None
        if text is not None:
            self._bubble = Bubble(text)
            self._column.insertWidget(1 + len(self.past), self._bubble)
            self.empty.hide()
        self._fit()
        self.to_end()

    def show_cards(self) -> None:
        """Show the cards of the current round."""
        self.round_view.show()
        self._fit()
        self.to_end()

    def to_end(self) -> None:
        """Scroll to the end once the layout has settled."""
        QTimer.singleShot(0, self, self._scroll_down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current round as high as what is seen."""
        super().resizeEvent(event)
        self._fit()

    def _scroll_down(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def _add_past(self, round_: Round) -> None:
        past = PastRound(round_)
        past.chosen.connect(self.chosen)
        self._column.insertWidget(1 + len(self.past), past)
        self.past.append(past)
        self.empty.hide()

    def _fit(self) -> None:
        """The cards take what the query leaves of the visible height."""
        bubble = self._bubble.sizeHint().height() + 14 if self._bubble else 0
        self.round_view.setFixedHeight(max(_LEAST_ROUND, self.viewport().height() - bubble - 22))

    def _make_empty(self) -> QWidget:
        """One line of welcome and three example queries."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(12)
        column.addStretch(1)
        welcome = label(WELCOME, "welcome", wrap=True)
        welcome.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(welcome)
        column.addSpacing(8)
        for text in EXAMPLES:
            example = button(text, partial(self.example.emit, text), kind="row")
            example.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            column.addWidget(example, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page
