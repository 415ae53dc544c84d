"""The dialog in which snippets are added, changed and removed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from assistant.gui.controls import announce, button, label
from assistant.gui.language import tr
from assistant.gui.learned_flow import FlowLayout
from assistant.storage.snippets import Snippet

MINIMUM_WIDTH = 340  # below the window's own least width
SIZE = (460, 520)


class SnippetsDialog(QDialog):
    """Tells what the user wants; whether it was done comes back as new snippets or a sentence."""

    added = Signal(str, str)  # name, text
    changed = Signal(str, str, str)  # the name until now, name, text
    removed = Signal(str)  # name

    def __init__(self, snippets: Sequence[Snippet], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Snippets"))
        self.setMinimumWidth(MINIMUM_WIDTH)
        self.resize(*SIZE)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Snippets"))
        self.name, self.text = QLineEdit(), QPlainTextEdit()
        self.name.setAccessibleName(tr("Name"))
        self.text.setAccessibleName(tr("Text"))
        self.text.setTabChangesFocus(True)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.save_button = button(tr("Save"), self._save, kind="primary")
        self.remove_button = button(tr("Remove"), self._remove, kind="warning")
        self._shown: Snippet | None = None  # None: a new one is being written
        self._wanted = ""  # the name to show once it is stored
        self._lay_out()
        self.list.currentItemChanged.connect(lambda now, _before: self._pick(now))
        self.show_snippets(snippets)
        self.name.setFocus()

    def show_snippets(self, snippets: Sequence[Snippet]) -> None:
        """List these; the one stored last stays in hand."""
        wanted = self._wanted.casefold()
        self.list.blockSignals(True)
        self.list.clear()
        at = QListWidgetItem(tr("New snippet"), self.list)
        for snippet in snippets:
            item = QListWidgetItem(snippet.name, self.list)
            item.setData(Qt.ItemDataRole.UserRole, snippet)
            at = item if snippet.name.casefold() == wanted else at
        self.list.setCurrentItem(at)
        self.list.blockSignals(False)
        self._pick(at)

    def changed_to(self, name: str) -> None:
        """It was stored under this name."""
        removed = self._shown is not None and not self._wanted
        self._wanted = "" if removed else name
        self.problem.hide()
        announce(self, tr("Removed") if removed else tr("Saved"))

    def tell(self, sentence: str) -> None:
        """Say why it was not stored."""
        self.problem.setText(sentence)
        self.problem.show()
        announce(self, sentence)

    def _pick(self, item: QListWidgetItem | None) -> None:
        self._shown = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.name.setText(self._shown.name if self._shown else "")
        self.text.setPlainText(self._shown.text if self._shown else "")
        self.remove_button.setEnabled(self._shown is not None)
        self.problem.hide()

    def _save(self) -> None:
        name, text = self.name.text(), self.text.toPlainText()
        self._wanted = name
        if self._shown is None:
            self.added.emit(name, text)
        else:
            self.changed.emit(self._shown.name, name, text)

    def _remove(self) -> None:
        if self._shown is not None:
            self._wanted = ""
            self.removed.emit(self._shown.name)

    def _lay_out(self) -> None:
        """List over fields over buttons, which also fits a narrow window."""
        row = FlowLayout()
        close = button(tr("Close"), self.reject, kind="quiet")
        for made in (self.save_button, button(tr("New"), self._new), self.remove_button, close):
            row.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        about = tr("Texts you use often. In a message, “/” and the name puts one in.")
        column.addWidget(label(about, "note", wrap=True))
        column.addWidget(self.list, 1)
        for title, field in ((tr("Name"), self.name), (tr("Text"), self.text)):
            named = label(title)
            named.setBuddy(field)
            column.addWidget(named)
            column.addWidget(field, 1 if field is self.text else 0)
        column.addWidget(self.problem)
        column.addLayout(row)

    def _new(self) -> None:
        self._wanted = ""
        self.list.setCurrentRow(0)
        self.name.setFocus()
