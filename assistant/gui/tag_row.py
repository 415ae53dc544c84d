"""One tag in the explanation: its weight, how sure that is, the rankings behind it, pin and ban."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from assistant.domain.model import TagWeight
from assistant.gui.candidate_model import order_text
from assistant.gui.controls import button, label, show_breakable
from assistant.gui.language import figure, marked, quoted, tr, trn
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.learned_parts import signed

if TYPE_CHECKING:  # loaded once the window is painted
    from assistant.usecases.why import Behind

FULL_BAR = 1.0  # nats; a weight at which the bar is full
GONE = marked("No longer in the library.")
LONGEST_QUERY = 60  # characters of a query that stands for a topic
SHOWN = 5  # rankings listed, the most influential first


class TagRow(QWidget):
    """Says what the user wants of the tag; shows what it is told."""

    flagged = Signal(str, bool, bool)  # tag, pinned, banned
    asked_behind = Signal(str, object)  # tag, ids of the rankings

    def __init__(self, tag: str, weight: TagWeight | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tag, self.weight = tag, weight
        self.note = label(evidence(weight) if weight else tr(GONE), "note", wrap=True)
        self.behind = label("", "note", wrap=True)
        self.behind.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(3)
        top = QHBoxLayout()
        top.addWidget(label(tag, wrap=True), 1)
        column.addLayout(top)
        if weight is None:
            column.addWidget(self.note)
            return
        top.addWidget(label(signed(weight.weight)))
        column.addWidget(_bar(weight))
        column.addWidget(self.note)
        for line in topic_lines(weight):
            column.addWidget(label(line, "note", wrap=True))
        column.addLayout(self._buttons(weight))
        column.addWidget(self.behind)

    def show_behind(self, found: Sequence[Behind]) -> None:
        """List the rankings that moved this weight most."""
        lines = [f"• {order_text(one.order)}: {quoted(one.query)}" for one in found[:SHOWN]]
        if len(found) > SHOWN:
            lines.append(trn("and %n more", "and %n more", len(found) - SHOWN))
        show_breakable(self.behind, "\n".join(lines))
        self.behind.show()

    def _buttons(self, weight: TagWeight) -> FlowLayout:
        """Show the rankings, pin or not, ban or not."""
        row = FlowLayout()
        if weight.rankings:
            ask = button(
                tr("Show rankings"),
                self._toggle_behind,
                kind="quiet small",
                name=tr("Rankings behind {tag}", tag=self.tag),
            )
            row.addWidget(ask)
        pin = button(
            tr("Unpin") if weight.pinned else tr("Pin"),
            lambda: self.flagged.emit(self.tag, not weight.pinned, False),
            kind="quiet small",
            name=tr("Do not pin {tag}", tag=self.tag)
            if weight.pinned
            else tr("Always use {tag}", tag=self.tag),
        )
        ban = button(
            tr("Allow") if weight.banned else tr("Ban"),
            lambda: self.flagged.emit(self.tag, False, not weight.banned),
            kind="quiet small",
            name=tr("Allow {tag} again", tag=self.tag)
            if weight.banned
            else tr("Never use {tag}", tag=self.tag),
        )
        row.addWidget(pin)
        row.addWidget(ban)
        return row

    def _toggle_behind(self) -> None:
        if self.behind.isHidden() and self.weight is not None:
            self.asked_behind.emit(self.tag, self.weight.rankings)
        else:
            self.behind.hide()


def evidence(weight: TagWeight) -> str:
    """What the user decided about a tag, or how many rankings are behind it and how sure it is."""
    if weight.pinned:
        return tr("pinned: in every reply with guidance from now on")
    if weight.banned:
        return tr("banned: in no reply from now on")
    count = len(weight.rankings)
    if not count:
        return tr("none of your rankings yet")
    sure = tr("sure") if abs(weight.weight) > 2 * weight.sd else tr("not sure yet")
    return f"{trn('%n ranking', '%n rankings', count)}, {sure} (±{figure(weight.sd, '.2f')})"


def topic_lines(weight: TagWeight) -> list[str]:
    """Its strength with each topic of queries, where topics matter."""
    return [
        tr(
            "{weight} ± {sd:.2f} with queries like “{query}”",
            query=shorten(topic.query, LONGEST_QUERY, placeholder="…"),
            weight=signed(topic.weight),
            sd=topic.sd,
        )
        for topic in weight.topics
    ]


def _bar(weight: TagWeight) -> QProgressBar:
    """The size of a weight, whatever its sign."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedHeight(4)
    bar.setRange(0, 100)
    bar.setValue(round(100 * min(1.0, abs(weight.weight) / FULL_BAR)))
    bar.setAccessibleName(tr("Weight of {name}", name=weight.name))
    return bar
