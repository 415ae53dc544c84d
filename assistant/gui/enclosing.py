"""Files that go along with a message: into its text, or as documents to look things up in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from assistant.domain.cancel import CancelToken
from assistant.domain.documents import DocumentId
from assistant.domain.errors import UsageProblem, UserError
from assistant.domain.events import Progress
from assistant.gui.banner import Banner
from assistant.gui.composer import Composer
from assistant.gui.controls import passing_menu
from assistant.gui.language import marked, sentence, tr
from assistant.gui.session import Session
from assistant.gui.tasks import Lane
from assistant.gui.text_files import BetterAttached, read_text_file
from assistant.settings import CONTEXT
from assistant.usecases.documents import (
    DocumentAdded,
    add_document,
    list_documents,
    remove_document,
)

TEXTS = marked("Text files (*)")
DOCUMENTS = marked("Documents (*.pdf *.md *.txt *.rst *.tex *.html *.csv *.json);;All files (*)")
PDF = ".pdf"


class Enclosing(QObject):
    """Takes files from the composer, and shows there what became of them."""

    attached = Signal(object)  # ConversationId that a document was attached to

    def __init__(self, composer: Composer, banner: Banner, session: Session) -> None:
        super().__init__(session)
        self._composer, self._banner, self._session = composer, banner, session
        self._cancel = CancelToken()
        self.context = CONTEXT.default  # tokens that the model in use sees
        composer.files.connect(self.take)
        composer.attach.connect(self._open_menu)
        composer.attachments.removed.connect(self._remove)
        composer.attachments.emptied.connect(composer.setFocus)

    def take(self, files: Sequence[Path]) -> None:
        """Files that were dropped or pasted: text goes into the message, a PDF is a document."""
        for file in files:
            if file.suffix.lower() == PDF:
                self.add_document(file)
            else:
                self._insert(file)

    def refresh(self) -> None:
        """Show the documents of the conversation that is shown now."""
        session, services = self._session, self._session.at_hand
        conversation = session.conversation
        if conversation is None:
            self._composer.attachments.show_documents(())
            return
        session.change(
            lambda: list_documents(services, conversation_id=conversation),
            self._composer.attachments.show_documents,
        )

    def add_document(self, file: Path) -> None:
        """Attach a document to the conversation shown, or to a new one."""
        services, conversation = self._session.at_hand, self._session.conversation
        self._cancel = cancel = CancelToken()
        self._composer.setFocus()

        def step(event: Progress | DocumentAdded) -> None:
            if isinstance(event, Progress):
                share = f" {100 * event.done // event.total} %" if event.total else ""
                self._banner.tell(
                    f"{sentence(event.what)}{share}", [(tr("Stop"), cancel.cancel)], closable=False
                )
                return
            if self._session.conversation == conversation:
                self._session.conversation = event.conversation_id
                self.attached.emit(event.conversation_id)
                self.refresh()

        def failed(error: UserError) -> None:
            self._banner.say(sentence(str(error)))

        self._session.tasks.run(
            Lane.BROWSE,
            lambda: add_document(services, file=file, conversation_id=conversation, cancel=cancel),
            step,
            lambda _none: self._banner.hide(),
            failed,
        )

    def _insert(self, file: Path) -> None:
        """Put a text file into the message, or say why not and what else can be done."""
        self._composer.setFocus()
        try:
            self._composer.attachments.add_file(read_text_file(file, self.context))
        except UsageProblem as problem:
            other = [(tr("Attach as a document"), partial(self.add_document, file))]
            self._banner.say(str(problem), other if isinstance(problem, BetterAttached) else [])

    def _remove(self, document: DocumentId) -> None:
        services = self._session.at_hand
        self._session.change(
            lambda: remove_document(services, document_id=document), lambda _none: self.refresh()
        )

    def _open_menu(self, at: QWidget) -> None:
        """Two ways for a file to go along."""
        menu = passing_menu(at)
        menu.addAction(tr("Put a text file into this message…"), self._choose_text)
        menu.addAction(tr("Attach a document to look things up in…"), self._choose_document)
        menu.popup(at.mapToGlobal(at.rect().topLeft()))

    def _choose_text(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(
            self._composer, tr("Choose files"), "", tr(TEXTS)
        )
        for name in names:
            self._insert(Path(name))

    def _choose_document(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self._composer, tr("Attach a document"), "", tr(DOCUMENTS)
        )
        if name:
            self.add_document(Path(name))
