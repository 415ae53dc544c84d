"""Keys pressed in the replies: commands, unless the user goes on typing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from window_steps import ask, ready, stored

from assistant.gui.start import Program
from assistant.gui.typing_ahead import PATIENCE, TypingAhead

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def asked(qtbot, start) -> Program:
    """One round, and the keyboard is in its replies."""
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "First")
    program.window.round_view.focus_first()
    return program


@pytest.mark.parametrize(
    "message", ["What about rice?", "another one", "a b c", "tell me", "sort this", "3 ideas"]
)
def test_a_message_typed_into_the_replies_is_a_message(qtbot, asked: Program, message) -> None:
    window = asked.window
    for letter in message:
        where = window.composer.edit if window.composer.edit.hasFocus() else window.focusWidget()
        shift = Qt.KeyboardModifier.ShiftModifier if letter.isupper() else NONE
        qtbot.keyClicks(where, letter, shift)
    qtbot.wait(2 * PATIENCE)
    assert window.composer.edit.toPlainText() == message
    assert window.composer.edit.hasFocus()
    assert stored(asked)[0].ranking is None
    assert not stored(asked)[0].skipped


def test_one_key_alone_is_a_command(qtbot, asked: Program) -> None:
    view = asked.window.round_view
    qtbot.keyClick(view.cards["A"], Qt.Key.Key_B)
    qtbot.waitUntil(lambda: stored(asked)[0].ranking is not None)
    assert asked.window.composer.edit.toPlainText() == ""


def test_who_ranks_and_goes_on_at_once_has_ranked(qtbot, asked: Program) -> None:
    view = asked.window.round_view
    qtbot.keyClick(view.cards["A"], Qt.Key.Key_B)
    qtbot.keyClick(view.cards["A"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(asked)[0].ranking is not None)
    (round_,) = stored(asked)
    assert round_.ranking.order.best == "B"
    assert round_.chosen == round_.candidate("B").id


def test_what_was_meant_for_a_round_is_not_done_to_the_next(qtbot, asked: Program) -> None:
    view = asked.window.round_view
    qtbot.keyClick(view.cards["A"], Qt.Key.Key_B)
    view.show_round(stored(asked)[0])
    qtbot.wait(2 * PATIENCE)
    assert view.model.order() is None


def test_what_waits_is_carried_out_once_or_becomes_text(qtbot, qapp) -> None:
    ahead, done = TypingAhead(qapp), []
    said: list[str] = []
    ahead.message.connect(said.append)
    ahead.command("T", lambda: done.append("tie"))
    assert not done
    qtbot.waitUntil(lambda: done == ["tie"])
    ahead.command("T", lambda: done.append("tie"))
    ahead.command("X", lambda: done.append("bad"))
    qtbot.wait(2 * PATIENCE)
    assert done == ["tie"]
    assert said == ["tx"]
