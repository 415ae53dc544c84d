"""One conversation: past rounds folded to the reply chosen, the current round at the end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from assistant.domain.model import QueryId, Round
from assistant.gui.begun_edits import BegunEdits
from assistant.gui.controls import label
from assistant.gui.language import marked, tr
from assistant.gui.past_round import PastRound
from assistant.gui.past_rounds import PastRounds
from assistant.gui.query_bubble import QueryBubble
from assistant.gui.reflow import WrappedButton, bring_into_view, free_side, text_scale
from assistant.gui.round_view import RoundView

EXAMPLES = (
    marked("How can I relax after a long day of work?"),
    marked("Explain compound interest with an example."),
    marked("Write a short toast for a friend's wedding."),
)
WELCOME = marked("Ask something, put the replies in order, and I learn what you like.")
LEARNING_OFF = marked(
    "Ask something. Learning is off, so your orders are kept but not learned from."
)
NOT_LEARNED = marked("Ask something. This chat is not kept, and nothing is learned from it.")
_LEAST_ROUND = 260
_MOST_SCALE = 2.0  # of it; with larger text the query would be pushed out of sight
SIDE = 18  # pixels left free at either side
WIDEST = 1800  # pixels of the conversation at the usual size of text; longer lines are hard to read


class ConversationView(QScrollArea):
    """Scrolls through a conversation; the current round is as high as what is seen."""

    example = Signal(str)
    chosen = Signal(object, str, int)  # QueryId, letter and version of the reply to go on with
    edited = Signal(object, str)  # QueryId, the text of its new version
    versioned = Signal(object)  # QueryId of the version to show
    again = Signal(object, int)  # QueryId, how many new replies
    kept = Signal(object, str)  # QueryId, letter of a reply to go on with where it was cut off
    unlearned = Signal(object, str)  # QueryId, letter of a reply to compare with
    rewritten = Signal(object, str, str)  # QueryId, letter, the user's text for the reply
    copied = Signal(object, str, int)  # QueryId, letter, version to go on with in a copy
    taken_back = Signal(object)  # QueryId of a ranking that is not to count
    ranking = Signal()  # all replies of the last round are to be shown and ranked
    typed = Signal()  # a change of a query or a reply was begun, or is another one now

    def __init__(self, round_view: RoundView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conversation")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Conversation"))
        self.round_view = round_view
        self.begun = BegunEdits()
        self.past_rounds = PastRounds(self, self.begun)
        self.bubble: QueryBubble | None = None  # of the current round
        self._down = QTimer(self, singleShot=True, interval=0)
        self._down.timeout.connect(self._scroll_down)
        self._writing = self._temporary = False
        self._learning = True
        self.empty = self._make_empty()
        flow = QWidget()
        flow.setObjectName("flow")
        self._column = QVBoxLayout(flow)
        self._column.setContentsMargins(SIDE, 16, SIDE, 4)
        self._column.setSpacing(14)
        self._column.addWidget(self.empty, 1)
        self._column.addWidget(self.past_rounds)
        self._column.addWidget(round_view)
        self._column.addStretch(0)
        self.setWidget(flow)
        edits = ("edited", "versioned", "again", "rewritten", "copied", "taken_back")
        for name in (*edits, "chosen", "kept", "unlearned", "ranking", "typed"):
            getattr(self.past_rounds, name).connect(getattr(self, name))
        self.show_rounds((), None)

    @property
    def past(self) -> tuple[PastRound, ...]:
        """The past rounds that exist as widgets, from the top."""
        return self.past_rounds.made()

    def show_rounds(self, past: Sequence[Round], current: Round | None) -> None:
        """Show folded rounds, and the query of the current one above its cards."""
        self.past_rounds.show_rounds(past)
        self.show_query(current)
        self.round_view.setVisible(current is not None and bool(current.candidates))
        self.empty.setVisible(not past and current is None)

    def show_temporary(self, temporary: bool) -> None:
        """Promise nothing that does not hold where nothing is kept."""
        self._temporary = temporary
        self._say_welcome()

    def show_learning(self, on: bool) -> None:
        """Promise no learning while it is off."""
        self._learning = on
        self._say_welcome()

    def _say_welcome(self) -> None:
        learned = WELCOME if self._learning else LEARNING_OFF
        self.welcome.setText(tr(NOT_LEARNED if self._temporary else learned))

    def fold(self, round_: Round) -> None:
        """Turn the current round into a past one."""
        self.note_begun()
        self.past_rounds.add(round_)
        self.show_query(None)
        self.round_view.hide()
        self.to_end()

    def update_past(self, round_: Round) -> None:
        """Take over what became of a folded round."""
        if self.past_rounds.update_round(round_):
            self._down.stop()  # it is read from its beginning

    def note_begun(self) -> None:
        """Remember what is being typed into queries and replies."""
        self.past_rounds.note_begun()
        if self.bubble is not None:
            self.begun.note(self.bubble.round, self.bubble.begun)

    def show_query(self, round_: Round | None) -> None:
        """Show the query of the current round."""
        if self.bubble is not None:
            self.begun.note(self.bubble.round, self.bubble.begun)
            self._column.removeWidget(self.bubble)
            self.bubble.hide()
            self.bubble.deleteLater()
            self.bubble = None
        if round_ is not None:
            self.bubble = QueryBubble(round_)
            self.bubble.set_writing(self._writing)
            self.bubble.edited.connect(self.edited)
            self.bubble.versioned.connect(self.versioned)
            self.bubble.again.connect(self.again)
            self.bubble.reshaped.connect(self._fit)
            self.bubble.typed.connect(self.typed)
            self.bubble.opened.connect(partial(bring_into_view, self, self.bubble))
            self.bubble.take_up(self.begun.query(round_))
            self._column.insertWidget(2, self.bubble)
            self.bubble.show()  # now, and not when the layout comes to it
            self.empty.hide()
        self._fit()
        self.to_end()

    def begin_round(self, round_: Round) -> None:
        """A query is asked: what it is another version of, and all behind that, goes."""
        versions = set(round_.versions)
        past = self.past_rounds.rounds()
        same = [at for at, one in enumerate(past) if one.query_id in versions]
        if same:
            self.past_rounds.show_rounds(past[: same[0]])
        self.round_view.hide()
        self.show_query(round_)
        self.begun.asked(round_)
        self.typed.emit()

    def take_query_back(self) -> None:
        """A query that was shown could not be stored: there is nothing to reply to."""
        self.show_query(None)
        self.empty.setVisible(not self.past_rounds.rounds())

    def set_writing(self, writing: bool) -> None:
        """While replies are written, no query can be edited or asked again.

        What is offered for the query makes the page longer; who was at its end stays there.
        """
        at_end = self._down.isActive() or self._at_end()
        self._writing = writing
        self.past_rounds.set_writing(writing)
        if self.bubble is not None:
            self.bubble.set_writing(writing)
            self._fit()
            if at_end:
                self.to_end()

    def last_bubble(self) -> QueryBubble | None:
        """The query asked last, if it can be seen."""
        return self.bubble or (self.past[-1].bubble if self.past else None)

    def jump(self, query_id: QueryId) -> None:
        """Go to the round of a query."""
        if self.past_rounds.jump(query_id):
            self._down.stop()
        else:
            self.to_end()

    def show_cards(self, round_: Round) -> None:
        """Show the cards of the current round, and what they draw on."""
        if self.bubble is not None:
            self.bubble.drawn_on.show_round(round_)
        self.round_view.show()
        self._fit()
        self.to_end()

    def to_end(self) -> None:
        """Scroll to the end once the layout has settled."""
        self._down.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current round as high as what is seen."""
        super().resizeEvent(event)
        side = free_side(self, WIDEST, SIDE)
        self._column.setContentsMargins(side, 16, side, 4)
        self._fit()

    def _at_end(self) -> bool:
        return self.verticalScrollBar().value() >= self.verticalScrollBar().maximum()

    def _scroll_down(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def _fit(self) -> None:
        """The cards take what the query leaves of the visible height."""
        column = self._column.contentsMargins()
        wide = max(1, self.viewport().width() - column.left() - column.right())
        bubble = self.bubble.heightForWidth(wide) + 14 if self.bubble else 0
        least = round(_LEAST_ROUND * min(_MOST_SCALE, text_scale(self)))
        self.round_view.setFixedHeight(max(least, self.viewport().height() - bubble - 22))

    def _make_empty(self) -> QWidget:
        """One line of welcome and three example queries."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(12)
        column.addStretch(1)
        self.welcome = label(tr(WELCOME), "welcome", wrap=True)
        self.welcome.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.welcome)
        column.addSpacing(8)
        for text in map(tr, EXAMPLES):
            example = WrappedButton(text, partial(self.example.emit, text))
            column.addWidget(example, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page
