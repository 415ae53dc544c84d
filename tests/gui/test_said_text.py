"""What the user said: whole at every width, even a link without a blank, and copied as written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from pytestqt.qtbot import QtBot
from window_steps import turn_wheel

from assistant.domain.model import QueryId
from assistant.gui.query_bubble import QueryBubble, SaidLabel, pending_round

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen

LINK = "https://example.org/" + "a" * 200
TEXT = f"See {LINK}\nand tell"


def shown(qtbot: QtBot, text: str, width: int = 500) -> SaidLabel:
    said = SaidLabel()
    qtbot.addWidget(said)
    said.show_text(text)
    said.resize(width, 40)
    said.show()
    said.resize(width, said.heightForWidth(width))
    qtbot.wait(20)
    return said


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_long_word_is_broken_and_all_of_it_is_inside(
    qtbot: QtBot, appearance, scale: float
) -> None:
    appearance.choose("light", scale)
    said = shown(qtbot, TEXT)
    assert said.minimumSizeHint().width() == 0
    assert said.rect().contains(said.label.geometry())
    document, view = said.label.document(), said.label.viewport()
    assert document.firstBlock().layout().lineCount() > 2
    assert document.idealWidth() <= view.width()
    assert document.size().height() <= view.height()


def test_it_is_copied_and_read_aloud_as_it_was_written(qtbot: QtBot, appearance) -> None:
    said = shown(qtbot, TEXT)
    assert said.text() == TEXT
    assert said.label.accessibleName() == f"You: {TEXT}"
    said.label.selectAll()
    said.label.copy()
    assert QGuiApplication.clipboard().text() == TEXT
    assert said.label.isReadOnly()


def test_only_copying_is_its_own_business_all_else_is_the_pages(qtbot: QtBot, appearance) -> None:
    said = shown(qtbot, "Hello there")
    said.label.selectAll()
    QGuiApplication.clipboard().setText("")
    qtbot.keyClick(said.label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Hello there"
    height = said.label.fontMetrics().height()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_A):
        pressed = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        said.label.keyPressEvent(pressed)
        assert not pressed.isAccepted()
    turn_wheel(said.label, 1, Qt.KeyboardModifier.ControlModifier)
    assert said.label.fontMetrics().height() == height


def test_a_short_text_takes_one_line_at_the_right(qtbot: QtBot, appearance) -> None:
    said = shown(qtbot, "Hello there")
    assert said.label.width() == said.label.line_width()
    assert said.label.geometry().right() == said.rect().right()
    assert said.label.document().firstBlock().layout().lineCount() == 1


def bubble(qtbot: QtBot) -> QueryBubble:
    round_ = replace(pending_round("one"), query_id=QueryId(3), versions=(QueryId(3),))
    made = QueryBubble(round_)
    qtbot.addWidget(made)
    made.resize(700, 100)
    made.show()
    return made


def test_what_is_under_a_query_stays_where_it_is_when_the_writing_ends(
    qtbot: QtBot, appearance
) -> None:
    query = bubble(qtbot)
    query.set_writing(True)
    assert query.bar.isHidden()
    before = query.heightForWidth(700)
    query.set_writing(False)
    assert query.bar.isVisible()
    assert query.heightForWidth(700) == before


def test_while_a_query_is_changed_its_buttons_leave_no_gap(qtbot: QtBot, appearance) -> None:
    query = bubble(qtbot)
    query.edit()
    whole = query.heightForWidth(700)
    query.set_writing(True)
    assert query.heightForWidth(700) == whole


def test_the_note_beside_ask_takes_one_line_where_there_is_room(qtbot: QtBot, appearance) -> None:
    query = bubble(qtbot)
    query.edit()
    qtbot.wait(20)
    notes = [one for one in query.findChildren(object) if one.objectName() == "note"]
    (note,) = [one for one in notes if one.text() == "The old version stays."]
    assert note.height() < 2 * note.fontMetrics().height()
    assert note.width() >= note.fontMetrics().horizontalAdvance(note.text())
