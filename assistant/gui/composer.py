"""Where queries are written: Enter sends, Shift+Enter makes a new line, Esc stops."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)

from assistant.gui.controls import button, label

LINES = 8  # grows up to this many lines, then scrolls
PROMPT = "Write a message"
METER_WIDTH = 72
ROOMY = 520  # narrower than this, the context is not shown


class QueryEdit(QPlainTextEdit):
    """A text field as high as its text."""

    send = Signal()
    stop = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(PROMPT)
        self.setAccessibleName("Message")
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._grow)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends, Shift+Enter is a new line, Esc stops."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            self.send.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.stop.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Only text is taken."""
        if source.hasText():
            self.insertPlainText(source.text())

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text needs another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _grow(self) -> None:
        """As high as the text, up to LINES."""
        lines = max(1, min(LINES, int(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 8)


class Composer(QFrame):
    """The field with its buttons; Stop takes the place of Send while replies are written."""

    send = Signal(str)
    stop = Signal()
    drafts_chosen = Signal(int)  # the user wants this many replies from now on

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer")
        self.edit = QueryEdit()
        self.context = label("", "note")
        self.meter = QProgressBar()
        self.meter.setTextVisible(False)
        self.meter.setFixedSize(METER_WIDTH, 4)
        self.meter.hide()
        self.replies = QComboBox()
        self.replies.setAccessibleName("Replies for each message")
        for count in range(1, 5):
            self.replies.addItem(f"{count} {'reply' if count == 1 else 'replies'}", count)
        self.replies.setCurrentIndex(2)
        self.send_button = button("Send", self._send, kind="primary")
        self.stop_button = button("Stop", self.stop.emit, name="Stop writing")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        bottom = Qt.AlignmentFlag.AlignBottom
        for note in (self.context, self.meter):
            row.addWidget(note, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in (self.replies, self.send_button, self.stop_button):
            row.addWidget(part, 0, bottom)
        self.replies.activated.connect(lambda _at: self.drafts_chosen.emit(self.drafts()))
        self.edit.send.connect(self._send)
        self.edit.stop.connect(self.stop)
        self._writing = False
        self.set_writing(False)
        self.setFocusProxy(self.edit)

    def drafts(self) -> int:
        """How many replies are wanted."""
        return int(self.replies.currentData())

    def set_drafts(self, count: int) -> None:
        """Show a number of replies."""
        self.replies.setCurrentIndex(count - 1)

    def set_writing(self, writing: bool) -> None:
        """Stop in the place of Send, or back."""
        self._writing = writing
        self.send_button.setVisible(not writing)
        self.stop_button.setVisible(writing)

    def show_context(self, used: int, size: int) -> None:
        """How much of what the model can see is taken."""
        self.context.setText(f"{ceil(used / 100) / 10:.1f}k of {size / 1000:.1f}k" if size else "")
        self.context.setAccessibleName(f"{used} of {size} tokens of context used")
        self.meter.setVisible(bool(size) and self.width() >= ROOMY)
        self.meter.setRange(0, max(1, size))
        self.meter.setValue(min(used, size))

    def refuse_messages(self, reason: str) -> None:
        """Nothing can be sent, and the field says why."""
        self.setEnabled(False)
        self.edit.setPlaceholderText(reason)

    def accept_messages(self) -> None:
        """Messages can be sent (again)."""
        self.setEnabled(True)
        self.edit.setPlaceholderText(PROMPT)
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the message gets it."""
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        self.context.setVisible(roomy)
        self.meter.setVisible(roomy and bool(self.context.text()))

    def put_back(self, text: str) -> None:
        """Return a message that could not be sent, unless another was begun."""
        if not self.edit.toPlainText():
            self.edit.setPlainText(text)

    def _send(self) -> None:
        text = self.edit.toPlainText().strip()
        if text and not self._writing and self.isEnabled():
            self.edit.clear()
            self.send.emit(text)
