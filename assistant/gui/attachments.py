"""The line over the message: files that go into it, and documents of the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.documents import Document
from assistant.gui.controls import ElidedLabel, button
from assistant.gui.kept_focus import focus_within, kept_focus
from assistant.gui.language import tr, trn
from assistant.gui.text_files import TextFile


class Attachments(QWidget):
    """Hidden while there is nothing; each line says what it is and can be taken away."""

    changed = Signal()
    removed = Signal(object)  # DocumentId
    emptied = Signal()  # the last line had the keyboard, and is gone

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files: tuple[TextFile, ...] = ()
        self.documents: tuple[Document, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(4)
        self.hide()

    def add_file(self, file: TextFile) -> None:
        """One more file goes into the message."""
        self.files = (*(f for f in self.files if f.name != file.name), file)
        self._show()
        self.changed.emit()

    def take_files(self) -> tuple[TextFile, ...]:
        """The files, which are not attached any more: the message is sent."""
        files, self.files = self.files, ()
        self._show()
        return files

    def show_documents(self, documents: Sequence[Document]) -> None:
        """The documents of the conversation shown."""
        self.documents = tuple(documents)
        self._show()
        self.changed.emit()

    def _drop(self, file: TextFile) -> None:
        self.files = tuple(one for one in self.files if one is not file)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """One line for each; the keyboard stays in here while there is one."""
        within = focus_within(self) is not None
        with kept_focus(self):
            self._fill()
        some = bool(self.files or self.documents)
        self.setVisible(some)
        if within and not some:
            self.emptied.emit()

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for document in self.documents:
            passages = trn(
                "%n passage to look things up in",
                "%n passages to look things up in",
                document.passages,
            )
            pages = [trn("%n page", "%n pages", document.pages)] if document.pages else []
            about = " · ".join([document.name, *pages, passages])
            self._add(about, document.name, partial(self.removed.emit, document.id))
        for file in self.files:
            self._add(file.about, file.name, partial(self._drop, file))

    def _add(self, about: str, name: str, remove: partial[None]) -> None:
        line = QFrame()
        line.setObjectName("attached")
        row = QHBoxLayout(line)
        row.setContentsMargins(10, 2, 4, 2)
        text = ElidedLabel("note")
        text.show_text(about)
        row.addWidget(text, 1)
        row.addWidget(
            button(tr("Remove"), remove, kind="quiet small", name=tr("Remove {name}", name=name))
        )
        self._column.addWidget(line)
