"""What the user makes of replies that are there: chooses or edits one, copies the chat from it,
takes back how an earlier round was ranked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from assistant.domain.errors import UserError
from assistant.domain.model import Conversation, QueryId, Round
from assistant.gui.kept_focus import noted_focus
from assistant.gui.language import marked, sentence, tr
from assistant.gui.main_window import MainWindow
from assistant.gui.session import Session
from assistant.gui.shelf import Shelf
from assistant.gui.tasks import Lane
from assistant.usecases.copy_chat import copy_from, copy_whole
from assistant.usecases.edit_reply import edit_reply
from assistant.usecases.rank import choose_reply
from assistant.usecases.undo import Undone, undo

COPY_OF = marked("{title} (copy)")
COPIED = marked("This is the copy; the chat it was made from is as it was.")
NOT_KEPT = marked("A temporary chat is not kept, so it cannot be copied.")


class ReplyChanges(QObject):
    """One for each session of a window."""

    def __init__(self, window: MainWindow, session: Session, shelf: Shelf) -> None:
        super().__init__(session)
        self._window, self._session, self._shelf = window, session, shelf
        self._give_back: Callable[[], None] | None = None  # to what is read, in another version
        conversation = window.conversation
        conversation.chosen.connect(self.choose)
        conversation.rewritten.connect(self.edit)
        conversation.versioned.connect(lambda _version: self._wait_for_version())
        session.opened.connect(lambda _transcript: self._read_on())
        conversation.taken_back.connect(self.take_back)
        for part in (conversation, window.round_view):
            part.copied.connect(self.copy_from)
        shelf.copying.connect(self.copy)

    def choose(self, query_id: QueryId, letter: str, version: int) -> None:
        """Go on with another reply, or another text of it; says nothing about preference."""
        work = partial(choose_reply, query_id=query_id, letter=letter, version=version)
        self._go_on_with(partial(work, self._session.at_hand))

    def edit(self, query_id: QueryId, letter: str, text: str) -> None:
        """Let the user's text stand for a reply, and go on with it; else it stays in its field."""
        work = partial(edit_reply, query_id=query_id, letter=letter, text=text)
        rounds = self._window.conversation.past_rounds
        self._go_on_with(partial(work, self._session.at_hand), partial(rounds.give_back, query_id))

    def take_back(self, query_id: QueryId) -> None:
        """Let the ranking of an earlier query count no more; the conversation stays as it is."""
        session = self._session
        work = partial(undo, session.at_hand, query_id=query_id, every=True)

        def taken_back(outcome: Undone) -> None:
            self._window.conversation.update_past(outcome.round)
            self._window.banner.tell(tr("Taken back: nothing learned from that ranking counts."))
            session.learned.emit()

        session.run(Lane.GENERATE, work, taken_back)

    def copy_from(self, query_id: QueryId, letter: str, version: int) -> None:
        """Copy the chat shown up to a reply, and show the copy."""
        if self._session.memory is not None:
            self._window.banner.tell(tr(NOT_KEPT))
            return
        work = partial(copy_from, query_id=query_id, letter=letter, version=version)
        self._open_copy(partial(work, self._session.services, title=tr(COPY_OF)))

    def copy(self, one: Conversation) -> None:
        """Copy a whole conversation, and show the copy."""
        work = partial(copy_whole, conversation_id=one.id, title=tr(COPY_OF))
        self._open_copy(partial(work, self._session.services))

    def _wait_for_version(self) -> None:
        """All that is shown goes: who reads it has the keyboard in the message until then."""
        self._give_back = noted_focus(self._window.conversation)
        if self._give_back is not None:
            self._window.composer.setFocus()

    def _read_on(self) -> None:
        """The version is there: who read the one before reads on, unless a message was begun."""
        give_back, self._give_back = self._give_back, None
        edit = self._window.composer.edit
        if give_back is not None and edit.hasFocus() and not edit.toPlainText():
            give_back()

    def _go_on_with(
        self, work: Callable[[], Round], otherwise: Callable[[], object] = lambda: None
    ) -> None:
        """Show what `work` stores; where it cannot be stored, say why."""

        def failed(error: UserError) -> None:
            self._session.failed.emit(sentence(str(error)))
            otherwise()

        tasks = self._session.tasks
        tasks.run(Lane.STORE, work, None, self._session.take_over, failed)

    def _open_copy(self, work: Callable[[], Conversation]) -> None:
        def copied(made: Conversation) -> None:
            self._shelf.open(made.id)
            self._shelf.refresh()
            self._window.banner.tell(tr(COPIED))
            self._window.composer.setFocus()  # where the copy goes another way

        self._session.change(work, copied)
