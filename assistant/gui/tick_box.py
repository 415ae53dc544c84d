"""Boxes to tick in the look of the window: the tick is painted on what the style sheet fills."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

TICK = ((0.24, 0.52), (0.43, 0.71), (0.78, 0.30))  # its corners, in parts of the box
STROKE = 0.13  # of the box: how thick it is


class TickBox(QCheckBox):
    """The style sheet can only take a tick from a file, and that would be of one colour."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, then its tick."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        box = QRectF(self.style().subElementRect(part, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self.palette().color(QPalette.ColorRole.HighlightedText)
        painter.setPen(QPen(ink, max(1.5, STROKE * box.width())))
        painter.drawPolyline(
            [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in TICK]
        )
        painter.end()
