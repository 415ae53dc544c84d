"""One sentence over the message: what happened, why, and the button that helps.

Contract: a problem looks like one, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from assistant.gui.controls import announce, button, label, restyle
from assistant.gui.kept_focus import hide_with_focus, kept_focus
from assistant.gui.language import tr
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.reflow import WrappedButton

Actions = Sequence[tuple[str, Callable[[], object]]]  # names of buttons, and what they do


class Banner(QFrame):
    """Hidden until there is something to say."""

    left = Signal()  # it had the keyboard, and is gone

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
        with kept_focus(self):  # what is going on is said again and again, with the same button
            self._offer(actions, closable)
        self.text.setText(text)
        restyle(self, "calm", calm)
        self.show()
        announce(self, text)

    def _offer(self, actions: Actions, closable: bool) -> None:
        for old in self.buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = [WrappedButton(name, self._then(action), "") for name, action in actions]
        if closable:
            self.buttons.append(
                button(tr("Close"), self._close, kind="quiet", name=tr("Close this note"))
            )
        for made in self.buttons:
            self._row.addWidget(made)

    def _close(self) -> None:
        """Hide; the keyboard goes to where the user goes on, not to whatever comes next."""
        if hide_with_focus(self):
            self.left.emit()

    def _then(self, action: Callable[[], object]) -> Callable[[], None]:
        """Hide, then act."""

        def act() -> None:
            self._close()
            action()

        return act
