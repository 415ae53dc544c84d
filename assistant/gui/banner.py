"""One sentence over the message: what happened, why, and the button that helps.

Contract: a problem looks like one, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from assistant.gui.controls import announce, button, label, restyle
from assistant.gui.language import tr
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.reflow import WrappedButton

Actions = Sequence[tuple[str, Callable[[], object]]]  # names of buttons, and what they do


class Banner(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.text = label("", wrap=True)
        self.buttons: list[QPushButton] = []
        self._row = FlowLayout(to_right=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.text)
        column.addLayout(self._row)
        self.hide()

    def tell(self, text: str, actions: Actions = (), *, closable: bool = True) -> None:
        """Show what there is to know; nothing is wrong."""
        self._show(text, actions, closable, calm=True)

    def say(self, text: str, actions: Actions = (), *, closable: bool = True) -> None:
        """Show a problem with the buttons that do something about it."""
        self._show(text, actions, closable, calm=False)

    def _show(self, text: str, actions: Actions, closable: bool, *, calm: bool) -> None:
        for old in self.buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        self.buttons = [WrappedButton(name, self._then(action), "") for name, action in actions]
        if closable:
            self.buttons.append(
                button(tr("Close"), self.hide, kind="quiet", name=tr("Close this note"))
            )
        for made in self.buttons:
            self._row.addWidget(made)
        self.text.setText(text)
        restyle(self, "calm", calm)
        self.show()
        announce(self, text)

    def _then(self, action: Callable[[], object]) -> Callable[[], None]:
        """Hide, then act."""

        def act() -> None:
            self.hide()
            action()

        return act
