"""The cards side by side, and where a dragged one would land.

Contract: a drop near a card's edge, or in the gap beside it, means before or behind it, one on its
middle a tie; `dropped` says so once, and nothing here changes the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout, QWidget

from assistant.gui.card import Card
from assistant.gui.controls import label, restyle
from assistant.gui.drag import letter_of
from assistant.gui.language import tr

GAP = 12
MARK_WIDTH = 4
EDGE = 0.25  # share of a card's width, at either side, that means beside it and not a tie
LIFTED_OPACITY = 0.45


class CardRow(QWidget):
    """Shows cards in an order given, takes drops, and marks where they would go."""

    dropped = Signal(str, str, int)  # which letter, onto which, before (-1), on (0), behind (1)
    dragging = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._cards: list[Card] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self.mark = QFrame(self)
        self.mark.setObjectName("dropMark")
        self.mark.hide()
        self.word = label(tr("Tie"), "dropWord")
        self.word.setParent(self)
        self.word.hide()

    def add(self, card: Card) -> None:
        """A new card at the end."""
        card.head.lifted.connect(lambda up: self._lift(card, up))
        self._cards.append(card)
        self._row.addWidget(card, 1)

    def clear(self) -> None:
        """Take all cards away."""
        self._mark(None, 0)
        for card in self._cards:
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []

    def arrange(self, cards: Sequence[Card], only: int | None) -> None:
        """Show the cards in this order, or only one of them."""
        for at, card in enumerate(cards):
            if self._row.indexOf(card) != at:
                self._row.removeWidget(card)
                self._row.insertWidget(at, card, 1)
            card.setVisible(only is None or at == only)
        if self._cards != list(cards):
            self._cards = list(cards)
            stops = [stop for card in cards for stop in card.tab_stops()]
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take cards and nothing else."""
        if letter_of(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Mark where the card would go."""
        target, side = self._aim(event.position().toPoint())
        moving = letter_of(event.mimeData())
        self._mark(None if target is None or target.letter == moving else target, side)
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The card went on."""
        self._mark(None, 0)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say where it was put."""
        self._mark(None, 0)
        target, side = self._aim(event.position().toPoint())
        event.acceptProposedAction()
        if target is not None:
            self.dropped.emit(letter_of(event.mimeData()), target.letter, side)

    def _aim(self, at: QPoint) -> tuple[Card | None, int]:
        """The card meant by a place, and which side of it."""
        shown = [card for card in self._cards if card.isVisible()]
        if not shown:
            return None, 0
        card = min(shown, key=lambda one: abs(one.geometry().center().x() - at.x()))
        edge = card.width() * EDGE
        if at.x() < card.x() + edge:
            return card, -1
        return card, 1 if at.x() > card.x() + card.width() - edge else 0

    def _lift(self, card: Card, up: bool) -> None:
        """While a card is carried, its place is shown as empty."""
        restyle(card, "lifted", up)
        effect = QGraphicsOpacityEffect(card) if up else None
        if effect is not None:
            effect.setOpacity(LIFTED_OPACITY)
        card.setGraphicsEffect(effect)  # type: ignore[arg-type]  # None takes it off again
        self.dragging.emit(up)
        if not up:
            self._mark(None, 0)

    def _mark(self, target: Card | None, side: int) -> None:
        """A bar between cards for an order, a frame around the card for a tie."""
        for card in self._cards:
            restyle(card, "dropping", card is target and side == 0)
        tie = target is not None and side == 0
        self.word.setVisible(tie)
        self.mark.setVisible(target is not None and not tie)
        if target is None:
            return
        place = target.geometry()
        if tie:
            self.word.adjustSize()
            inside = QRect(QPoint(), self.word.sizeHint())
            inside.moveCenter(QPoint(place.center().x(), place.top() + 20))
            self.word.setGeometry(inside)
            self.word.raise_()
            return
        middle = place.left() - GAP // 2 if side < 0 else place.right() + 1 + GAP // 2
        left = max(0, min(middle - MARK_WIDTH // 2, self.width() - MARK_WIDTH))
        self.mark.setGeometry(left, place.top() + 4, MARK_WIDTH, place.height() - 8)
        self.mark.raise_()
