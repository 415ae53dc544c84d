"""One tag in the explanation: its weight, how sure that is, the rankings behind it, pin and ban."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from assistant.domain.model import TagWeight
from assistant.gui.candidate_model import order_text
from assistant.gui.controls import button, label

if TYPE_CHECKING:  # loaded once the window is painted
    from assistant.usecases.why import Behind

FULL_BAR = 1.0  # nats; a weight at which the bar is full
GONE = "No longer in the library."
SHOWN = 5  # rankings listed, the most influential first


class TagRow(QWidget):
    """Says what the user wants of the tag; shows what it is told."""

    flagged = Signal(str, bool, bool)  # tag, pinned, banned
    asked_behind = Signal(str, object)  # tag, ids of the rankings

    def __init__(self, tag: str, weight: TagWeight | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tag, self.weight = tag, weight
        self.note = label(evidence(weight) if weight else GONE, "note", wrap=True)
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
        top.addWidget(label(f"{weight.weight:+.2f}".replace("-", "−")))
        column.addWidget(_bar(weight))
        column.addWidget(self.note)
        column.addLayout(self._buttons(weight))
        column.addWidget(self.behind)

    def show_behind(self, found: Sequence[Behind]) -> None:
        """List the rankings that moved this weight most."""
        lines = [f"• {order_text(one.order)}: “{one.query}”" for one in found[:SHOWN]]
        if len(found) > SHOWN:
            lines.append(f"and {len(found) - SHOWN} more")
        self.behind.setText("\n".join(lines))
        self.behind.show()

    def _buttons(self, weight: TagWeight) -> QHBoxLayout:
        """Show the rankings, pin or not, ban or not."""
        row = QHBoxLayout()
        row.setSpacing(4)
        if weight.rankings:
            ask = button(
                "Show rankings",
                self._toggle_behind,
                kind="quiet small",
                name=f"Rankings behind {self.tag}",
            )
            row.addWidget(ask)
        pin = button(
            "Unpin" if weight.pinned else "Pin",
            lambda: self.flagged.emit(self.tag, not weight.pinned, False),
            kind="quiet small",
            name=f"Do not pin {self.tag}" if weight.pinned else f"Always use {self.tag}",
        )
        ban = button(
            "Allow" if weight.banned else "Ban",
            lambda: self.flagged.emit(self.tag, False, not weight.banned),
            kind="quiet small",
            name=f"Allow {self.tag} again" if weight.banned else f"Never use {self.tag}",
        )
        row.addWidget(pin)
        row.addWidget(ban)
        row.addStretch(1)
        return row

    def _toggle_behind(self) -> None:
        if self.behind.isHidden() and self.weight is not None:
            self.asked_behind.emit(self.tag, self.weight.rankings)
        else:
            self.behind.hide()


def evidence(weight: TagWeight) -> str:
    """What the user decided about a tag, or how many rankings are behind it and how sure it is."""
    if weight.pinned:
        return "pinned: in every reply with guidance from now on"
    if weight.banned:
        return "banned: in no reply from now on"
    count = len(weight.rankings)
    if not count:
        return "none of your rankings yet"
    sure = "sure" if abs(weight.weight) > 2 * weight.sd else "not sure yet"
    plural = "ranking" if count == 1 else "rankings"
    return f"{count} {plural}, {sure} (±{weight.sd:.2f})"


def _bar(weight: TagWeight) -> QProgressBar:
    """The size of a weight, whatever its sign."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedHeight(4)
    bar.setRange(0, 100)
    bar.setValue(round(100 * min(1.0, abs(weight.weight) / FULL_BAR)))
    bar.setAccessibleName(f"Weight of {weight.name}")
    return bar
