"""A chat that outgrows the model's context says so before sending, with what can be done."""

from __future__ import annotations

from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.generation.scripted import ScriptedBackend
from assistant.gui.start import Program
from assistant.settings import REPLIES

SMALL = 512  # tokens of context


def outgrown(qtbot: QtBot, start, **options: object) -> Program:
    """A chat of two long turns in a small context, of which the first no longer fits."""
    program = start(ScriptedBackend(["word " * 150], context=SMALL), **options)
    ready(qtbot, program)
    program.store.run(lambda db: db.settings.set(REPLIES, 1))
    program.window.composer.set_drafts(1)
    for text in ("First?", "Second?"):
        ask(qtbot, program, text)
    qtbot.keyClicks(program.window.composer.edit, "Third?")
    note = program.window.composer.overflow
    qtbot.waitUntil(note.isVisible)
    return program


def test_it_says_how_many_turns_the_model_will_not_see(qtbot: QtBot, start) -> None:
    program = outgrown(qtbot, start)
    assert "no longer fit" in program.window.composer.overflow.text.text()
    assert program.window.composer.edit.toPlainText() == "Third?"


def test_going_on_without_them_is_not_asked_again_in_this_chat(qtbot: QtBot, start) -> None:
    program = outgrown(qtbot, start)
    composer = program.window.composer
    composer.overflow.go_on_button.click()
    assert not composer.overflow.isVisible()
    with qtbot.waitSignal(program.window.desk.foresight.measured) as measured:
        qtbot.keyClicks(composer.edit, " And more?")
    assert measured.args[0].dropped > 0
    assert not composer.overflow.isVisible()


def test_a_new_chat_takes_the_message_along_and_leaves_the_old_one_empty(
    qtbot: QtBot, start
) -> None:
    program = outgrown(qtbot, start)
    old = program.window.session.conversation
    composer = program.window.composer
    composer.overflow.new_button.click()
    assert program.window.session.conversation is None
    assert composer.edit.toPlainText() == "Third?"
    with qtbot.waitSignal(program.window.desk.foresight.measured):
        qtbot.keyClicks(composer.edit, "!")
    assert not composer.overflow.isVisible()
    program.window.session.open(old)
    qtbot.waitUntil(lambda: program.window.session.conversation == old)
    assert composer.edit.toPlainText() == ""
    assert [one.text for one in stored(program)] == ["First?", "Second?"]


def test_a_chat_that_fits_says_nothing(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "First?")
    with qtbot.waitSignal(program.window.desk.foresight.measured):
        qtbot.keyClicks(program.window.composer.edit, "Second?")
    assert not program.window.composer.overflow.isVisible()
