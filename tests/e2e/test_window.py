"""The real window with the real model, learner and data file: three rounds, then a restart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from assistant.app import build_services, close_services
from assistant.domain.preferences import format_order
from assistant.gui.start import Program
from assistant.gui.theme import Appearance
from assistant.paths import find_paths
from assistant.settings import MAX_TOKENS
from assistant.usecases.history import list_conversations, show

WAIT = 90_000  # milliseconds; a first start loads torch on a busy machine

QUERIES = ("How do I relax after work?", "And at the weekend?", "What should I read?")


@pytest.fixture
def start(embedded_model, tmp_path, qtbot, qapp):
    assert embedded_model.is_file()
    opened = []

    def build(store, paths):
        store.run(lambda db: db.settings.set(MAX_TOKENS, 16))
        return build_services(store, paths)

    def run():
        program = Program(find_paths(tmp_path / "home"), build, close_services, Appearance(qapp))
        opened.append(program)
        qtbot.addWidget(program.window)
        program.window.show()
        program.open()
        qtbot.waitUntil(program.window.composer.isEnabled, timeout=WAIT)
        return program

    yield run
    for program in opened:
        program.close()


def ask_and_rank(program, qtbot, text):
    window = program.window
    window.composer.edit.setPlainText(text)
    qtbot.keyClick(window.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: (
            not window.session.writing
            and window.session.round is not None
            and window.session.round.text == text
            and len(window.round_view.cards) == 3
        ),
        timeout=WAIT,
    )
    qtbot.keyClick(window.round_view.cards["A"], Qt.Key.Key_B)
    qtbot.waitUntil(lambda: window.session.round.ranking is not None, timeout=WAIT)


def test_three_rounds_survive_a_restart(start, qtbot):
    program = start()
    for text in QUERIES:
        ask_and_rank(program, qtbot, text)
    services = program.window.session.services
    learned = services.learner.weights()
    assert max(weight.weight for weight in learned) > 0
    program.close()
    again = start()
    services = again.window.session.services
    (conversation,) = list_conversations(services)
    rounds = show(services, conversation_id=conversation.id).rounds
    assert [round_.text for round_ in rounds] == list(QUERIES)
    assert all(format_order(round_.ranking.order) == "B" for round_ in rounds)
    assert all(round_.expected is not None and round_.chosen is not None for round_ in rounds)
    assert services.learner.weights() == learned
