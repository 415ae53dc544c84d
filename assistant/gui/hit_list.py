"""Where a text was found: the conversation's title, and an excerpt with the words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QApplication,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assistant.domain.model import Hit
from assistant.gui.conversation_list import paint_ground
from assistant.gui.language import tr
from assistant.gui.row_list import RowList

Index = QModelIndex | QPersistentModelIndex

HIT = Qt.ItemDataRole.UserRole
EXCERPT_LINES = 2
PADDING = 7
LEAD = 30  # characters before the first word found
_MARKDOWN = re.compile(r"[*|`#]+|(?:^|(?<=\s))-{2,}")
_MARKED = re.compile(f"{Hit.START}([^{Hit.END}]*){Hit.END}")


def plain_excerpt(excerpt: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """An excerpt on one line without its marks, and where the marked words are (start, length).

    Signs of Markdown go, and so does what would push the first word found out of sight.
    """
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    at = length = 0
    line = re.sub(r"[^\S\x02\x03]+", " ", _MARKDOWN.sub("", excerpt)).strip()
    first = line.find(Hit.START)
    if first > LEAD:
        line = "…" + line[line.rfind(" ", 0, first - LEAD // 2) + 1 :]
    for found in _MARKED.finditer(line):
        before = line[at : found.start()]
        parts += [before, found[1]]
        places.append((length + len(before), len(found[1])))
        length += len(before) + len(found[1])
        at = found.end()
    parts.append(line[at:])
    return "".join(parts), tuple(places)


class HitRows(QAbstractListModel):
    """The places found, the best first."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[Hit, ...] = ()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Hold these from now on."""
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row for each place."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The place, and what a screen reader says of it."""
        if not 0 <= index.row() < len(self._hits):
            return None
        hit = self._hits[index.row()]
        excerpt, _places = plain_excerpt(hit.excerpt)
        if role == HIT:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return excerpt
        if role == Qt.ItemDataRole.AccessibleTextRole:
            where = "title" if hit.query_id is None else "text"
            return f"{hit.conversation.title}, {where}: {excerpt}"
        return hit.conversation.title if role == Qt.ItemDataRole.ToolTipRole else None


class HitPainter(QStyledItemDelegate):
    """A title over two lines of excerpt, the words found in the accent's colour."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are equally high."""
        lines = 1 + EXCERPT_LINES
        return QSize(0, lines * option.fontMetrics.lineSpacing() + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row's ground as the style says, then the two texts."""
        paint_ground(painter, option)
        hit = index.data(HIT)
        place = QRectF(option.rect.adjusted(PADDING + 1, PADDING, -PADDING - 1, -PADDING))
        palette: QPalette = option.palette
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter.save()
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        text, marked = plain_excerpt(hit.excerpt)
        if hit.query_id is None:
            _draw(painter, text, bold, place, _formats(marked, accent), 1 + EXCERPT_LINES)
        else:
            title = QFontMetrics(bold).elidedText(
                hit.conversation.title, Qt.TextElideMode.ElideRight, round(place.width())
            )
            _draw(painter, title, bold, place, [], 1)
            place.setTop(place.top() + option.fontMetrics.lineSpacing())
            painter.setPen(QApplication.palette().color(QPalette.ColorRole.PlaceholderText))
            _draw(painter, text, option.font, place, _formats(marked, accent), EXCERPT_LINES)
        painter.restore()


def _formats(marked: Sequence[tuple[int, int]], accent: QColor) -> list[QTextLayout.FormatRange]:
    """The words found stand out by colour and weight."""
    look = QTextCharFormat()
    look.setForeground(accent)
    look.setFontWeight(QFont.Weight.DemiBold)
    ranges = []
    for start, length in marked:
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = start, length, look
        ranges.append(one)
    return ranges


def _draw(
    painter: QPainter,
    text: str,
    font: QFont,
    place: QRectF,
    formats: list[QTextLayout.FormatRange],
    lines: int,
) -> None:
    """A text on at most so many lines."""
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.setFormats(formats)
    layout.beginLayout()
    height = 0.0
    for _ in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(place.width())
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    layout.draw(painter, place.topLeft())


class HitList(RowList):
    """The places found; Enter or a click goes there."""

    chosen = Signal(object)  # Hit

    def __init__(self, parent: QWidget | None = None) -> None:
        rows = HitRows()
        super().__init__(rows, HitPainter(), tr("Places found"), parent)
        self.rows = rows

    def open_row(self, index: QModelIndex) -> None:
        """Say where to go."""
        hit = index.data(HIT)
        if hit is not None:
            self.chosen.emit(hit)
