"""A list at the left: equally high rows that a painter draws, opened by a click or by Enter."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QWidget

from assistant.gui.keyboard import is_text


class RowList(QListView):
    """Only rows that are seen are painted; no row is a widget."""

    typed = Signal(str)  # the beginning of a message: nothing is looked for by typing in here

    def __init__(
        self,
        rows: QAbstractItemModel,
        painter: QStyledItemDelegate,
        name: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setModel(rows)
        painter.setParent(self)
        self.setItemDelegate(painter)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self.open_row)

    def open_row(self, index: QModelIndex) -> None:
        """What a click and Enter do; the kinds of list say what that is."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; a letter begins the next message."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_row(self.currentIndex())
        elif is_text(event) and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
