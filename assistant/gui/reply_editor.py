"""The text of a reply as a field: the user's own version of it."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assistant.gui.controls import button, label
from assistant.gui.language import tr

LINES = (4, 18)  # of text, at least and before it scrolls
AROUND = 16  # pixels of height beside its lines


class ReplyEditor(QFrame):
    """Says what to save, or that nothing is to be; Ctrl+Enter and Escape do so too."""

    saved = Signal(str)
    cancelled = Signal()

    def __init__(self, letter: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queryEditor")
        self.field = _Field(text)
        self.field.setAccessibleName(
            tr("Reply {letter} as you want it; Ctrl+Enter saves it", letter=letter)
        )
        self.field.saved.connect(self._save)
        self.field.cancelled.connect(self.cancelled)
        row = QHBoxLayout()
        note = label(tr("What was written stays, and is what I learn from."), "note", wrap=True)
        self.save_button = button(
            tr("Save"), self._save, kind="primary", name=tr("Save, Ctrl+Enter")
        )
        row.addWidget(note, 1)
        row.addWidget(button(tr("Cancel"), self.cancelled.emit, name=tr("Cancel, Escape")))
        row.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addLayout(row)
        self.setFocusProxy(self.field)

    def hold(self, held: bool) -> None:
        """While its text is being stored, it cannot be changed or handed on once more."""
        self.field.setReadOnly(held)
        self.save_button.setEnabled(not held)

    def _save(self) -> None:
        if self.save_button.isEnabled():
            self.saved.emit(self.field.toPlainText())


class _Field(QPlainTextEdit):
    """As high as its text, within bounds; Enter makes a new line."""

    saved = Signal()
    cancelled = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that are not for writing."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.saved.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text needs another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def minimumSizeHint(self) -> QSize:
        """It can be as narrow as the window."""
        return QSize(0, super().minimumSizeHint().height())

    def _grow(self) -> None:
        (least, most), needed = LINES, int(self.document().size().height())
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if needed > most else policy.ScrollBarAlwaysOff
        )
        lines = max(least, min(most, needed))
        block = self.document().firstBlock()  # a line there can be higher than the font says
        high = self.blockBoundingRect(block).height() / max(1, block.lineCount())
        self.setFixedHeight(ceil(lines * max(high, self.fontMetrics().lineSpacing())) + AROUND)
