"""Messages and changes that were begun: kept for each conversation, also over a restart."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, QTimer

from assistant.domain.model import ConversationId
from assistant.gui.composer import Composer
from assistant.gui.conversation_view import ConversationView
from assistant.gui.session import Session
from assistant.settings import UNSENT

KEEP_MILLISECONDS = 1000  # after the last key
MOST = 200  # conversations with something begun
LONGEST = 20_000  # characters of one message
NEW = "new"  # stands for a conversation that has not begun
EDITS = "edits"  # stands for the changes of queries and replies, which are kept along


class Unsent(QObject):
    """Puts each conversation's own text into the composer; a temporary one's is never kept.

    What is begun in the conversation itself is found by its rounds, and only kept here.
    """

    def __init__(
        self, composer: Composer, conversation: ConversationView, session: Session
    ) -> None:
        super().__init__(composer)
        self._composer, self._conversation = composer, conversation
        self._texts: dict[str, str] = {}
        self._key: str | None = NEW  # None: nothing is kept
        self._wait = QTimer(self, singleShot=True, interval=KEEP_MILLISECONDS)
        self._wait.timeout.connect(lambda: session.keep({UNSENT: self.as_text()}))
        for part in (composer, conversation):
            part.typed.connect(self._wait.start)

    def load(self, text: str) -> None:
        """Take over what was kept; the message of a conversation that has not begun is shown."""
        try:
            found = json.loads(text or "{}")
            self._conversation.begun.load(found.pop(EDITS, {}))
            self._texts = {str(key): str(value) for key, value in found.items()}
        except (ValueError, AttributeError, TypeError):
            self._texts = {}
        if self._key == NEW:
            self._composer.put_back(self._texts.get(NEW, ""))

    def as_text(self) -> str:
        """All that is kept, to be stored."""
        self._wait.stop()
        self._note()
        self._conversation.note_begun()
        edits = self._conversation.begun.as_entries()
        return json.dumps({**dict(list(self._texts.items())[-MOST:]), EDITS: edits})

    def enter(self, conversation: ConversationId | None, *, temporary: bool = False) -> None:
        """Another conversation is shown: its own message takes the place of the last one's."""
        self._note()
        self._key = None if temporary else str(conversation or NEW)
        self._conversation.begun.set_temporary(temporary)
        text = self._texts.get(self._key or "", "")
        if self._composer.edit.toPlainText() != text:
            self._composer.edit.setPlainText(text)

    def begin(self, conversation: ConversationId) -> None:
        """The conversation shown has got its number: what is typed meanwhile goes along."""
        if self._key == NEW:
            self._texts.pop(NEW, None)
            self._key = str(conversation)

    def _note(self) -> None:
        """Remember what stands in the composer."""
        if self._key is None:
            return
        self._texts.pop(self._key, None)
        text = self._composer.edit.toPlainText()[:LONGEST]
        if text.strip():
            self._texts[self._key] = text
