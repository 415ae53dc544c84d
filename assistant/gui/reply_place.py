"""The place of a reply that the user changes: its frame, or the editor instead of it.

Contract: what was typed stays in the editor until it is stored.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from assistant.domain.model import Round
from assistant.gui.reply_editor import ReplyEditor
from assistant.gui.reply_pages import Page


class ReplyPlace(QObject):
    """Opens the editor of one page, and closes it when its text is stored or given up."""

    handed_on = Signal(str, str)  # letter, the user's text for the reply
    left = Signal(bool)  # the frame is back; whether anything was stored
    typed = Signal()

    def __init__(self, frame: QFrame, column: QVBoxLayout) -> None:
        super().__init__(frame)
        self._frame, self._column = frame, column
        self.editor: ReplyEditor | None = None
        self._page: Page | None = None
        self._wanted: str | None = None  # handed on, and not known to be stored

    def open(self, page: Page, text: str) -> ReplyEditor:
        """A field in the place of the frame."""
        self._page, self._wanted = page, None
        self.editor = editor = ReplyEditor(page.candidate.letter, text)
        editor.saved.connect(self._hand_on)
        editor.cancelled.connect(self.close)
        editor.field.textChanged.connect(self.typed)
        self._frame.hide()
        self._column.addWidget(editor)
        return editor

    @property
    def begun(self) -> tuple[str, str] | None:
        """Letter and text, where it differs from what is there."""
        if self.editor is None or self._page is None:
            return None
        text = self.editor.field.toPlainText()
        changed = bool(text.strip()) and text.strip() != self._page.text
        return (self._page.candidate.letter, text) if changed else None

    def settle(self, round_: Round) -> bool:
        """Close the editor if its text stands for the reply now; whether it does."""
        if self._page is None or self._wanted is None:
            return False
        letter = self._page.candidate.letter
        stored = any(
            one.letter == letter and one.said == self._wanted.strip() for one in round_.candidates
        )
        if stored:
            self.close(stored=True)
        return stored

    def give_back(self) -> None:
        """It could not be stored: the text can be changed, or saved once more."""
        if self.editor is not None and self._wanted is not None:
            self._wanted = None
            self.editor.hold(False)
            self.editor.field.setFocus()

    def close(self, *, stored: bool = False) -> None:
        """Show the reply again."""
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = self._page = self._wanted = None
            self._frame.show()
            self.left.emit(stored)

    def _hand_on(self, text: str) -> None:
        """Let it be stored, unless it is what was there."""
        if self.editor is None or self._page is None:
            return
        if self.begun is None:
            self.close()
            return
        self._wanted = text
        self.editor.hold(True)
        self.handed_on.emit(self._page.candidate.letter, text)
