"""The program's icon, painted: three replies in an order, so that no picture file is needed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from assistant.gui.theme import LIGHT

SIZES = (16, 22, 32, 48, 64, 128, 256)
CORNER = 0.22  # of the side
LINES = ((0.26, 0.62, 1.0), (0.46, 0.46, 0.8), (0.66, 0.30, 0.6))  # top, width, opacity
LEFT, THICK = 0.19, 0.12  # of the side


def app_icon() -> QIcon:
    """In every size that desktops ask for."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_painted(size))
    return icon


def _painted(size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.accent))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * CORNER, size * CORNER)
    painter.setBrush(QColor(LIGHT.on_accent))
    for top, width, opacity in LINES:
        painter.setOpacity(opacity)
        bar = QRectF(size * LEFT, size * top, size * width, size * THICK)
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
    painter.end()
    return pixmap
