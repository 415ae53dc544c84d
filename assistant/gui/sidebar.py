"""The left side: new chat, search, the conversations or what was found, and the other pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from assistant.domain.model import ConversationId, Hit
from assistant.gui.controls import announce, button, label
from assistant.gui.conversation_list import ConversationList
from assistant.gui.conversation_rows import Row
from assistant.gui.hit_list import HitList
from assistant.gui.language import key_words, tr, trn
from assistant.gui.undo_bar import UndoBar

SEARCH_MILLISECONDS = 150  # after the last key


class SearchEdit(QLineEdit):
    """The search field: Down goes to what was found, Escape empties it."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that lead out of the field."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Sidebar(QFrame):
    """Says what the user wants; the lists are what they were last given."""

    new_chat = Signal()
    temporary = Signal()
    models = Signal()
    settings = Signal()
    unranked = Signal()
    about = Signal()
    left = Signal()  # in a narrow window: back to the conversation
    searched = Signal(str)
    more_wanted = Signal(object)  # the button under which to show what else can be done

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.new_button = button(
            tr("+  New chat"), self.new_chat.emit, kind="row", name=tr("New chat, Control N")
        )
        self.new_button.setToolTip(key_words("Ctrl+N"))
        self.more_button = button(
            "⋯",
            lambda: self.more_wanted.emit(self.more_button),
            name=tr("More about conversations"),
        )
        self.back = button(
            tr("‹ Back"), self.left.emit, kind="quiet", name=tr("Back to the conversation")
        )
        self.back.hide()
        self.search = SearchEdit()
        self.search.setPlaceholderText(tr("Search    Ctrl+K"))
        self.search.setAccessibleName(tr("Search conversations"))
        self.search.setClearButtonEnabled(True)
        self.list, self.hits, self.undo = ConversationList(), HitList(), UndoBar()
        self.nothing = label("", "note", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(8, 8, 8, 0)
        self._shown = QStackedWidget()
        for part in (self.list, self.hits, self.nothing):
            self._shown.addWidget(part)
        self.foot = QVBoxLayout()  # the pages that are always in reach
        self._lay_out()
        self._connect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back where there is a way back."""
        if event.key() == Qt.Key.Key_Escape and self.back.isVisible():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_conversations(self, rows: Sequence[Row], current: ConversationId | None) -> None:
        """Show these, the current one marked."""
        self.list.show_rows(rows, current)
        self._shown.setCurrentWidget(self.list)

    def show_hits(self, text: str, hits: Sequence[Hit]) -> None:
        """Show where a text was found."""
        self.hits.rows.show_hits(hits)
        self.nothing.setText(tr("No title, query or reply contains “{text}”.", text=text))
        self._shown.setCurrentWidget(self.hits if hits else self.nothing)
        count = trn("%n place found", "%n places found", len(hits))
        announce(self.search, count if hits else self.nothing.text())

    def _lay_out(self) -> None:
        models = button(tr("Models"), self.models.emit, kind="foot")
        settings = button(
            tr("Settings"), self.settings.emit, kind="foot", name=tr("Settings, Control comma")
        )
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.new_button, 1)
        top.addWidget(self.more_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(top)
        column.addWidget(self.search)
        column.addWidget(self._shown, 1)
        column.addWidget(self.undo)
        self.foot.setSpacing(2)
        for part in (models, settings):
            self.foot.addWidget(part)
        column.addLayout(self.foot)

    def _connect(self) -> None:
        """Search a moment after the last key."""
        wait = QTimer(self, singleShot=True, interval=SEARCH_MILLISECONDS)
        wait.timeout.connect(lambda: self.searched.emit(self.search.text().strip()))
        self.search.textChanged.connect(lambda _text: wait.start())
        self.search.down.connect(self._enter_list)
        self.undo.left.connect(self.list.setFocus)

    def _enter_list(self) -> None:
        """The keyboard goes to the list that is shown, onto its first row."""
        shown = self._shown.currentWidget()
        if shown is self.hits or shown is self.list:
            view = self.hits if shown is self.hits else self.list
            if not view.currentIndex().isValid():
                view.setCurrentIndex(view.model().index(0, 0))
            view.setFocus()
