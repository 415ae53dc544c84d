"""Rounds left unranked are ranked one after the other, with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_steps import ask, ready

from assistant.domain.model import QueryId
from assistant.gui.start import Program
from assistant.usecases.unranked import unranked


@pytest.fixture
def left(qtbot: QtBot, start) -> Program:
    """Three rounds that nobody has ranked."""
    program = start()
    ready(qtbot, program)
    for text in ("One?", "Two?", "Three?"):
        ask(qtbot, program, text)
    return program


def opened(qtbot: QtBot, program: Program):
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(program.window, Qt.Key.Key_U, control_shift)
    page = program.window.desk.unranked.page
    qtbot.waitUntil(lambda: bool(page.view.cards))
    return page


def ranking_of(program: Program, query_id: int):
    return program.store.run(lambda db: db.rounds.get(QueryId(query_id))).ranking


def waiting(program: Program):
    return unranked(program.window.session.services)


def test_keys_alone_rank_skip_and_end(qtbot: QtBot, left: Program) -> None:
    page = opened(qtbot, left)
    assert page.query.text() == "Three?"
    assert page.place.text() == "1 of 3"
    card = page.view.cards["A"]
    assert card.hasFocus() or any(c.hasFocus() for c in page.view.cards.values())
    qtbot.keyClick(card, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: ranking_of(left, 3) is not None)
    assert ranking_of(left, 3).order.best == "B"
    qtbot.waitUntil(lambda: page.place.text() == "1 of 3 · 1 ranked")
    qtbot.keyClick(card, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.query.text() == "Two?")
    qtbot.waitUntil(lambda: page.view.round.query_id == 2)
    qtbot.keyClick(page.view.cards["A"], Qt.Key.Key_S)
    qtbot.waitUntil(lambda: waiting(left) == (1,))
    qtbot.waitUntil(lambda: page.view.round.query_id == 1)
    qtbot.keyClick(page.view.cards["A"], Qt.Key.Key_Escape)
    assert left.window.pages.page() is None
    assert ranking_of(left, 1) is None, "what was left is still there the next time"
    assert left.window.session.services.store.run(lambda db: db.rankings.count()) == 1


def test_a_ranking_made_here_is_learned_from_and_can_be_taken_back(
    qtbot: QtBot, left: Program
) -> None:
    page = opened(qtbot, left)
    page.view.model.choose_best("A")
    learner = left.window.session.services.learner
    qtbot.waitUntil(lambda: any(weight.rankings for weight in learner.weights()))
    qtbot.waitUntil(lambda: page.view.round.ranking is not None)
    page.view.undone.emit()
    qtbot.waitUntil(lambda: ranking_of(left, 3) is None)
    qtbot.waitUntil(lambda: not any(weight.rankings for weight in learner.weights()))


def test_the_conversation_behind_shows_what_was_ranked_here(qtbot: QtBot, left: Program) -> None:
    page = opened(qtbot, left)
    page.view.model.choose_best("C")
    qtbot.waitUntil(lambda: ranking_of(left, 3) is not None)
    qtbot.waitUntil(lambda: page.view.round.ranking is not None)
    page.done_button.click()
    qtbot.waitUntil(lambda: bool(left.window.session.round and left.window.session.round.ranking))
    order = left.window.round_view.model.order()
    assert order is not None
    assert order.best == "C"


def test_later_leaves_a_round_and_before_goes_back(qtbot: QtBot, left: Program) -> None:
    page = opened(qtbot, left)
    assert not page.before_button.isEnabled()
    page.later_button.click()
    qtbot.waitUntil(lambda: page.query.text() == "Two?")
    page.before_button.click()
    qtbot.waitUntil(lambda: page.query.text() == "Three?")
    assert len(waiting(left)) == 3
    for _ in range(3):
        page.later_button.click()
    assert page.place.text() == "That was the last one."
    assert page.done_button.hasFocus()


def test_nothing_else_is_offered_and_nothing_is_given_away(qtbot: QtBot, left: Program) -> None:
    page = opened(qtbot, left)
    for card in page.view.cards.values():
        assert card.more_button.isHidden()
        assert card.keep_button.parentWidget().isHidden()
    qtbot.keyClick(page.view.cards["A"], Qt.Key.Key_N)
    assert left.window.desk.unlearned.page is None
    assert page.query.label.accessibleName() == "You: Three?"


def test_with_nothing_to_rank_the_page_says_so(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    program.window.unranked_wanted.emit()
    page = program.window.desk.unranked.page
    qtbot.waitUntil(lambda: page.about.text().startswith("Every round"))
    assert page.view.isHidden()
    assert page.done_button.hasFocus()
