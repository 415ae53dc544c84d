"""A reply that was cut off goes on where it stands, from the card, with a key, and when folded."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Finish
from assistant.generation.scripted import ScriptedBackend
from assistant.gui.start import Program
from assistant.settings import MAX_TOKENS

LONG = "one two three four five six seven eight nine ten eleven twelve"
CUT = "one two three four five six seven eight"


def cut_off(qtbot: QtBot, start, **options: object) -> Program:
    """A program whose three replies were cut off at eight words."""
    program = start(ScriptedBackend([LONG], **options))
    ready(qtbot, program)
    program.store.run(lambda db: db.settings.set(MAX_TOKENS, 8))
    ask(qtbot, program, "Count")
    return program


def whole(program: Program, letter: str):
    return lambda: (
        not program.window.session.writing
        and stored(program)[-1].candidate(letter).finish is Finish.STOP
    )


def test_a_card_that_was_cut_off_offers_to_go_on_and_does(qtbot: QtBot, start) -> None:
    program = cut_off(qtbot, start)
    card = program.window.round_view.cards["B"]
    assert card.keep_button.isVisible()
    assert "B" in card.keep_button.accessibleName()
    assert card.ending.accessibleName() == "Cut off at the limit."
    card.keep_button.click()
    qtbot.waitUntil(whole(program, "B"))
    assert card.body.text() == LONG
    assert not card.keep_button.isVisible()
    assert stored(program)[-1].candidate("B").text == LONG
    assert stored(program)[-1].candidate("A").text == CUT, "only that one"


def test_the_key_goes_on_with_the_card_that_has_the_keyboard(qtbot: QtBot, start) -> None:
    program = cut_off(qtbot, start)
    card = program.window.round_view.cards["C"]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_W)
    qtbot.waitUntil(whole(program, "C"))
    assert card.body.text() == LONG
    qtbot.keyClick(card, Qt.Key.Key_W)
    assert not program.window.session.writing, "it came to its end: the key does nothing"


def test_an_order_given_before_stays_and_the_round_can_be_ranked_again(qtbot: QtBot, start) -> None:
    program = cut_off(qtbot, start)
    view = program.window.round_view
    view.model.choose_best("B")
    qtbot.waitUntil(lambda: bool(stored(program)[-1].ranking))
    view.cards["B"].keep_button.click()
    qtbot.waitUntil(whole(program, "B"))
    assert view.model.order().best == "B"
    assert stored(program)[-1].ranking is not None


def test_stopping_it_keeps_what_came(qtbot: QtBot, start) -> None:
    program = cut_off(qtbot, start, delay=0.05)
    card = program.window.round_view.cards["B"]
    card.keep_button.click()
    qtbot.waitUntil(lambda: "nine" in card.body.text())
    assert card.stop_button.isVisible()
    card.stop_button.click()
    qtbot.waitUntil(lambda: not program.window.session.writing)
    kept = stored(program)[-1].candidate("B")
    assert kept.finish is Finish.STOPPED
    assert kept.text.startswith(CUT + " nine")
    assert card.keep_button.isVisible()


def test_a_folded_reply_goes_on_where_it_stands(qtbot: QtBot, start) -> None:
    program = cut_off(qtbot, start)
    window = program.window
    window.round_view.model.choose_best("A")
    qtbot.waitUntil(lambda: bool(stored(program)[-1].ranking))
    window.round_view.proceed.emit()
    qtbot.waitUntil(lambda: len(window.conversation.past) == 1)
    past = window.conversation.past[0]
    assert past.keep_button.isVisible()
    past.keep_button.click()
    qtbot.waitUntil(whole(program, "A"))
    qtbot.waitUntil(lambda: past.body.text() == LONG)
    assert not past.keep_button.isVisible()


def test_what_cannot_be_written_leaves_the_reply_and_says_why(qtbot: QtBot, start) -> None:
    program = cut_off(qtbot, start)
    card = program.window.round_view.cards["B"]
    program.window.session.services.backend._failure = UsageProblem("The server is gone.")
    card.keep_button.click()
    qtbot.waitUntil(lambda: program.window.banner.isVisible())
    qtbot.waitUntil(lambda: not program.window.session.writing)
    assert card.body.text() == CUT
    assert card.keep_button.isVisible()
    assert stored(program)[-1].candidate("B").finish is Finish.LENGTH


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of a menu
def test_the_menu_of_a_reply_names_its_keys_and_waits_for_the_ranking(qtbot: QtBot, start) -> None:
    program = cut_off(qtbot, start)
    card = program.window.round_view.cards["A"]
    card.more_button.click()
    menu = card.more_button.findChild(QMenu)
    keep, edit, copy, unlearned, take_back = menu.actions()
    assert keep.isEnabled()
    assert keep.text().endswith("\tW")
    assert copy.isEnabled()
    assert not edit.isEnabled(), "what is ranked is what was written"
    assert not unlearned.isEnabled(), "it would tell which reply was written with what"
    assert "rank" in unlearned.text()
    assert not take_back.isEnabled(), "there is no ranking yet"
    menu.close()
