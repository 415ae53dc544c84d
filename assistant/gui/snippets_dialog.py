"""The dialog in which snippets are added, changed and removed.

Contract: what was typed is never lost unasked. Whoever goes to another snippet, or closes, saves
what stands there; what cannot be saved stays, with the reason and a button that discards it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count

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
from assistant.gui.reflow import text_scale
from assistant.storage.snippets import Snippet
from assistant.usecases.snippets import LONGEST_NAME

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
        self.discard_button = button(tr("Discard"), self._discard, kind="quiet")
        self.discard_button.hide()
        self._shown: Snippet | None = None  # None: a new one is being written
        self._wanted = ""  # the name to show once it is stored
        self._removing = False
        self._leave: Callable[[], object] | None = None  # once what was typed is saved
        self._lay_out()
        self.list.currentItemChanged.connect(lambda now, _before: self._go_to(now))
        self.show_snippets(snippets)
        self.name.setFocus()
        room = self.screen().availableSize()
        wide, high = (round(text_scale(parent or self) * pixels) for pixels in SIZE)
        self.resize(min(wide, room.width()), min(high, room.height()))

    def show_snippets(self, snippets: Sequence[Snippet]) -> None:
        """List these; the one stored last stays in hand, and so does what is being typed."""
        self.list.blockSignals(True)
        self.list.clear()
        QListWidgetItem(tr("New snippet"), self.list)
        for snippet in snippets:
            item = QListWidgetItem(snippet.name, self.list)
            item.setData(Qt.ItemDataRole.UserRole, snippet)
        self.list.blockSignals(False)
        self._show_row(self._wanted, fill=not self._unsaved())

    def changed_to(self, snippet: Snippet) -> None:
        """It was stored as this, or removed."""
        removed, leave = self._removing, self._leave
        self._removing, self._leave = False, None
        self._shown = None if removed else snippet
        self._wanted = "" if removed else snippet.name
        self._no_problem()
        announce(self, tr("Removed") if removed else tr("Saved"))
        if removed:
            self._fill(None)
        if leave is not None:
            leave()

    def tell(self, sentence: str) -> None:
        """Say why it was not stored."""
        self._removing = False
        self.problem.setText(sentence)
        self.problem.show()
        self.discard_button.setVisible(self._leave is not None)
        announce(self, sentence)

    def reject(self) -> None:
        """Close, with what was typed saved before."""
        self._keep_then(partial(QDialog.reject, self))

    def _go_to(self, item: QListWidgetItem | None) -> None:
        """Show another snippet, with what was typed saved before."""
        chosen = None if item is None else _snippet_of(item)
        name = chosen.name if chosen else ""
        if self._unsaved():
            self._show_row(self._shown.name if self._shown else "", fill=False)
        self._keep_then(partial(self._show_row, name))

    def _keep_then(self, leave: Callable[[], object]) -> None:
        if not self._unsaved():
            leave()
            return
        self._leave = leave
        self._store()

    def _discard(self) -> None:
        """Without what was typed."""
        leave, self._leave = self._leave, None
        self._fill(self._shown)
        if leave is not None:
            leave()

    def _unsaved(self) -> bool:
        """Whether something was typed that is not stored."""
        known = (self._shown.name, self._shown.text) if self._shown else ("", "")
        return (" ".join(self.name.text().split()), self.text.toPlainText().strip()) != known

    def _show_row(self, name: str, *, fill: bool = True) -> None:
        """The row of a name (of a new snippet, if there is none), and what it holds."""
        self._wanted = name
        found = [row for row in range(1, self.list.count()) if self._named(row, name)]
        item = self.list.item(found[0] if found else 0)
        self.list.blockSignals(True)
        self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if fill:
            self._fill(_snippet_of(item))

    def _named(self, row: int, name: str) -> bool:
        return self.list.item(row).text().casefold() == name.casefold()

    def _fill(self, snippet: Snippet | None) -> None:
        self._shown = snippet
        self.name.setText(snippet.name if snippet else "")
        self.text.setPlainText(snippet.text if snippet else "")
        self.remove_button.setEnabled(snippet is not None)
        self._no_problem()

    def _no_problem(self) -> None:
        for part in (self.problem, self.discard_button):
            part.hide()

    def _save(self) -> None:
        self._leave = None
        self._store()

    def _store(self) -> None:
        """Have it stored; a text without a name gets one from its beginning."""
        text = self.text.toPlainText()
        name = self.name.text() if self.name.text().strip() else self._name_from(text)
        if self._shown is None:
            self.added.emit(name, text)
        else:
            self.changed.emit(self._shown.name, name, text)

    def _name_from(self, text: str) -> str:
        """The first words of a text, with a number where another snippet is called so."""
        shown = self._shown.name.casefold() if self._shown else ""
        taken = {self.list.item(row).text().casefold() for row in range(1, self.list.count())}
        begun = " ".join(text.split())
        names = (_shortened(begun, f" {n}" if n > 1 else "") for n in count(1))
        return next(name for name in names if name.casefold() not in taken - {shown})

    def _remove(self) -> None:
        if self._shown is not None:
            self._removing = True
            self.removed.emit(self._shown.name)

    def _lay_out(self) -> None:
        """List over fields over buttons, which also fits a narrow window."""
        row = FlowLayout()
        close = button(tr("Close"), self.reject, kind="quiet")
        new = button(tr("New"), self._new)
        for made in (self.save_button, new, self.remove_button, self.discard_button, close):
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
        self._go_to(self.list.item(0))
        self.name.setFocus()


def _snippet_of(item: QListWidgetItem) -> Snippet | None:
    """The snippet in a row; None in the row for a new one."""
    found: Snippet | None = item.data(Qt.ItemDataRole.UserRole)
    return found


def _shortened(text: str, mark: str) -> str:
    """As many words of a text as a name may have, with a mark behind them."""
    room = LONGEST_NAME - len(mark)
    if len(text) > room:
        text = text[: room - 1].rsplit(" ", 1)[0] + "…"
    return text + mark
