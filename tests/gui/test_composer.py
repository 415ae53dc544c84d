"""Keys of the field where queries are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QStyleOptionComboBox
from pytestqt.qtbot import QtBot
from window_steps import ready

from assistant.gui.composer import Composer
from assistant.gui.reflow import text_scale
from assistant.gui.text_files import TextFile
from assistant.settings import FONT_SCALE
from assistant.usecases.measure import Measure


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
    for wanted in (1, 0):
        composer.set_drafts(wanted)
        assert composer.drafts() == wanted
    assert composer.replies.currentText() == "Automatic"


def test_up_brings_own_queries_back_and_down_what_was_begun(qtbot, composer: Composer) -> None:
    edit = composer.edit
    edit.remember_only(["first", "second"])
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.toPlainText() == "second"
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.toPlainText() == "first"
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.toPlainText() == ""


def test_up_never_takes_what_is_being_written(qtbot, composer: Composer) -> None:
    composer.edit.remember_only(["first"])
    qtbot.keyClicks(composer.edit, "new")
    qtbot.keyClick(composer.edit, Qt.Key.Key_Up)
    assert composer.edit.toPlainText() == "new"


def test_files_that_are_pasted_are_handed_on_and_text_is_inserted(
    qtbot, composer: Composer, tmp_path: Path
) -> None:
    file, data = tmp_path / "a.txt", QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    with qtbot.waitSignal(composer.files) as handed:
        composer.edit.insertFromMimeData(data)
    assert handed.args == [(file,)]
    text = QMimeData()
    text.setText("plain")
    composer.edit.insertFromMimeData(text)
    assert composer.edit.toPlainText() == "plain"


def test_a_file_goes_into_the_message_and_is_gone_with_it(qtbot, composer: Composer) -> None:
    composer.attachments.add_file(TextFile("a.txt", "content", 7))
    qtbot.keyClicks(composer.edit, "Look")
    with qtbot.waitSignal(composer.send) as sent:
        qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    assert sent.args == ["Look\n\na.txt:\n```\ncontent\n```"]
    assert composer.attachments.files == ()
    assert composer.attachments.isHidden()


def test_the_meter_says_each_part_and_what_is_wrong(composer: Composer) -> None:
    found = Measure(4096, 900, 40, 100, 60, 3, 384, True, True, problem="Too long; shorten it.")
    composer.show_measure(found)
    assert composer.context.text() == "1.3k of 4.1k"
    tip = composer.meter.toolTip()
    assert "Conversation 900 tokens, this message 40, documents 100" in tip
    assert "guidance at most 60 for each of 3 replies" in tip
    assert "The oldest turns will be left out." in tip
    assert composer.problem.text() == "Too long; shorten it."
    assert not composer.problem.isHidden()


@pytest.mark.parametrize("width", [320, 360])
def test_the_message_has_the_whole_width_where_the_window_is_narrow(
    qtbot: QtBot, start, width: int
) -> None:
    program = start(width=width, height=700)
    ready(qtbot, program)
    composer = program.window.composer
    prompt = composer.edit.placeholderText()
    assert composer.edit.width() > composer.edit.fontMetrics().horizontalAdvance(prompt)
    assert composer.edit.geometry().bottom() < composer.send_button.geometry().top()
    program.window.resize(1280, 700)
    qtbot.waitUntil(lambda: composer.edit.geometry().left() > composer.attach_button.x())
    assert composer.edit.geometry().right() < composer.send_button.geometry().left()


def test_the_dial_shows_a_bare_number_where_its_words_would_be_cut_off(qtbot: QtBot, start) -> None:
    program = start(width=320, height=700)
    ready(qtbot, program)
    composer, window = program.window.composer, program.window
    assert window.desk is not None
    window.desk.preferences.change({FONT_SCALE: 2.0})
    qtbot.waitUntil(lambda: text_scale(composer.replies) > 1.5)
    for best, words in ((False, "3 replies"), (True, "Best of 3")):
        composer.set_drafts(3, best=best)
        qtbot.waitUntil(lambda: composer.minimumSizeHint().width() <= composer.width())
        assert drawn(composer) == "3"
        assert composer.replies.currentText() == words  # what is read aloud
        assert composer.send_button.geometry().right() < composer.width()
    window.resize(1280, 700)
    qtbot.waitUntil(lambda: drawn(composer) == "Best of 3")


def drawn(composer: Composer) -> str:
    """What is painted on the dial."""
    option = QStyleOptionComboBox()
    composer.replies.initStyleOption(option)
    return str(option.currentText)
