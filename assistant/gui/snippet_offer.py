"""What a “/” at the start of a message offers: the snippets whose names hold what follows it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView

from assistant.gui.controls import announce
from assistant.gui.language import tr, trn
from assistant.gui.query_edit import QueryEdit
from assistant.storage.snippets import Snippet

SLASH = "/"
SHOWN = 60  # characters of a snippet beside its name
ROWS = 8  # of them seen at once
_NAME, _TEXT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class SnippetOffer(QObject):
    """A list at the field; Enter or Tab puts the text chosen in the place of what was typed."""

    def __init__(self, edit: QueryEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._model = QStandardItemModel(self)
        self.completer = completer = QCompleter(self._model, self)
        completer.setCompletionRole(_NAME)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(ROWS)
        completer.setWidget(edit)
        self.list = QListView()
        self.list.setObjectName("offer")
        self.list.setAccessibleName(tr("Snippets"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer.setPopup(self.list)
        completer.activated[QModelIndex].connect(self._take)  # type: ignore[index] # an overload
        completer.highlighted.connect(lambda name: announce(edit, str(name)))
        edit.offer = self.list
        edit.textChanged.connect(self._look)

    def show_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Offer these from now on."""
        self._model.clear()
        for snippet in snippets:
            flat = " ".join(snippet.text.split())
            item = QStandardItem(
                f"{SLASH}{snippet.name}   {flat[:SHOWN]}{'…' if len(flat) > SHOWN else ''}"
            )
            item.setData(snippet.name, _NAME)
            item.setData(snippet.text, _TEXT)
            self._model.appendRow(item)

    def _look(self) -> None:
        """Open, narrow down or close the list after what was typed."""
        text, popup = self._edit.toPlainText(), self.list
        if not (text.startswith(SLASH) and "\n" not in text and self._edit.hasFocus()):
            popup.hide()
            return
        self.completer.setCompletionPrefix(text[len(SLASH) :])
        found = self.completer.completionCount()
        if not found:
            popup.hide()
            return
        opened = not popup.isVisible()
        self.completer.complete()
        popup.setCurrentIndex(self.completer.completionModel().index(0, 0))
        if opened:
            announce(self._edit, trn("%n snippet offered", "%n snippets offered", found))

    def _take(self, index: QModelIndex) -> None:
        """The text itself takes the place of its name; undo brings the name back."""
        cursor = self._edit.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(str(index.data(_TEXT)))
        self._edit.setTextCursor(cursor)
