"""One sentence at the top of the conversation: what happened, why, and the button that helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistant.gui.controls import announce, button, label
from assistant.gui.language import tr


class Banner(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.text = label("", wrap=True)
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.text)
        column.addLayout(self._row)
        self.hide()

    def say(
        self,
        text: str,
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
        *,
        closable: bool = True,
    ) -> None:
        """Show a sentence with the buttons that do something about it."""
        for old in self.buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        self.buttons = [button(name, self._then(action)) for name, action in actions]
        if closable:
            self.buttons.append(
                button(tr("Close"), self.hide, kind="quiet", name=tr("Close this note"))
            )
        for made in self.buttons:
            self._row.addWidget(made)
        self.text.setText(text)
        self.show()
        announce(self, text)

    def _then(self, action: Callable[[], object]) -> Callable[[], None]:
        """Hide, then act."""

        def act() -> None:
            self.hide()
            action()

        return act
