"""Fields for numbers in the look of the window: rounded, with two small arrows of its own ink."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QStyle,
    QStyleOptionSpinBox,
)

ARROW = 0.22  # of the height of a line: half the width of an arrow
INSET = 9  # pixels in front of the text
STROKE = 0.1  # of the same: how thick it is


class NumberField(QDoubleSpinBox):
    """A number with so many decimals; the wheel changes it only where the user is writing."""

    def __init__(self, decimals: int) -> None:
        super().__init__()
        self.setDecimals(decimals)
        # The text begins where that of other fields does, which no style sheet can say here.
        self.lineEdit().setTextMargins(INSET, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then its arrows."""
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        _paint_arrows(self, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nobody means it while scrolling by."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


def _paint_arrows(field: QAbstractSpinBox, option: QStyleOptionSpinBox) -> None:
    """The style sheet can only take arrows from files, and those would be of one colour."""
    place, can = QStyle.SubControl, QAbstractSpinBox.StepEnabledFlag
    painter = QPainter(field)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for part, step, up in (
        (place.SC_SpinBoxUp, can.StepUpEnabled, True),
        (place.SC_SpinBoxDown, can.StepDownEnabled, False),
    ):
        inside = field.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, field)
        enabled = field.isEnabled() and bool(option.stepEnabled & step)
        ink = QPalette.ColorRole.PlaceholderText if enabled else QPalette.ColorRole.Midlight
        _paint_arrow(painter, QRectF(inside), field.palette().color(ink), up=up)
    painter.end()


def _paint_arrow(painter: QPainter, inside: QRectF, ink: QColor, *, up: bool) -> None:
    line = painter.fontMetrics().height()
    half, middle = ARROW * line, inside.center()
    tip = -half / 2 if up else half / 2
    painter.setPen(QPen(ink, STROKE * line))
    points = (QPointF(-half, -tip), QPointF(0, tip), QPointF(half, -tip))
    painter.drawPolyline([middle + point for point in points])
