"""Where queries are written: Enter sends, Shift+Enter makes a new line, Esc stops."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from assistant.gui.attachments import Attachments
from assistant.gui.controls import announce, button, label, restyle
from assistant.gui.language import marked, sentence, tr
from assistant.gui.overflow_note import OverflowNote
from assistant.gui.query_edit import QueryEdit, local_files
from assistant.gui.reflow import has_room
from assistant.gui.reply_dial import ReplyDial
from assistant.gui.text_files import with_files

if TYPE_CHECKING:
    from assistant.usecases.measure import Measure

PROMPT = marked("Write a message")
TEMPORARY_PROMPT = marked("Write a message; this chat is not kept")
SHORT_PROMPT = marked("Message")  # where there is no room for more
EDIT_AT = 2  # its place among the buttons
METER_WIDTH = 72
ROOMY = 520  # narrower than this, the context is not shown
STACKED = 420  # narrower than this, the message stands over its buttons


class Composer(QFrame):
    """The field with its buttons; Stop takes the place of Send while replies are written."""

    send = Signal(str)
    stop = Signal()
    drafts_chosen = Signal(int)  # the user wants this many replies from now on
    best_chosen = Signal(bool)  # whether only the best of them is to be shown
    files = Signal(object)  # tuple of Path: dropped or pasted
    attach = Signal(object)  # the button under which to show what can be attached
    snippets = Signal(object)  # the button over which to offer them
    typed = Signal()  # the text or what goes with it has changed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer")
        self.setAcceptDrops(True)
        self.edit = QueryEdit()
        self._temporary, self._refusal = False, ""
        self._show_prompt()
        self.attachments = Attachments()
        self.attach_button = button(
            "+", lambda: self.attach.emit(self.attach_button), name=tr("Attach a file")
        )
        self.snippet_button = button(
            "/", lambda: self.snippets.emit(self.snippet_button), name=tr("Insert a snippet")
        )
        self.context = label("", "note")
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.overflow = OverflowNote()
        self.meter = QProgressBar()
        self.meter.setTextVisible(False)
        self.meter.setFixedSize(METER_WIDTH, 4)
        self.meter.hide()
        self.replies = ReplyDial()
        self.send_button = button(tr("Send"), self._send, kind="primary")
        self.stop_button = button(tr("Stop"), self.stop.emit, name=tr("Stop writing"))
        self._row, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._gap = QWidget()  # between the buttons, where the message stands over them
        self._gap.hide()
        self._stacked = False
        self._lay_out()
        self._connect()
        self._writing = False
        self.set_writing(False)
        self.setFocusProxy(self.edit)

    def drafts(self) -> int:
        """How many replies are wanted; 0 leaves it to the program."""
        return self.replies.drafts

    def begin(self, text: str) -> None:
        """Take over the keyboard from where a message was begun."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.edit.insertPlainText(text)

    def set_drafts(self, count: int, *, best: bool = False) -> None:
        """Show a number of replies, and whether only the best of them is to be shown."""
        self.replies.show_state(count, best=best)

    def set_writing(self, writing: bool) -> None:
        """Stop in the place of Send, or back."""
        self._writing = writing
        self.send_button.setVisible(not writing)
        self.stop_button.setVisible(writing)

    def show_context(self, used: int, size: int) -> None:
        """How much of what the model can see is taken."""
        self.context.setText(
            tr("{used:.1f}k of {size:.1f}k", used=ceil(used / 100) / 10, size=size / 1000)
            if size
            else ""
        )
        self.context.setAccessibleName(
            tr("{used} of {size} tokens of context used", used=used, size=size)
        )
        self.meter.setVisible(bool(size) and has_room(self, ROOMY))
        self.meter.setRange(0, max(1, size))
        self.meter.setValue(min(used, size))

    def show_measure(self, found: Measure) -> None:
        """What the message would take, part by part; a message that is too long says so."""
        from assistant.gui.foresight import measure_words

        words = measure_words(found)
        used = max(0, found.context - found.left)
        self.show_context(used, found.context)
        for part in (self.context, self.meter):
            part.setToolTip(words)
        self.context.setAccessibleDescription(words)
        restyle(self.meter, "tight", bool(found.dropped or found.problem))
        self.problem.setText(sentence(found.problem))
        if found.problem and self.problem.isHidden():
            announce(self, self.problem.text())
        self.problem.setVisible(bool(found.problem))

    def show_temporary(self, temporary: bool) -> None:
        """Look different where nothing is kept."""
        restyle(self, "temporary", temporary)
        self._temporary = temporary
        self._show_prompt()

    def refuse_messages(self, reason: str) -> None:
        """Nothing can be sent, and the field says why."""
        self.setEnabled(False)
        self._refusal = reason
        self._show_prompt()

    def accept_messages(self) -> None:
        """Messages can be sent (again)."""
        self.setEnabled(True)
        self._refusal = ""
        self._show_prompt()
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the message gets it."""
        super().resizeEvent(event)
        roomy = has_room(self, ROOMY)
        self._stack(not has_room(self, STACKED))
        self.snippet_button.setVisible(roomy)
        self.context.setVisible(roomy)
        self.meter.setVisible(roomy and bool(self.context.text()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped anywhere on the composer."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on."""
        event.acceptProposedAction()
        self.files.emit(local_files(event.mimeData()))

    def put_back(self, text: str) -> None:
        """Return a message that was not sent, in front of what was begun since."""
        begun = self.edit.toPlainText()
        if begun.strip() and text:
            self.edit.setPlainText(f"{text}\n\n{begun}")
        elif text:
            self.edit.setPlainText(text)

    def whole_text(self) -> str:
        """The message with the files that go into it."""
        return with_files(self.edit.toPlainText().strip(), self.attachments.files)

    def _send(self) -> None:
        text = self.whole_text()
        if text and not self._writing and self.isEnabled():
            self.edit.remember(self.edit.toPlainText().strip())
            self.edit.clear()
            self.attachments.take_files()
            self.send.emit(text)

    def _show_prompt(self) -> None:
        """What to do here, or why nothing can be done."""
        usual = (tr(PROMPT), tr(SHORT_PROMPT))
        prompts = (tr(TEMPORARY_PROMPT), *usual) if self._temporary else usual
        self.edit.show_prompt(*((self._refusal,) if self._refusal else prompts))

    def _connect(self) -> None:
        """What is done in the field and beside it, to who wants to know."""
        self.replies.drafts_chosen.connect(self.drafts_chosen)
        self.replies.best_chosen.connect(self.best_chosen)
        self.edit.send.connect(self._send)
        self.edit.stop.connect(self.stop)
        self.edit.files.connect(self.files)
        self.edit.textChanged.connect(self.typed)
        self.attachments.changed.connect(self.typed)

    def _stack(self, stacked: bool) -> None:
        """The message over its buttons, or between them."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        self.replies.shorten(stacked)
        if stacked:
            self._row.removeWidget(self.edit)
            self._column.insertWidget(self._column.indexOf(self._row), self.edit)
        else:
            self._column.removeWidget(self.edit)
            self._row.insertWidget(EDIT_AT, self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        self._gap.setVisible(stacked)

    def _lay_out(self) -> None:
        """What is attached over the field and its buttons."""
        row, column = self._row, self._column
        row.setSpacing(8)
        for adds in (self.attach_button, self.snippet_button):
            row.addWidget(adds, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._gap, 1)
        ends = QHBoxLayout()  # on one line with the other buttons, however high the message is
        ends.setSpacing(8)
        for part in (self.context, self.meter, self.replies, self.send_button, self.stop_button):
            ends.addWidget(part)
        row.addLayout(ends)
        row.setAlignment(ends, Qt.AlignmentFlag.AlignBottom)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(0)
        column.addWidget(self.attachments)
        column.addWidget(self.overflow)
        column.addWidget(self.problem)
        column.addLayout(row)
