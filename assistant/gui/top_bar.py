"""The bar over the conversation: its title, the model, whether rankings are learned from, Why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from assistant.gui.controls import ElidedLabel, button

NEW_CHAT = "New chat"
LONGEST_MODEL = 28  # letters of a model's name that are shown


class TopBar(QFrame):
    """Says what the user pressed; shows what it is told."""

    learning_toggled = Signal(bool)
    models_wanted = Signal()
    why_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top")
        self._learning = True
        self.title = ElidedLabel("title")
        self.model = button("", self.models_wanted.emit, kind="chip")
        self.learning = button("", self._toggle, kind="chip")
        self.why = button("Why", self.why_wanted.emit, kind="quiet", name="Why, F4")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.addWidget(self.title, 1)
        for part in (self.model, self.learning, self.why):
            row.addWidget(part)
        self.show_title(NEW_CHAT)
        self.model.hide()
        self.show_learning(True)
        self.learning.hide()

    def show_title(self, text: str) -> None:
        """Name the conversation."""
        self.title.show_text(text)

    def show_model(self, name: str) -> None:
        """Name the model; nothing if there is none yet."""
        shown = name if len(name) <= LONGEST_MODEL else name[: LONGEST_MODEL - 1] + "…"
        self.model.setText(f"{shown}  ▾")
        self.model.setToolTip(name)
        self.model.setAccessibleName(f"Model: {name}; choose another")
        self.model.setVisible(bool(name))

    def show_learning(self, on: bool) -> None:
        """Whether rankings made now are learned from."""
        self._learning = on
        state, other = ("on", "off") if on else ("off", "on")
        self.learning.setText(f"Learning {state}")
        self.learning.setToolTip(
            "Your rankings change the next replies. Press to stop that."
            if on
            else "New rankings are kept but change nothing. Press to learn again."
        )
        self.learning.setAccessibleName(f"Learning is {state}; press to switch it {other}")
        self.learning.show()

    def _toggle(self) -> None:
        self.learning_toggled.emit(not self._learning)
