"""The conversations at the left: new, search, open, rename, delete with a way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assistant.domain.model import Conversation, ConversationId
from assistant.gui.controls import button, label

UNDO_MILLISECONDS = 10_000
_ID = Qt.ItemDataRole.UserRole


class Sidebar(QFrame):
    """Says what the user wants; the list is what it was last given."""

    new_chat = Signal()
    models = Signal()
    settings = Signal()
    searched = Signal(str)
    opened = Signal(int)
    renamed = Signal(int, str)
    deleted = Signal(int)
    brought_back = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.new_button = button(
            "+  New chat", self.new_chat.emit, kind="row", name="New chat, Control N"
        )
        self.new_button.setToolTip("Ctrl+N")
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search    Ctrl+K")
        self.search.setAccessibleName("Search conversations")
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Conversations")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._deleted: int | None = None
        self._undo = self._make_undo()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        models = button("Models", self.models.emit, kind="foot")
        settings = button(
            "Settings", self.settings.emit, kind="foot", name="Settings, Control comma"
        )
        for part in (self.new_button, self.search, self.list, self._undo, models, settings):
            column.addWidget(part)
        self._connect()

    def show_conversations(
        self, conversations: Sequence[Conversation], current: ConversationId | None
    ) -> None:
        """Show these, the current one marked."""
        self.list.blockSignals(True)
        self.list.clear()
        for conversation in conversations:
            item = QListWidgetItem(conversation.title)
            item.setData(_ID, int(conversation.id))
            item.setToolTip(conversation.title)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
            if conversation.id == current:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _connect(self) -> None:
        """Search a moment after the last key; F2 and Delete on the list."""
        wait = QTimer(self)
        wait.setSingleShot(True)
        wait.setInterval(150)
        wait.timeout.connect(lambda: self.searched.emit(self.search.text().strip()))
        self.search.textChanged.connect(lambda _text: wait.start())
        self.list.itemClicked.connect(lambda item: self.opened.emit(item.data(_ID)))
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(_ID)))
        self.list.itemChanged.connect(lambda item: self.renamed.emit(item.data(_ID), item.text()))
        self.list.setEditTriggers(QListWidget.EditTrigger.NoEditTriggers)
        for key, action in (("F2", self._rename), ("Delete", self._delete)):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)

    def _make_undo(self) -> QFrame:
        """The bar that brings back what was deleted."""
        bar = QFrame()
        bar.setObjectName("banner")
        self._undo_text = label("", "note", wrap=True)
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 4, 4, 4)
        row.addWidget(self._undo_text, 1)
        row.addWidget(button("Undo", self._bring_back, kind="quiet", name="Bring it back"))
        bar.hide()
        self._undo_timer = QTimer(self)
        self._undo_timer.setSingleShot(True)
        self._undo_timer.setInterval(UNDO_MILLISECONDS)
        self._undo_timer.timeout.connect(bar.hide)
        return bar

    def _rename(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.list.editItem(item)

    def _delete(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._deleted = int(item.data(_ID))
            self._undo_text.setText(f"Deleted “{item.text()}”.")
            self._undo.show()
            self._undo_timer.start()
            self.deleted.emit(self._deleted)

    def _bring_back(self) -> None:
        self._undo.hide()
        if self._deleted is not None:
            self.brought_back.emit(self._deleted)
            self._deleted = None
