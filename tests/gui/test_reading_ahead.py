"""While a message is being typed the engine reads it, with what will guide the replies to it."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ContextTooLong
from assistant.generation.scripted import ScriptedBackend
from assistant.gui import reading_ahead
from assistant.gui.start import Program
from assistant.settings import REPLIES


def backend_of(program: Program) -> ScriptedBackend:
    session = program.window.session
    assert session is not None
    assert isinstance(session.services.backend, ScriptedBackend)
    return session.services.backend


def type_and_look(qtbot: QtBot, program: Program, text: str) -> None:
    """Type, and wait until all of it is read with its guidance."""
    qtbot.keyClicks(program.window.composer.edit, text)
    whole = program.window.composer.whole_text()

    def read() -> bool:
        return whole in [turns[-1].text for turns, _ in backend_of(program).read_ahead]

    qtbot.waitUntil(read)


def send(qtbot: QtBot, program: Program) -> None:
    """Send it, and wait for the replies."""
    session = program.window.session
    assert session is not None
    before = len(backend_of(program).requests)
    qtbot.keyClick(program.window.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(backend_of(program).requests) > before and not session.writing)


def was_read(program: Program) -> bool:
    """Whether the last request is what was read before it."""
    backend = backend_of(program)
    asked = backend.requests[-1]
    return (asked.turns, tuple(d.guidance for d in asked.drafts)) in backend.read_ahead


def test_a_message_is_read_before_it_is_sent_and_nothing_of_it_is_stored(
    qtbot: QtBot, start
) -> None:
    program = start()
    ready(qtbot, program)
    for text in ("How do I sail?", "And against the wind?"):
        before = program.store.run(lambda db: db.rounds.next_id())
        type_and_look(qtbot, program, text)
        assert program.store.run(lambda db: db.rounds.next_id()) == before
        send(qtbot, program)
        assert was_read(program)
    assert [one.text for one in stored(program)] == ["How do I sail?", "And against the wind?"]


def test_after_a_ranking_the_message_is_read_anew(qtbot: QtBot, start) -> None:
    """The conversation goes on with another reply then, and other things are known."""
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "How do I sail?")
    type_and_look(qtbot, program, "And then?")
    with qtbot.waitSignal(program.window.session.learned):
        program.window.round_view.model.choose_best("B")
    begun = len(backend_of(program).read_ahead)
    qtbot.waitUntil(lambda: len(backend_of(program).read_ahead) > begun)
    send(qtbot, program)
    assert was_read(program)


@pytest.mark.parametrize("temporary", [False, True])
def test_a_new_chat_reads_its_first_message(qtbot: QtBot, start, temporary: bool) -> None:
    program = start()
    ready(qtbot, program)
    program.store.run(lambda db: db.settings.set(REPLIES, 2))
    program.window.desk.new_chat(temporary=temporary)
    type_and_look(qtbot, program, "How do I sail?")
    send(qtbot, program)
    assert was_read(program)


def test_what_is_wrong_with_a_message_is_said_when_it_is_sent(qtbot: QtBot, start) -> None:
    program = start(ScriptedBackend(failure=ContextTooLong("It is too long; shorten it.")))
    banner = program.window.banner
    program.window.composer.accept_messages()
    qtbot.waitUntil(banner.isVisible)
    banner.hide()
    qtbot.keyClicks(program.window.composer.edit, "How?")
    qtbot.wait(600)
    assert not banner.isVisible()


def test_who_types_on_need_not_wait_for_what_was_being_read(
    qtbot: QtBot, start, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start()
    ready(qtbot, program)
    taken_back: list[bool] = []

    def slow(*_: object, cancel: CancelToken, **__: object) -> None:
        until = time.monotonic() + 3
        while time.monotonic() < until and not cancel.cancelled:
            time.sleep(0.01)
        taken_back.append(cancel.cancelled)

    monkeypatch.setattr(reading_ahead, "read_ahead", slow)
    qtbot.keyClicks(program.window.composer.edit, "How do")
    qtbot.wait(2 * reading_ahead.PAUSE_MILLISECONDS)
    assert not taken_back
    qtbot.keyClicks(program.window.composer.edit, " I")
    qtbot.waitUntil(lambda: taken_back == [True], timeout=1000)
