"""What importing a profile would change, shown before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.gui.controls import button, label
from assistant.gui.learned_parts import counted, when
from assistant.usecases.profile_file import Difference

MINIMUM_WIDTH = 340  # below the window's own least width
NAMED = 8  # tags named before "and N more"


class ImportDialog(QDialog):
    """The difference, and three ways on: add, replace, leave it."""

    chosen = Signal(bool)  # whether to replace what is here

    def __init__(self, file: Path, difference: Difference, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Import a profile")
        self.setMinimumWidth(MINIMUM_WIDTH)
        self.lines = difference_lines(difference)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(f"{file.name}, of {when(difference.created_at)}", "letter"))
        for line in self.lines:
            column.addWidget(label(line, wrap=True))
        column.addWidget(
            label(
                "Replace forgets every ranking of yours first, after a backup of the data file.",
                "note",
                wrap=True,
            )
        )
        self.merge = button("Add to what is here", lambda: self._choose(False), kind="primary")
        self.replace = button("Replace what is here", lambda: self._choose(True))
        row = QHBoxLayout()
        row.addStretch(1)
        for part in (button("Cancel", self.reject, kind="quiet"), self.replace, self.merge):
            row.addWidget(part)
        column.addLayout(row)
        self.merge.setFocus()

    def _choose(self, replace: bool) -> None:
        self.chosen.emit(replace)
        self.accept()


def difference_lines(difference: Difference) -> list[str]:
    """What would change, a sentence for each kind of thing."""
    lessons = f"{counted(difference.new_lessons, 'new lesson')}"
    known = f"; {difference.known_lessons} are here already" if difference.known_lessons else ""
    lines = [f"{lessons}{known}."]
    if difference.new_tags:
        lines.append(f"New tags, unused until you allow them: {_names(difference.new_tags)}.")
    if difference.new_rules:
        lines.append(f"New rules, unused until you allow them: {_names(difference.new_rules)}.")
    if difference.new_snippets:
        lines.append(f"New snippets: {_names(difference.new_snippets)}.")
    if difference.pinned:
        lines.append(f"Would be pinned: {_names(difference.pinned)}.")
    if difference.banned:
        lines.append(f"Would be banned: {_names(difference.banned)}.")
    if not (difference.new_lessons or len(lines) > 1):
        lines.append("Nothing would change.")
    return lines


def _names(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {rest} more" if rest > 0 else "")
