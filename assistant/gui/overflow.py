"""What happens when a chat has outgrown what the model sees: said before sending, with a choice."""

from __future__ import annotations

from PySide6.QtCore import QObject

from assistant.domain.model import ConversationId
from assistant.gui.foresight import Foresight
from assistant.gui.main_window import MainWindow
from assistant.gui.session import Session
from assistant.usecases.measure import Measure


class Overflow(QObject):
    """One for each session of a window; who goes on without the oldest turns is not asked again."""

    def __init__(self, window: MainWindow, session: Session, foresight: Foresight) -> None:
        super().__init__(session)
        self._window, self._session = window, session
        self._accepted: set[ConversationId | None] = set()
        foresight.measured.connect(self._measured)
        note = window.composer.overflow
        note.accepted.connect(self._accept)
        note.begun_anew.connect(self._begin_anew)
        note.enlarged.connect(window.settings_wanted)
        session.asked.connect(lambda _round: note.hide())
        session.opened.connect(lambda _transcript: note.hide())

    def _measured(self, found: Measure) -> None:
        accepted = self._session.conversation in self._accepted or found.problem
        self._window.composer.overflow.show_dropped(0 if accepted else found.dropped)

    def _accept(self) -> None:
        """Go on: the model does without what no longer fits."""
        self._accepted.add(self._session.conversation)
        self._window.composer.overflow.hide()
        self._window.composer.setFocus()

    def _begin_anew(self) -> None:
        """A new chat with the message that stands here, behind one that was begun there."""
        composer = self._window.composer
        message = composer.edit.toPlainText()
        composer.edit.clear()
        composer.overflow.hide()
        self._window.new_chat()
        begun = composer.edit.toPlainText()
        composer.edit.setPlainText("\n\n".join(text for text in (begun, message) if text))
        composer.edit.moveCursor(composer.edit.textCursor().MoveOperation.End)
