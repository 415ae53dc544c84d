"""One candidate of the current round: handle, letter and rank, text, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assistant.domain.model import Candidate, Finish
from assistant.gui.controls import button, label, restyle, rule
from assistant.gui.markdown import ReplyBrowser

LETTER_TYPE = "application/x-attune-letter"
DRAG_DISTANCE = 8  # pixels before a press becomes a drag, so that a click stays a click
MINIMUM_WIDTH = 200

_FINISHES = {
    Finish.LENGTH: "cut at the limit",
    Finish.STOPPED: "stopped",
    Finish.INTERRUPTED: "interrupted",
}


class DragHandle(QLabel):
    """The place to take a card by."""

    def __init__(self, letter: str) -> None:
        super().__init__("⋮⋮")
        self.setObjectName("handle")
        self.letter = letter
        self._pressed: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(f"Drag reply {letter}")
        self.setToolTip("Drag to rank: between cards for an order, onto a card for a tie")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the press was."""
        self._pressed = event.position().toPoint()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """It was only a click."""
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag once the press has moved far enough."""
        if self._pressed is None:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() < DRAG_DISTANCE:
            return
        self._pressed = None
        data = QMimeData()
        data.setData(LETTER_TYPE, self.letter.encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        card = self.parentWidget()
        if card is not None:
            picture = card.grab()
            drag.setPixmap(picture.scaledToWidth(max(80, picture.width() // 2)))
        drag.exec(Qt.DropAction.MoveAction)


class Card(QFrame):
    """Tells what the user does to this candidate; knows nothing of the others."""

    best = Signal(str)
    stop = Signal(str)
    dropped = Signal(str, str, int)  # which letter, onto which, before (-1), on (0), behind (1)

    def __init__(self, candidate: Candidate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter = candidate.letter
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMinimumWidth(MINIMUM_WIDTH)
        self._waiting = ""
        self._rank_text = ""
        self.handle = DragHandle(self.letter)
        self.rank = label("waiting…", "note")
        self.body = ReplyBrowser()
        self.body.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.best_button = button(
            "Best", lambda: self.best.emit(self.letter), name=f"Reply {self.letter} is best"
        )
        self.copy_button = button("Copy", self._copy, name=f"Copy reply {self.letter}")
        self.stop_button = button(
            "Stop", lambda: self.stop.emit(self.letter), name=f"Stop reply {self.letter}"
        )
        self.tokens = label("", "note")
        self._lay_out()
        self.show_candidate(candidate)

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
        note = _FINISHES.get(finish)
        count = f"{tokens} tokens"
        self.tokens.setText(f"{count}, {note}" if note else count)

    def show_rank(self, text: str, *, best: bool) -> None:
        """Show the place in the user's order."""
        self._rank_text = text
        restyle(self, "best", best)
        restyle(self.best_button, "primary", best)
        self.best_button.setText("Best ✓" if best else "Best")
        self._show_state()

    def _set_writing(self, writing: bool) -> None:
        self.stop_button.setVisible(writing)
        self.copy_button.setVisible(not writing)
        self._show_state()

    def _show_state(self) -> None:
        """The rank if there is one, else whether it is being written."""
        writing = not self.stop_button.isHidden()
        self.rank.setText(self._rank_text or ("writing…" if writing else ""))
        self.rank.setObjectName("rank" if self._rank_text else "note")
        self.rank.style().polish(self.rank)
        state = self._rank_text or ("being written" if writing else "not ranked")
        self.setAccessibleName(f"Reply {self.letter}, {state}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.body.text())

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(8, 8, 12, 8)
        for part in (self.handle, label(self.letter, "letter")):
            header.addWidget(part)
        header.addStretch(1)
        header.addWidget(self.rank)
        footer = QHBoxLayout()
        footer.setContentsMargins(8, 8, 12, 8)
        footer.setSpacing(6)
        for control in (self.best_button, self.copy_button, self.stop_button):
            footer.addWidget(control)
        footer.addStretch(1)
        footer.addWidget(self.tokens)
        text = QVBoxLayout()
        text.setContentsMargins(12, 8, 4, 4)
        text.addWidget(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(rule())
        column.addLayout(text, 1)
        column.addWidget(rule())
        column.addLayout(footer)
        self.body.viewport().setAcceptDrops(False)
        self.body.setAcceptDrops(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept other cards."""
        if event.mimeData().hasFormat(LETTER_TYPE):
            restyle(self, "dropping", True)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show whether the drop means a tie."""
        restyle(self, "dropping", self._side(event.position().x()) == 0)
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The card went on."""
        restyle(self, "dropping", False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Near an edge it goes before or behind this one, else it is tied with it."""
        restyle(self, "dropping", False)
        letter = bytes(event.mimeData().data(LETTER_TYPE).data()).decode()
        event.acceptProposedAction()
        self.dropped.emit(letter, self.letter, self._side(event.position().x()))

    def _side(self, x: float) -> int:
        """-1 in the left quarter, 1 in the right, 0 between."""
        quarter = self.width() / 4
        return -1 if x < quarter else 1 if x > 3 * quarter else 0
