"""A small line with its band of uncertainty, painted in the colours of the window.

Self-painted: a plotting library would bring numpy into the window's process and a start of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.gui.language import trn

BAND_OPACITY = 0.18
DOT = 2.5  # radius of the last point, in pixels
ROOM = 0.08  # of the range, above and below what is shown
LOWEST_SHARE = 0.4  # shares are shown from here on, so that chance (one half) is always seen
LEAST_RANGE = 0.2  # a line that hardly moves is not blown up to look as if it did


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A value with its interval at one place."""

    at: float
    value: float
    low: float
    high: float


class Chart(QWidget):
    """Shows one course, and if there is one, a dashed line to compare it with."""

    def __init__(self, height: int, *, ticks: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height, self._ticks = height, ticks
        self._points: tuple[ChartPoint, ...] = ()
        self._beside: tuple[tuple[float, float], ...] = ()
        self._unit, self._scale = "", 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_course(
        self,
        points: Sequence[ChartPoint],
        beside: Sequence[tuple[float, float]],
        said: str,
        *,
        unit: str = "",
        scale: float = 1.0,
    ) -> None:
        """Show this; `said` tells the same to who cannot see it. Ticks are `scale` times values."""
        self._points, self._beside = tuple(points), tuple(beside)
        self._unit, self._scale = unit, scale
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setVisible(len(self._points) > 1)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Band, comparison, line, the last point; then the ticks."""
        if len(self._points) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = QGuiApplication.palette()  # a styled widget's own has no muted ink
        accent = palette.color(QPalette.ColorRole.Link)
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        upper = [self._place(p.at, p.high) for p in self._points]
        lower = [self._place(p.at, p.low) for p in reversed(self._points)]
        band = QColor(accent)
        band.setAlphaF(BAND_OPACITY)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(band)
        painter.drawPolygon(QPolygonF([*upper, *lower]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._beside:
            painter.setPen(QPen(muted, 1, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF([self._place(x, y) for x, y in self._beside]))
        line = [self._place(p.at, p.value) for p in self._points]
        painter.setPen(QPen(accent, 2))
        painter.drawPolyline(QPolygonF(line))
        painter.setBrush(accent)
        painter.drawEllipse(line[-1], DOT, DOT)
        if self._ticks:
            self._draw_ticks(painter, muted)
        painter.end()

    def _draw_ticks(self, painter: QPainter, colour: QColor) -> None:
        """The values at the top and the bottom, the places at both ends."""
        painter.setPen(colour)
        high_line = self.fontMetrics().height()
        low, high = self._range()
        area = self._area()
        for value in (low, (low + high) / 2, high):
            text = f"{self._scale * value:.0f}{self._unit}"
            y = self._place(self._points[0].at, value).y()
            box = QRectF(0, y - high_line / 2, area.left() - 6, high_line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        below = QRectF(area.left(), area.bottom() + 2, area.width(), high_line)
        first, last = (round(self._points[end].at) for end in (0, -1))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, str(first))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, trn("%n ranking", "%n rankings", last))

    def _area(self) -> QRectF:
        """Where the line goes."""
        whole = QRectF(self.rect()).adjusted(4, 4, -6, -4)
        if not self._ticks:
            return whole
        width = self.fontMetrics().horizontalAdvance(f"100{self._unit}") + 10
        line = self.fontMetrics().height()
        return whole.adjusted(width, line / 2, 0, -line)

    def _range(self) -> tuple[float, float]:
        """The lowest and the highest value that must be seen, with a little room."""
        values = [v for p in self._points for v in (p.low, p.high)] + [y for _, y in self._beside]
        low, high = min(values), max(values)
        if self._ticks:
            return min(LOWEST_SHARE, low), 1.0
        room = max(0.0, LEAST_RANGE - (high - low)) / 2 + ROOM * (high - low)
        return low - room, high + room

    def _place(self, at: float, value: float) -> QPointF:
        """Where a value at a place is painted."""
        area, (low, high) = self._area(), self._range()
        first, last = self._points[0].at, self._points[-1].at
        across = (at - first) / ((last - first) or 1.0)
        up = (value - low) / ((high - low) or 1.0)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())
