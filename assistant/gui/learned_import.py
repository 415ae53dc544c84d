"""What importing a profile would change, shown before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from assistant.gui.controls import button, label
from assistant.gui.language import quoted, sentence, tr, trn
from assistant.gui.learned_parts import beside, when
from assistant.gui.reflow import text_scale
from assistant.usecases.profile_adapter import AdapterOffer
from assistant.usecases.profile_difference import Difference
from assistant.usecases.profile_prompts import PromptDifference

MINIMUM_WIDTH = 340  # below the window's own least width
WIDTH, HEIGHT = 560, 460  # at first; what does not fit is scrolled to
NAMED = 8  # tags named before "and N more"


class ImportDialog(QDialog):
    """The difference, and three ways on: add, replace, leave it.

    `replacing` is the difference to what is left once all that was learned here is forgotten.
    """

    chosen = Signal(bool)  # whether to replace what is here

    def __init__(
        self,
        file: Path,
        difference: Difference,
        replacing: Difference,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import a profile"))
        self.setMinimumWidth(MINIMUM_WIDTH)
        self.lines = difference_lines(difference)
        anew = [line for line in difference_lines(replacing) if line not in self.lines]
        if anew:
            self.lines.append(tr("If it replaces what is here:") + "\n" + "\n".join(anew))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(
            label(
                tr("{name}, of {when}", name=file.name, when=when(difference.created_at)), "letter"
            )
        )
        column.addWidget(_scrolled(self.lines), 1)
        column.addWidget(
            label(
                tr(
                    "Replace forgets every ranking of yours first, after a backup of the data "
                    "file; removing the import brings all of it back."
                ),
                "note",
                wrap=True,
            )
        )
        self.merge = button(tr("Add to what is here"), lambda: self._choose(False), kind="primary")
        self.replace = button(tr("Replace what is here"), lambda: self._choose(True))
        cancel = button(tr("Cancel"), self.reject, kind="quiet")
        column.addWidget(beside(self.merge, self.replace, cancel))
        self.resize(round(WIDTH * text_scale(self)), round(HEIGHT * text_scale(self)))
        self.merge.setFocus()

    def _choose(self, replace: bool) -> None:
        self.chosen.emit(replace)
        self.accept()


def _scrolled(lines: Sequence[str]) -> QScrollArea:
    """Paragraphs under each other, however long they are."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(10)
    for line in lines:
        column.addWidget(label(line, wrap=True))
    column.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setAccessibleName(tr("What would change"))
    area.setWidget(inner)
    return area


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
    lines += _prompt_lines(difference.prompts)
    if difference.adapter is not None:
        lines.append(_agent_line(difference.adapter))
    if difference.pinned:
        lines.append(tr("Would be pinned: {names}.", names=_names(difference.pinned)))
    if difference.banned:
        lines.append(tr("Would be banned: {names}.", names=_names(difference.banned)))
    if not (difference.new_lessons or _brings(difference)):
        lines.append(tr("Nothing would change."))
    return lines


def _brings(difference: Difference) -> bool:
    """Whether anything but lessons would come in."""
    new_agent = difference.adapter is not None and not difference.adapter.known
    named = (
        difference.new_tags,
        difference.new_rules,
        difference.new_snippets,
        difference.prompts.new,
        difference.prompts.updated,
        difference.pinned,
        difference.banned,
    )
    return new_agent or any(named)


def _prompt_lines(prompts: PromptDifference) -> list[str]:
    """What would become of the prompts."""
    lines = []
    if prompts.new:
        named = "\n".join(quoted(text) for text in prompts.new[:NAMED])
        if len(prompts.new) > NAMED:
            named += "\n" + trn("and %n more", "and %n more", len(prompts.new) - NAMED)
        lines.append(tr("New prompts, unused until you allow them:") + "\n" + named)
    if prompts.updated:
        lines.append(
            trn(
                "%n prompt would take over what it has done since.",
                "%n prompts would take over what they have done since.",
                len(prompts.updated),
            )
        )
    if prompts.changed:
        lines.append(
            trn(
                "%n prompt is here with another score; yours stays.",
                "%n prompts are here with other scores; yours stay.",
                len(prompts.changed),
            )
        )
    if prompts.known:
        lines.append(
            trn("%n prompt is here already.", "%n prompts are here already.", prompts.known)
        )
    return lines


def _agent_line(agent: AdapterOffer) -> str:
    """What would become of the agent."""
    made = trn(
        "An agent of {when}, trained on %n ranking",
        "An agent of {when}, trained on %n rankings",
        agent.rankings,
        when=when(agent.created_at),
    )
    if agent.known:
        return tr("{agent}, is here already.", agent=made)
    if agent.hindrance:
        return tr(
            "{agent}, is kept but cannot be used now. {why}",
            agent=made,
            why=sentence(agent.hindrance),
        )
    return tr("{agent}, off until you switch it on under Versions.", agent=made)


def _names(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    named = ", ".join(names[:NAMED])
    return (
        trn("{names} and %n more", "{names} and %n more", rest, names=named) if rest > 0 else named
    )
