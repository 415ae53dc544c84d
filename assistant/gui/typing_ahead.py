"""Keys pressed in the replies: a command, or the beginning of the next message?

Whoever goes on typing means a message, so a key that is a command waits a moment: if more keys
follow at once, all of them become text, and nothing is ranked.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

PATIENCE = 350  # milliseconds; slow typists take as long between two keys of a word


class TypingAhead(QObject):
    """One for each place with commands of one key."""

    message = Signal(str)  # text that belongs into the message

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._keys = ""  # what waits
        self._does: Callable[[], object] | None = None
        self._wait = QTimer(self, singleShot=True, interval=PATIENCE)
        self._wait.timeout.connect(self.settle)

    def command(self, key: str, does: Callable[[], object]) -> None:
        """A key that does something, unless more keys follow at once."""
        held = QGuiApplication.keyboardModifiers()
        typed = key if held & Qt.KeyboardModifier.ShiftModifier else key.lower()
        if self._keys:
            self.text(typed)
            return
        self._keys, self._does = typed, does
        self._wait.start()

    def at_once(self, does: Callable[[], object]) -> None:
        """Anything else that does something here: after what waits."""
        self.settle()
        does()

    def settle(self) -> None:
        """Nothing more follows: what waits was a command."""
        does = self._does
        self.forget()
        if does is not None:
            does()

    def forget(self) -> None:
        """What waits was meant for what is gone."""
        self._wait.stop()
        self._keys, self._does = "", None

    def text(self, typed: str) -> None:
        """Keys that do nothing here: they and what waits are text; no message begins blank."""
        begun = self._keys
        self.forget()
        if (begun + typed).strip():
            self.message.emit(begun + typed)
