"""The stored conversations as the sidebar shows them: listed, searched, renamed, deleted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from assistant.domain.model import ConversationId
from assistant.gui.session import Session
from assistant.gui.sidebar import Sidebar
from assistant.usecases import history
from assistant.usecases.services import Services


class Shelf(QObject):
    """Keeps the sidebar true to what is stored."""

    current_title = Signal(str)
    current_deleted = Signal()

    def __init__(self, sidebar: Sidebar, session: Session) -> None:
        super().__init__(sidebar)
        self._sidebar, self._session = sidebar, session
        sidebar.searched.connect(lambda _text: self.refresh())
        sidebar.opened.connect(lambda chosen: session.open(ConversationId(chosen)))
        sidebar.renamed.connect(self._rename)
        sidebar.deleted.connect(self._delete)
        sidebar.brought_back.connect(self._bring_back)

    def refresh(self) -> None:
        """List what is stored (or contains the text searched for), the latest used first."""
        services, text = self._session.services, self._sidebar.search.text().strip()
        self._session.change(
            lambda: history.list_conversations(services, text=text), self._show_list
        )

    def _show_list(self, found: object) -> None:
        assert isinstance(found, tuple), "a list of conversations"
        current = self._session.conversation
        self._sidebar.show_conversations(found, current)
        for conversation in found:
            if conversation.id == current:
                self.current_title.emit(conversation.title)

    def _rename(self, chosen: int, title: str) -> None:
        self._change(chosen, lambda s, i: history.rename(s, conversation_id=i, title=title))

    def _delete(self, chosen: int) -> None:
        if self._session.conversation == chosen:
            self.current_deleted.emit()
        self._change(chosen, lambda s, i: history.delete(s, conversation_id=i))

    def _bring_back(self, chosen: int) -> None:
        self._change(chosen, lambda s, i: history.bring_back(s, conversation_id=i))

    def _change(self, chosen: int, work: Callable[[Services, ConversationId], None]) -> None:
        """Change a stored conversation and show the list as it is then."""
        services = self._session.services
        self._session.change(
            lambda: work(services, ConversationId(chosen)), lambda _none: self.refresh()
        )
