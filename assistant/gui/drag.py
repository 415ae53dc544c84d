"""Dragging a card: the head it is taken by, and the zone that means "all bad".

Contract: a drag carries the letter of a card under LETTER_TYPE and nothing else; it changes no
order by itself, whoever takes the drop tells the CandidateModel.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from assistant.gui.controls import label, restyle
from assistant.gui.language import tr

LETTER_TYPE = "application/x-attune-letter"
DRAG_DISTANCE = 8  # pixels before a press becomes a drag, so that a click stays a click
PICTURE_SHARE = 0.6  # size of the card under the pointer, of the card itself
PICTURE_OPACITY = 0.92
PICTURE_HEIGHT = 300  # pixels of the card that are carried
RADIUS = 8


def letter_of(data: QMimeData) -> str:
    """The letter of the card that is dragged; "" if something else is."""
    return bytes(data.data(LETTER_TYPE).data()).decode()


class DragHead(QWidget):
    """The head of a card, to take it by; `lifted` says when its card goes up and when it is down.

    `rank` is shown at its end.
    """

    lifted = Signal(bool)

    def __init__(self, letter: str, rank: QLabel) -> None:
        super().__init__()
        self.letter = letter
        self._pressed: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(tr("Drag reply {letter}", letter=letter))
        self.setToolTip(tr("Drag to rank: between cards for an order, onto a card for a tie"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 12, 8)
        row.addWidget(label("⋮⋮", "handle"))
        row.addWidget(label(letter, "letter"))
        row.addStretch(1)
        row.addWidget(rank)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the press was."""
        if event.button() is Qt.MouseButton.LeftButton:
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
        at, self._pressed = self._pressed, None
        self._drag(self.mapToParent(at))

    def _drag(self, at: QPoint) -> None:
        """Carry a picture of the card until it is dropped or Escape is pressed."""
        data = QMimeData()
        data.setData(LETTER_TYPE, self.letter.encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        card = self.parentWidget()
        if card is not None:
            drag.setPixmap(_picture_of(card))
            drag.setHotSpot(at * PICTURE_SHARE)  # it hangs by where it was taken
        self.lifted.emit(True)
        try:
            drag.exec(Qt.DropAction.MoveAction)
        finally:
            self.lifted.emit(False)


class AllBadZone(QFrame):
    """Takes the place of the buttons while a card is dragged; a drop here rejects all replies."""

    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("allBad")
        self.setAcceptDrops(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(label(tr("Drop here if all are bad")), 1, Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Any card may be put here."""
        if letter_of(event.mimeData()):
            restyle(self, "dropping", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The card went on."""
        restyle(self, "dropping", False)

    def dropEvent(self, event: QDropEvent) -> None:
        """None of the replies is wanted."""
        restyle(self, "dropping", False)
        event.acceptProposedAction()
        self.dropped.emit()


def _picture_of(card: QWidget) -> QPixmap:
    """The head of the card as it hangs at the pointer: smaller, framed, a little seen through."""
    whole = card.grab(QRect(0, 0, card.width(), min(card.height(), PICTURE_HEIGHT)))
    small = whole.scaledToWidth(
        round(whole.width() * PICTURE_SHARE), Qt.TransformationMode.SmoothTransformation
    )
    picture = QPixmap(small.size())
    picture.setDevicePixelRatio(small.devicePixelRatio())
    picture.fill(Qt.GlobalColor.transparent)
    frame = QRectF(0, 0, picture.deviceIndependentSize().width(), 0)
    frame.setHeight(picture.deviceIndependentSize().height())
    shape = QPainterPath()
    shape.addRoundedRect(frame.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(PICTURE_OPACITY)
    painter.setClipPath(shape)
    painter.drawPixmap(0, 0, small)
    painter.setClipping(False)
    painter.setPen(QPen(card.palette().highlight().color(), 2))
    painter.drawPath(shape)
    painter.end()
    return picture
