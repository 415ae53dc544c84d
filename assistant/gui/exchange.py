"""Conversations leave and enter: export, print, and import of other programs' chats."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from assistant.domain.model import Conversation
from assistant.gui.language import marked, tr, trn
from assistant.gui.session import Session
from assistant.gui.tasks import Lane
from assistant.usecases import history
from assistant.usecases.import_chats import Imported, import_chats

KINDS = marked("Markdown (*.md);;JSON with everything (*.json);;PDF (*.pdf)")
CHATS = marked("Exports of ChatGPT, Claude or Attune (*.json *.zip)")
LONGEST_NAME = 60


class Exchange(QObject):
    """Asks for a file and says what came of it."""

    said = Signal(str)
    imported = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._window = session, window

    def export(self, one: Conversation) -> None:
        """Ask where to, then write it there."""
        name, kind = QFileDialog.getSaveFileName(
            self._window, tr("Export the conversation"), file_name(one.title), tr(KINDS)
        )
        if name:
            self.export_to(one, with_ending(Path(name), kind))

    def export_to(self, one: Conversation, file: Path) -> None:
        """Write a conversation into a file whose ending says how."""
        services = self._session.services

        def work() -> None:
            if file.suffix != ".pdf":
                history.export(services, conversation_id=one.id, file=file)
                return
            from assistant.gui.print_out import write_pdf

            write_pdf(history.show(services, conversation_id=one.id), file)

        self._session.run(
            Lane.BROWSE,
            work,
            lambda _none: self.said.emit(tr("“{title}” is in {file}.", title=one.title, file=file)),
        )

    def print(self, one: Conversation) -> None:
        """Let the user choose a printer, then print."""
        services = self._session.services
        self._session.change(
            lambda: history.show(services, conversation_id=one.id), self._print_transcript
        )

    def choose_import(self) -> None:
        """Ask for an export file of another program."""
        name, _kind = QFileDialog.getOpenFileName(self._window, tr("Import chats"), "", tr(CHATS))
        if name:
            self.import_from(Path(name))

    def import_from(self, file: Path) -> None:
        """Take over the chats of a file, each once."""
        services = self._session.services
        self._session.change(lambda: import_chats(services, file=file), self._imported)

    def _imported(self, done: Imported) -> None:
        self.said.emit(import_sentence(done))
        self.imported.emit()

    def _print_transcript(self, transcript: history.Transcript) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from assistant.gui.print_out import document_of

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(tr("Print “{title}”", title=transcript.conversation.title))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            document_of(transcript).print_(printer)


def import_sentence(done: Imported) -> str:
    """What came in, what was here already, and what was none."""
    sentences = [
        trn(
            "%n conversation from {program} added",
            "%n conversations from {program} added",
            done.added,
            program=done.program,
        )
    ]
    if done.known:
        sentences.append(trn("%n was here already", "%n were here already", done.known))
    if done.left_out:
        sentences.append(
            trn("%n entry held no conversation", "%n entries held no conversation", done.left_out)
        )
    return ", ".join(sentences) + tr(". Look under “From {program}”.", program=done.program)


def file_name(title: str) -> str:
    """A title as the beginning of a file's name that every system takes."""
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f\s]+', " ", title).strip(" .")[:LONGEST_NAME].strip(" .")
    return f"{name or 'conversation'}.md"


def with_ending(file: Path, kind: str) -> Path:
    """The file with the ending of the kind chosen, unless it has one that is known."""
    if file.suffix.lower() in (".md", ".json", ".pdf"):
        return file.with_suffix(file.suffix.lower())
    ending = re.search(r"\*(\.\w+)", kind)
    return file.with_name(file.name + (ending[1] if ending else ".md"))
