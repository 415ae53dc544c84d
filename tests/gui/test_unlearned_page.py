"""A reply is compared with one written as if nothing had been learned, which leaves no trace."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QMenu
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.domain.errors import ModelProblem
from assistant.generation.scripted import ScriptedBackend
from assistant.gui.start import Program

REPLIES = ("First.", "Second.", "Third.", "Plain **words** without guidance.")


@pytest.fixture
def ranked(qtbot: QtBot, start) -> Program:
    """A round whose best reply is B."""
    program = start(ScriptedBackend(REPLIES, delay=0.01))
    ready(qtbot, program)
    ask(qtbot, program, "How do I relax?")
    program.window.round_view.model.choose_best("B")
    qtbot.waitUntil(lambda: bool(program.window.why.rows))
    return program


def shown(qtbot: QtBot, program: Program):
    """The page, once the reply on it is whole."""
    qtbot.waitUntil(lambda: program.window.desk.unlearned.page is not None)
    page = program.window.desk.unlearned.page
    qtbot.waitUntil(lambda: page.isVisible() and not page.stop_button.isVisible())
    return page


def test_the_panel_compares_the_reply_that_went_on(qtbot: QtBot, ranked: Program) -> None:
    before = stored(ranked)
    backend = ranked.window.session.services.backend
    ranked.window.why.unlearned_button.click()
    page = shown(qtbot, ranked)
    assert page.learned.heading.text() == "Reply B"
    assert page.learned.body.text() == "Second."
    assert "Brief" in page.learned.note.text()
    assert page.unlearned.body.text() == REPLIES[3]
    assert page.unlearned.property("apart"), "it does not look like a reply of the conversation"
    asked = backend.requests[-1]
    assert [(d.guidance, d.seed) for d in asked.drafts] == [("", before[0].candidate("B").seed)]
    assert stored(ranked) == before
    assert ranked.store.run(lambda db: db.rankings.count()) == 1


def test_a_key_compares_the_card_that_has_the_keyboard(qtbot: QtBot, ranked: Program) -> None:
    card = ranked.window.round_view.cards["C"]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_N)
    page = shown(qtbot, ranked)
    assert page.learned.body.text() == "Third."
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert ranked.window.pages.page() is None
    assert ranked.window.round_view.cards["C"].hasFocus(), "where the key was pressed"


def test_another_chat_opened_from_the_page_has_nothing_to_give_the_keyboard_back_to(
    qtbot: QtBot, ranked: Program
) -> None:
    card = ranked.window.round_view.cards["C"]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_N)
    shown(qtbot, ranked)
    ranked.window.new_chat()
    assert ranked.window.composer.edit.hasFocus()


def test_before_the_ranking_nothing_is_given_away(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "How do I relax?")
    assert program.window.why.unlearned_button.isHidden()
    card = program.window.round_view.cards["A"]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_N)
    assert program.window.desk.unlearned.page is None


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of a menu
def test_a_folded_reply_is_compared_from_its_menu(qtbot: QtBot, ranked: Program) -> None:
    ranked.window.round_view.proceed.emit()
    qtbot.waitUntil(lambda: len(ranked.window.conversation.past) == 1)
    past = ranked.window.conversation.past[0]
    past.more_button.click()
    menu = past.more_button.findChild(QMenu)
    next(one for one in menu.actions() if "learned nothing" in one.text()).trigger()
    menu.close()
    assert shown(qtbot, ranked).learned.body.text() == "Second."


def test_it_gives_way_when_the_user_asks(qtbot: QtBot, ranked: Program) -> None:
    ranked.window.session.services.backend._delay = 0.2
    ranked.window.why.unlearned_button.click()
    qtbot.waitUntil(lambda: ranked.window.desk.unlearned.page is not None)
    page = ranked.window.desk.unlearned.page
    qtbot.waitUntil(lambda: "Plain" in page.unlearned.body.text())
    ranked.window.ask("Something else")
    qtbot.waitUntil(lambda: ranked.window.session.round is not None)
    assert ranked.window.pages.page() is None
    qtbot.waitUntil(lambda: page.unlearned.note.text() == "stopped", timeout=10_000)
    qtbot.waitUntil(lambda: not ranked.window.session.writing, timeout=10_000)


def test_what_goes_wrong_is_said_on_the_page(qtbot: QtBot, ranked: Program) -> None:
    ranked.window.session.services.backend._failure = ModelProblem("The model is gone.")
    ranked.window.why.unlearned_button.click()
    page = shown(qtbot, ranked)
    assert page.told.text() == "The model is gone."


def test_the_two_stand_under_each_other_where_it_is_narrow(qtbot: QtBot, ranked: Program) -> None:
    ranked.window.why.unlearned_button.click()
    page = shown(qtbot, ranked)
    assert page._sides.direction() == QBoxLayout.Direction.LeftToRight
    ranked.window.resize(400, 700)
    qtbot.waitUntil(lambda: page._sides.direction() == QBoxLayout.Direction.TopToBottom)
    names = {page.learned.accessibleName(), page.unlearned.accessibleName()}
    assert names == {"Reply B", "Without what I have learned"}
