"""Which documents a query's replies draw on, in one quiet line under it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from assistant.domain.model import Round
from assistant.gui.controls import ElidedLabel
from assistant.gui.language import tr


class DrawnOn(ElidedLabel):
    """Names the passages; what they say is in the tip. Hidden where there are none."""

    def __init__(self) -> None:
        super().__init__("note")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.hide()

    def show_round(self, round_: Round) -> None:
        """Show those of this round."""
        passages = "\n\n".join(f"{one.label}:\n{one.text}" for one in round_.sources)
        self.show_text(tr("Drawn on: {names}", names="; ".join(round_.drawn_on)))
        self.setToolTip(passages)
        self.setAccessibleDescription(passages)
        self.setVisible(bool(round_.sources))
