"""What importing a profile would change, shown before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.gui.controls import button, label
from assistant.gui.language import tr, trn
from assistant.gui.learned_parts import when
from assistant.usecases.profile_file import Difference

MINIMUM_WIDTH = 340  # below the window's own least width
NAMED = 8  # tags named before "and N more"


class ImportDialog(QDialog):
    """The difference, and three ways on: add, replace, leave it."""

    chosen = Signal(bool)  # whether to replace what is here

    def __init__(self, file: Path, difference: Difference, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import a profile"))
        self.setMinimumWidth(MINIMUM_WIDTH)
        self.lines = difference_lines(difference)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(
            label(
                tr("{name}, of {when}", name=file.name, when=when(difference.created_at)), "letter"
            )
        )
        for line in self.lines:
            column.addWidget(label(line, wrap=True))
        column.addWidget(
            label(
                tr(
                    "Replace forgets every ranking of yours first, after a backup of the data file."
                ),
                "note",
                wrap=True,
            )
        )
        self.merge = button(tr("Add to what is here"), lambda: self._choose(False), kind="primary")
        self.replace = button(tr("Replace what is here"), lambda: self._choose(True))
        row = QHBoxLayout()
        row.addStretch(1)
        for part in (button(tr("Cancel"), self.reject, kind="quiet"), self.replace, self.merge):
            row.addWidget(part)
        column.addLayout(row)
        self.merge.setFocus()

    def _choose(self, replace: bool) -> None:
        self.chosen.emit(replace)
        self.accept()


def difference_lines(difference: Difference) -> list[str]:
    """What would change, a sentence for each kind of thing."""
    lessons = trn("%n new lesson", "%n new lessons", difference.new_lessons)
    known = difference.known_lessons
    here = [trn("%n is here already", "%n are here already", known)] if known else []
    lines = ["; ".join([lessons, *here]) + "."]
    if difference.new_tags:
        lines.append(
            tr("New tags, unused until you allow them: {names}.", names=_names(difference.new_tags))
        )
    if difference.new_rules:
        lines.append(
            tr(
                "New rules, unused until you allow them: {names}.",
                names=_names(difference.new_rules),
            )
        )
    if difference.new_snippets:
        lines.append(tr("New snippets: {names}.", names=_names(difference.new_snippets)))
    if difference.pinned:
        lines.append(tr("Would be pinned: {names}.", names=_names(difference.pinned)))
    if difference.banned:
        lines.append(tr("Would be banned: {names}.", names=_names(difference.banned)))
    if not (difference.new_lessons or len(lines) > 1):
        lines.append(tr("Nothing would change."))
    return lines


def _names(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    named = ", ".join(names[:NAMED])
    return (
        trn("{names} and %n more", "{names} and %n more", rest, names=named) if rest > 0 else named
    )
