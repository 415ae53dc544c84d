"""One candidate of the current round: a head with letter and rank, text, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assistant.domain.model import Candidate, Finish
from assistant.gui.controls import ElidedLabel, announce, button, label, restyle, rule
from assistant.gui.drag import DragHead
from assistant.gui.keyboard import is_text, scrolled
from assistant.gui.language import marked, tr, trn
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.reply_browser import COPIED_MILLISECONDS, ReplyBrowser

MINIMUM_WIDTH = 200
EDGE = 2  # pixels of its frame at its widest
BESIDE_BAR = 6  # pixels between the text and its scroll bar, so that neither edge is touched

_FINISHES = {
    Finish.LENGTH: marked("Cut off at the limit."),
    Finish.STOPPED: marked("Stopped."),
    Finish.INTERRUPTED: marked("Interrupted."),
}


class Card(QFrame):
    """Tells what the user does to this candidate; knows nothing of the others."""

    best = Signal(str)
    stop = Signal(str)
    keep = Signal(str)  # it was cut off: the user wants more of it
    more = Signal(str)  # the user wants to see what else can be done with it
    typed = Signal(str)  # keys that mean nothing here

    def __init__(
        self, candidate: Candidate, parent: QWidget | None = None, *, only_ranking: bool = False
    ) -> None:
        super().__init__(parent)
        self._only_ranking = only_ranking
        self.letter = candidate.letter
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(MINIMUM_WIDTH)
        self._waiting = ""
        self._rank_text = ""
        self.rank = label(tr("waiting…"), "note")
        self.head = DragHead(self.letter, self.rank)
        self.body = ReplyBrowser()
        self.best_button = self._button(tr("Best"), self.best, tr("Reply {letter} is best"))
        self.copy_button = button(
            tr("Copy"), self.copy, name=tr("Copy reply {letter}", letter=self.letter)
        )
        self.stop_button = self._button(tr("Stop"), self.stop, tr("Stop reply {letter}"))
        self.more_button = self._button("⋯", self.more, tr("More about reply {letter}"), "quiet")
        self.ending = ElidedLabel("note")
        self.keep_button = self._button(
            tr("Keep writing"), self.keep, tr("Keep writing reply {letter}"), "quiet small"
        )
        self.tokens = ElidedLabel("note", cut=False)
        self.tokens.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()
        self.show_candidate(candidate)

    def _button(self, text: str, does: SignalInstance, aloud: str, kind: str = "") -> QPushButton:
        """A button that tells this letter; `aloud` has a place for it."""
        name = aloud.format(letter=self.letter)
        return button(text, lambda: does.emit(self.letter), kind=kind, name=name)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in this order."""
        footer = (self.best_button, self.copy_button, self.stop_button, self.more_button)
        return (self, self.body, self.keep_button, *footer)

    def show_candidate(self, candidate: Candidate) -> None:
        """Show a candidate as stored."""
        self._waiting = ""
        if candidate.finish is Finish.WRITING:
            self.body.show_plain(candidate.text)
            self._set_writing(True)
        else:
            self.body.show_markdown(candidate.text)
            self.finish(candidate.finish, candidate.tokens)

    def take_text(self, text: str) -> None:
        """Keep more text until the next `flush`."""
        self._waiting += text

    def flush(self) -> bool:
        """Show the text kept; whether there was any."""
        text, self._waiting = self._waiting, ""
        if text:
            self.body.append_text(text)
        return bool(text)

    def finish(self, finish: Finish, tokens: int) -> None:
        """The reply is whole (or stopped): show its Markdown."""
        self.flush()
        self.body.show_markdown(self.body.text())
        self._set_writing(False)
        self.ending.show_text(tr(_FINISHES[finish]) if finish in _FINISHES else "")
        self._cut.setVisible(finish.cut_off and not self._only_ranking)
        self.tokens.show_text(trn("%n token", "%n tokens", tokens))

    def show_rank(self, text: str, *, best: bool) -> None:
        """Show the place in the user's order."""
        self._rank_text = text
        restyle(self, "best", best)
        restyle(self.best_button, "primary", best)
        self._fit_footer()
        self._show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow card has no room for the tick."""
        super().resizeEvent(event)
        self._fit_footer()

    def _fit_footer(self) -> None:
        """Ticked where it is best, unless another button would need a line of its own for that."""
        best = bool(self.best_button.property("primary"))
        self.best_button.setText(tr("Best ✓") if best else tr("Best"))
        beside = self._footer.contentsMargins()
        room = self.width() - 2 * EDGE - beside.left() - beside.right()
        if best and self._buttons.sizeHint().width() > room:
            self.best_button.setText(tr("Best"))

    def _set_writing(self, writing: bool) -> None:
        self.stop_button.setVisible(writing)
        self.copy_button.setVisible(not writing)
        self.more_button.setVisible(not writing and not self._only_ranking)
        if writing:
            self._cut.hide()
        self._show_state()

    def _show_state(self) -> None:
        """The rank if there is one, else whether it is being written."""
        writing = not self.stop_button.isHidden()
        self.rank.setText(self._rank_text or (tr("writing…") if writing else ""))
        self.rank.setObjectName("rank" if self._rank_text else "note")
        self.rank.style().polish(self.rank)
        state = self._rank_text or (tr("being written") if writing else tr("not ranked"))
        self.setAccessibleName(tr("Reply {letter}, {state}", letter=self.letter, state=state))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and pages scroll the card's text; a letter begins the next message."""
        if scrolled(self.body.verticalScrollBar(), event):
            return
        if is_text(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The whole reply as it was written, and a word that it was done."""
        QGuiApplication.clipboard().setText(self.body.text())
        self.copy_button.setText(tr("Copied"))
        announce(self, tr("Reply {letter} copied", letter=self.letter))
        QTimer.singleShot(COPIED_MILLISECONDS, self, lambda: self.copy_button.setText(tr("Copy")))

    def _lay_out(self) -> None:
        self._footer = footer = QHBoxLayout()
        footer.setContentsMargins(8, 8, 12, 8)
        footer.setSpacing(6)
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons)
        for control in (self.best_button, self.copy_button, self.stop_button, self.more_button):
            flow.addWidget(control)
        footer.addWidget(self._buttons)
        footer.addWidget(self.tokens, 1)
        text = QVBoxLayout()
        text.setContentsMargins(12, 8, 4, 4)
        self.body.setViewportMargins(0, 0, BESIDE_BAR, 0)
        text.addWidget(self.body)
        self._cut = QWidget()
        line = QHBoxLayout(self._cut)
        line.setContentsMargins(0, 0, 8, 0)
        line.addWidget(self.ending, 1)
        line.addWidget(self.keep_button)
        text.addWidget(self._cut)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(rule())
        column.addLayout(text, 1)
        column.addWidget(rule())
        column.addLayout(footer)
        self.body.viewport().setAcceptDrops(False)
        self.body.setAcceptDrops(False)
