"""The stored conversations as the sidebar shows them: listed, found, named, marked and deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from assistant.domain.model import Conversation, ConversationId, Hit
from assistant.gui.actions import keys_of
from assistant.gui.controls import passing_menu
from assistant.gui.conversation_menu import Wishes, conversation_menu, fill_deleted
from assistant.gui.conversation_rows import Row, group_rows
from assistant.gui.exchange import Exchange
from assistant.gui.language import key_words, tr
from assistant.gui.session import Session
from assistant.gui.sidebar import Sidebar
from assistant.usecases import history
from assistant.usecases.services import Services


class Shelf(QObject):
    """Keeps the sidebar true to what is stored."""

    current_known = Signal(object)  # Conversation that is shown, as it is stored now
    current_deleted = Signal()
    opening = Signal()  # another conversation will be shown
    copying = Signal(object)  # Conversation that a copy is wanted of

    def __init__(self, sidebar: Sidebar, session: Session, exchange: Exchange) -> None:
        super().__init__(sidebar)
        self._sidebar, self._session, self._exchange = sidebar, session, exchange
        self._closed: frozenset[str] = frozenset()  # folders
        self._asked = 0  # only the last question's answer is shown
        sidebar.searched.connect(lambda _text: self.refresh())
        sidebar.list.opened.connect(lambda chosen: self.open(ConversationId(chosen)))
        sidebar.list.rows.renamed.connect(self._rename)
        sidebar.list.deleted.connect(self._delete)
        sidebar.list.folded.connect(self._fold)
        sidebar.list.menu_wanted.connect(self.open_menu)
        sidebar.hits.chosen.connect(self._go_to)
        sidebar.more_wanted.connect(self._open_more)
        exchange.imported.connect(self.refresh)

    def open(self, conversation: ConversationId) -> None:
        """Show a conversation."""
        self.opening.emit()
        self._session.open(conversation)

    def refresh(self) -> None:
        """List what is stored, or where the text searched for occurs."""
        services, text = self._session.services, self._sidebar.search.text().strip()
        self._asked += 1
        number, closed = self._asked, self._closed
        if text:
            self._session.change(
                lambda: history.find(services, text=text),
                lambda hits: self._show_hits(number, text, hits),
            )
            return

        def work() -> tuple[tuple[Row, ...], Conversation | None]:
            found = history.list_conversations(services)
            shown = self._session.conversation
            current = next((one for one in found if one.id == shown), None)
            return group_rows(found, datetime.now().astimezone().date(), closed), current

        self._session.change(work, lambda read: self._show_list(number, *read))

    def open_menu(self, one: Conversation, at: QPoint) -> None:
        """What can be done with a conversation."""
        exchange = self._exchange
        wishes = Wishes(
            pin=self._pin,
            rename=lambda c: self._ask_title(c),
            file=self._file,
            file_in_new=self._file_in_new,
            learn=self._set_learn,
            copy=self.copying.emit,
            export=exchange.export,
            print=exchange.print,
            delete=lambda c: self._delete(int(c.id), c.title),
        )
        conversation_menu(one, self._sidebar.list.rows.folders(), wishes, self._sidebar).popup(at)

    def _show_list(self, number: int, rows: tuple[Row, ...], current: Conversation | None) -> None:
        if number != self._asked:
            return
        shown = None if self._session.memory else self._session.conversation
        self._sidebar.show_conversations(rows, shown)
        if current is not None and current.id == shown:
            self.current_known.emit(current)

    def _show_hits(self, number: int, text: str, hits: tuple[Hit, ...]) -> None:
        if number == self._asked:
            self._sidebar.show_hits(text, hits)

    def _go_to(self, hit: Hit) -> None:
        """Show the place found, and its conversation in the list, also in a folder."""
        self._closed -= {hit.conversation.folder}
        self.opening.emit()
        self._session.open(hit.conversation.id, hit.query_id)

    def _rename(self, chosen: int, title: str) -> None:
        self._change(chosen, lambda s, i: history.rename(s, conversation_id=i, title=title))

    def _ask_title(self, one: Conversation) -> None:
        """In the list if it is there, in a small window of its own if not."""
        if self._sidebar.isVisible() and self._sidebar.list.rows.index_of(one.id).isValid():
            self._sidebar.list.rename(one.id)
            return
        title, given = _ask(
            self._sidebar, tr("Rename the conversation"), tr("Its title:"), one.title
        )
        if given:
            self._rename(int(one.id), title)

    def _pin(self, one: Conversation, pinned: bool) -> None:
        self._change(one.id, lambda s, i: history.set_pinned(s, conversation_id=i, pinned=pinned))

    def _file(self, one: Conversation, folder: str) -> None:
        self._closed -= {folder}  # so that one sees where it went
        self._change(one.id, lambda s, i: history.set_folder(s, conversation_id=i, folder=folder))

    def _file_in_new(self, one: Conversation) -> None:
        name, given = _ask(self._sidebar, tr("New folder"), tr("Name of the folder:"), one.folder)
        if given and name.strip():
            self._file(one, name)

    def _set_learn(self, one: Conversation, learn: bool) -> None:
        self._change(one.id, lambda s, i: history.set_learn(s, conversation_id=i, learn=learn))

    def _delete(self, chosen: int, title: str) -> None:
        # a temporary conversation has a number too, but in another store
        if self._session.memory is None and self._session.conversation == chosen:
            self.current_deleted.emit()
        self._change(chosen, lambda s, i: history.delete(s, conversation_id=i))
        self._sidebar.undo.offer(
            tr("Deleted “{title}”.", title=title), lambda: self._bring_back(chosen)
        )

    def _bring_back(self, chosen: int) -> None:
        self._change(chosen, lambda s, i: history.bring_back(s, conversation_id=i))

    def _offer_deleted(self, at: QWidget) -> None:
        """What was deleted and can be brought back, under a button."""

        def show(deleted: tuple[Conversation, ...]) -> None:
            menu = passing_menu(at)
            menu.setAccessibleName(tr("Deleted chats"))
            fill_deleted(menu, deleted, lambda one: self._bring_back(int(one.id)))
            menu.popup(at.mapToGlobal(at.rect().bottomLeft()))

        services = self._session.services
        self._session.change(lambda: history.list_deleted(services), show)

    def _fold(self, folder: str) -> None:
        """Open or close a folder."""
        self._closed ^= {folder}
        self.refresh()

    def _open_more(self, at: QWidget) -> None:
        """What else can be begun from here."""
        menu = passing_menu(at)
        menu.addAction(tr("Temporary chat\tCtrl+Shift+N"), self._sidebar.temporary.emit)
        menu.addAction(tr("Import chats…"), self._exchange.choose_import)
        menu.addAction(tr("Deleted chats…"), lambda: self._offer_deleted(at))
        menu.addSeparator()
        for text, key, wanted in (
            (tr("Rank what was left unranked"), "unranked", self._sidebar.unranked),
            (tr("About Attune"), "about", self._sidebar.about),
        ):
            menu.addAction(f"{text}\t{key_words(keys_of(key))}", wanted.emit)
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))

    def _change(self, chosen: int, work: Callable[[Services, ConversationId], None]) -> None:
        """Change a stored conversation and show the list as it is then."""
        services = self._session.services
        self._session.change(
            lambda: work(services, ConversationId(chosen)), lambda _none: self.refresh()
        )


def _ask(parent: QWidget, title: str, question: str, text: str) -> tuple[str, bool]:
    """One line from the user, and whether it was given."""
    given, accepted = QInputDialog.getText(parent, title, question, text=text)
    return given, bool(accepted)
