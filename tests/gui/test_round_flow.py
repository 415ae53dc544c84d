"""From Send to the first word: nobody waits for what is still being loaded."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.generation.scripted import ScriptedBackend
from assistant.gui.start import Program


class Loading(ScriptedBackend):
    """A backend that says nothing of its model before it is loaded."""

    def __init__(self, loaded: threading.Event) -> None:
        super().__init__(["First.", "Second.", "Third."])
        self._loaded = loaded

    def info(self):
        self._loaded.wait()
        return super().info()


@pytest.fixture
def loaded() -> Iterator[threading.Event]:
    """Set when the model is loaded; at the latest when the test is over."""
    event = threading.Event()
    yield event
    event.set()


def loading(qtbot: QtBot, start, loaded: threading.Event) -> Program:
    program: Program = start(Loading(loaded))
    ready(qtbot, program)
    return program


def test_a_query_is_shown_before_anything_else_happens_whatever_is_being_loaded(
    qtbot: QtBot, start, loaded
) -> None:
    program = loading(qtbot, start, loaded)
    composer, conversation = program.window.composer, program.window.conversation
    composer.edit.setPlainText("Why?")
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    # no event was handled since
    assert conversation.bubble is not None
    assert conversation.bubble.said.text() == "Why?"
    assert conversation.bubble.isVisible()
    assert not conversation.empty.isVisible()
    assert composer.stop_button.isVisible()
    assert composer.edit.toPlainText() == ""
    loaded.set()
    session = program.window.session
    qtbot.waitUntil(lambda: bool(session.round and session.round.candidates))
    qtbot.waitUntil(lambda: not session.writing)
    assert conversation.bubble.round.query_id == stored(program)[0].query_id
    assert [one.text for one in stored(program)] == ["Why?"]


def test_the_next_query_stands_below_the_round_before_it_at_once(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "First?")
    program.window.composer.edit.setPlainText("Second?")
    QTest.keyClick(program.window.composer.edit, Qt.Key.Key_Return)
    conversation = program.window.conversation
    assert conversation.past[-1].bubble.said.text() == "First?"
    assert conversation.bubble.said.text() == "Second?"
    assert conversation.bubble.isVisible()


def test_a_query_that_is_not_stored_yet_offers_nothing(qtbot: QtBot, start, loaded) -> None:
    program = loading(qtbot, start, loaded)
    program.window.ask("Why?")
    bubble = program.window.conversation.bubble
    assert not bubble.bar.isVisible()
    bubble.edit()
    bubble.turn(1)
    assert bubble.editor is None
    assert program.window.conversation.bubble is bubble


def test_a_conversation_can_be_read_while_the_model_is_being_loaded(
    qtbot: QtBot, start, loaded
) -> None:
    first = start()
    ready(qtbot, first)
    ask(qtbot, first, "First?")
    conversation = first.window.session.conversation
    first.window.close()
    program = loading(qtbot, start, loaded)
    program.window.desk.shelf.open(conversation)
    qtbot.waitUntil(lambda: len(program.window.round_view.cards) == 3)
    assert not loaded.is_set()


def test_an_engine_that_stopped_is_told_as_a_problem_and_not_as_news(qtbot: QtBot, start) -> None:
    program = start(ScriptedBackend(["one two three four five"] * 3, die_after=2))
    ready(qtbot, program)
    program.window.composer.edit.setPlainText("Why?")
    QTest.keyClick(program.window.composer.edit, Qt.Key.Key_Return)
    banner = program.window.banner
    qtbot.waitUntil(banner.isVisible)
    assert "engine stopped" in banner.text.text()
    assert not banner.property("calm")
