"""Keys of the field where queries are written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from assistant.gui.composer import Composer


@pytest.fixture
def composer(qtbot) -> Composer:
    made = Composer()
    qtbot.addWidget(made)
    return made


def test_enter_sends_and_empties(qtbot, composer: Composer) -> None:
    qtbot.keyClicks(composer.edit, "Hello")
    with qtbot.waitSignal(composer.send) as sent:
        qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    assert sent.args == ["Hello"]
    assert composer.edit.toPlainText() == ""


def test_shift_enter_makes_a_line_and_the_field_grows(qtbot, composer: Composer) -> None:
    before = composer.edit.height()
    qtbot.keyClicks(composer.edit, "one")
    qtbot.keyClick(composer.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(composer.edit, "two")
    assert len(composer.edit.toPlainText().splitlines()) == 2
    assert composer.edit.height() > before


def test_nothing_is_sent_while_empty_or_writing(qtbot, composer: Composer) -> None:
    with qtbot.assertNotEmitted(composer.send):
        qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
        composer.set_writing(True)
        qtbot.keyClicks(composer.edit, "next")
        qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    assert composer.edit.toPlainText() == "next"


def test_stop_takes_the_place_of_send(qtbot, composer: Composer) -> None:
    composer.set_writing(True)
    assert composer.send_button.isHidden()
    assert not composer.stop_button.isHidden()
    with qtbot.waitSignal(composer.stop):
        qtbot.keyClick(composer.edit, Qt.Key.Key_Escape)


def test_the_number_of_replies_can_be_chosen(composer: Composer) -> None:
    assert composer.drafts() == 3
    composer.set_drafts(1)
    assert composer.drafts() == 1
