"""The list of conversations at the left: opened, renamed, deleted and marked from the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assistant.domain.model import ConversationId
from assistant.gui.actions import Where, bind
from assistant.gui.conversation_rows import ROW, ConversationRows, Heading, Row
from assistant.gui.language import tr
from assistant.gui.row_list import RowList

ROW_PADDING = 14  # above and below a title together, so that a finger can hit it
INSET = 8
SMALLER = 0.86  # of the size of text, for headings


class RowPainter(QStyledItemDelegate):
    """Paints headings in small muted letters, and titles as the style sheet says."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All rows are equally high, so that none has to be measured."""
        return QSize(0, option.fontMetrics.height() + ROW_PADDING)

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The whole row: with the padding of the style sheet a title would be cut."""
        editor.setGeometry(option.rect)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """A heading, or whatever the style makes of a title."""
        row = index.data(ROW)
        if not isinstance(row, Heading):
            super().paint(painter, option, index)
            return
        if row.folder:  # so that it shows when it is hovered or chosen
            paint_ground(painter, option)
        _paint_heading(painter, option, row)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The row's ground as the style sheet says, without its text."""
    style = option.widget.style() if option.widget is not None else QApplication.style()
    panel = style.PrimitiveElement.PE_PanelItemViewItem
    style.drawPrimitive(panel, option, painter, option.widget)


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, row: Heading) -> None:
    """The heading's words, with an arrow where it opens and closes."""
    painter.save()
    font = option.font
    if font.pixelSize() > 0:
        font.setPixelSize(round(font.pixelSize() * SMALLER))
    painter.setFont(font)
    chosen = row.folder and bool(option.state & option.state.State_Selected)
    role = QPalette.ColorRole.Text if chosen else QPalette.ColorRole.PlaceholderText
    painter.setPen(QApplication.palette().color(role))  # the style sheet's own is half clear
    place: QRect = option.rect.adjusted(INSET, 0, -INSET, -4)
    low = Qt.AlignmentFlag.AlignBottom
    words = f"{'▸' if row.closed else '▾'} {row.text}" if row.folder else row.text
    if row.folder:
        low = Qt.AlignmentFlag.AlignVCenter
        place = option.rect.adjusted(INSET, 0, -INSET, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | low, str(row.count))
        place = place.adjusted(0, 0, -30, 0)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | low, shown)
    painter.restore()


class ConversationList(RowList):
    """Says what the user wants of a conversation."""

    opened = Signal(int)
    deleted = Signal(int, str)  # with its title
    folded = Signal(str)  # a folder shall open or close
    menu_wanted = Signal(object, QPoint)  # Conversation, where on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        rows = ConversationRows()
        super().__init__(rows, RowPainter(), tr("Conversations"), parent)
        self.rows = rows
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._want_menu)
        bind(self, Where.CONVERSATIONS, {"rename": self.rename_current, "delete": self._delete})

    def show_rows(self, rows: Sequence[Row], current: ConversationId | None) -> None:
        """Show these at the place scrolled to, the current conversation marked."""
        place = self.verticalScrollBar().value()
        self.rows.show_rows(rows)
        self.mark(current)
        self.verticalScrollBar().setValue(place)

    def mark(self, current: ConversationId | None) -> None:
        """Mark the conversation that is open."""
        index = self.rows.index_of(current)
        if index.isValid():
            self.setCurrentIndex(index)
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())

    def rename_current(self) -> None:
        """Let the title of the current row be typed."""
        if self.rows.conversation(self.currentIndex()) is not None:
            self.edit(self.currentIndex())

    def rename(self, conversation: ConversationId) -> None:
        """Let the title of a conversation be typed where it stands."""
        self.mark(conversation)
        self.scrollTo(self.currentIndex())
        self.setFocus()
        self.rename_current()

    def open_row(self, index: QModelIndex) -> None:
        """A conversation is shown, a folder opens or closes."""
        row = self.rows.row(index)
        if isinstance(row, Heading):
            if row.folder:
                self.folded.emit(row.text)
        elif row is not None:
            self.opened.emit(int(row.id))

    def _delete(self) -> None:
        one = self.rows.conversation(self.currentIndex())
        if one is not None:
            self.deleted.emit(int(one.id), one.title)

    def _want_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        one = self.rows.conversation(index if index.isValid() else self.currentIndex())
        if one is not None:
            self.menu_wanted.emit(one, self.viewport().mapToGlobal(at))
