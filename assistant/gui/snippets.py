"""The user's snippets in the window: offered in the message, in a menu, kept in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from assistant.gui.composer import Composer
from assistant.gui.controls import passing_menu
from assistant.gui.language import sentence, tr
from assistant.gui.session import Session
from assistant.gui.snippet_offer import SnippetOffer
from assistant.gui.snippets_dialog import SnippetsDialog
from assistant.gui.tasks import Lane
from assistant.storage.database import Store
from assistant.storage.snippets import Snippet
from assistant.usecases.snippets import add_snippet, edit_snippet, list_snippets, remove_snippet


class Snippets(QObject):
    """One for each session of a window."""

    def __init__(self, composer: Composer, session: Session) -> None:
        super().__init__(session)
        self._composer, self._session = composer, session
        self.known: tuple[Snippet, ...] = ()
        self.dialog: SnippetsDialog | None = None
        self.offer = SnippetOffer(composer.edit)
        composer.snippets.connect(self.open_menu)

    def refresh(self) -> None:
        """Read them anew; where they can be picked follows."""
        store = self._session.services.store
        self._session.change(lambda: list_snippets(store), self._show)

    def open_menu(self, at: QWidget) -> None:
        """All of them, and the way to the dialog, over a button."""
        menu = passing_menu(at)
        for snippet in self.known:
            menu.addAction(snippet.name.replace("&", "&&"), partial(self._insert, snippet.text))
        menu.addSeparator()
        menu.addAction(tr("Edit snippets…"), self.open_dialog)
        menu.popup(at.mapToGlobal(at.rect().topLeft()))

    def open_dialog(self) -> None:
        """Where they are added, changed and removed."""
        self.dialog = dialog = SnippetsDialog(self.known, self._composer.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._closed)
        dialog.added.connect(self._add)
        dialog.changed.connect(self._edit)
        dialog.removed.connect(self._remove)
        dialog.open()

    def _insert(self, text: str) -> None:
        """Put a text in where the cursor is."""
        self._composer.edit.insertPlainText(text)
        self._composer.edit.setFocus()

    def _add(self, name: str, text: str) -> None:
        now = self._session.services.clock()
        self._store(lambda store: add_snippet(store, name=name, text=text, now=now))

    def _edit(self, name: str, new_name: str, text: str) -> None:
        self._store(lambda store: edit_snippet(store, name=name, text=text, new_name=new_name))

    def _remove(self, name: str) -> None:
        self._store(lambda store: remove_snippet(store, name=name))

    def _store(self, work: Callable[[Store], Snippet]) -> None:
        """Store a change and show it; what is wrong with it is said in the dialog."""
        store = self._session.services.store

        def stored(snippet: Snippet) -> None:
            if self.dialog is not None:
                self.dialog.changed_to(snippet)
            self.refresh()

        def refused(error: object) -> None:
            if self.dialog is not None:
                self.dialog.tell(sentence(str(error)))

        self._session.tasks.run(Lane.STORE, lambda: work(store), None, stored, refused)

    def _show(self, found: tuple[Snippet, ...]) -> None:
        if found == self.known:
            return  # what is being typed in the dialog stays
        self.known = found
        self.offer.show_snippets(found)
        if self.dialog is not None:
            self.dialog.show_snippets(found)

    def _closed(self, _result: int) -> None:
        self.dialog = None
