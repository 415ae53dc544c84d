"""What a user does in the window, as steps for tests."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.model import Round
from assistant.gui.start import Program


def ready(qtbot: QtBot, program: Program) -> None:
    qtbot.waitUntil(lambda: program.window.composer.isEnabled())


def ask(qtbot: QtBot, program: Program, text: str, *, wait: bool = True) -> None:
    qtbot.keyClicks(program.window.composer.edit, text)
    qtbot.keyClick(program.window.composer.edit, Qt.Key.Key_Return)
    session = program.window.session
    assert session is not None
    if wait:
        qtbot.waitUntil(
            lambda: not session.writing and bool(session.round and session.round.candidates)
        )


def stored(program: Program) -> tuple[Round, ...]:
    session = program.window.session
    assert session is not None
    assert session.conversation is not None
    conversation = session.conversation
    return program.store.run(lambda db: db.rounds.of_conversation(conversation))


def turn_wheel(
    over: QWidget, steps: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """As a mouse does; upwards is positive."""
    window = over.window()
    at = over.mapTo(window, over.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(at), QPoint(0, 120 * steps), QPoint(), held)
