"""A line that says what was done and takes it back for a while."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from assistant.gui.controls import announce, button, label
from assistant.gui.kept_focus import hide_with_focus
from assistant.gui.language import tr, trn

UNDO_MILLISECONDS = 10_000


class UndoBar(QFrame):
    """Hidden until something was done."""

    left = Signal()  # it had the keyboard, and is gone

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("calm", True)
        self.text = label("", "note", wrap=True)
        self.undo_button = button(tr("Undo"), self._undo, kind="quiet", name=tr("Undo it"))
        self._take_back: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 4, 4)
        row.addWidget(self.text, 1)
        row.addWidget(self.undo_button)
        self._timer = QTimer(self, singleShot=True, interval=UNDO_MILLISECONDS)
        self._timer.timeout.connect(self._leave)
        self.hide()

    def offer(self, text: str, take_back: Callable[[], object]) -> None:
        """Say what was done; `take_back` undoes it."""
        self._take_back = take_back
        self.text.setText(text)
        self.show()
        self._timer.start()
        announce(
            self,
            trn(
                "{text} Undo is possible for %n second.",
                "{text} Undo is possible for %n seconds.",
                UNDO_MILLISECONDS // 1000,
                text=text,
            ),
        )

    def _leave(self) -> None:
        """Hide; the keyboard is not left to whatever comes next."""
        if hide_with_focus(self):
            self.left.emit()

    def _undo(self) -> None:
        self._leave()
        take_back, self._take_back = self._take_back, None
        if take_back is not None:
            take_back()
