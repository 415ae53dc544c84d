"""The lists at the left: what is typed into them is a message, and Escape leads out of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from window_steps import ask, ready

from assistant.gui.start import Program

NARROW = 500


def type_on(qtbot: QtBot, text: str) -> None:
    """Keys, each to whatever has the keyboard then."""
    for letter in text:
        qtbot.keyClicks(QApplication.focusWidget(), letter)


@pytest.fixture
def program(qtbot: QtBot, start) -> Program:
    """Two conversations; the second is shown."""
    made: Program = start()
    ready(qtbot, made)
    for text in ("bread", "rice"):
        made.window.new_chat()
        ask(qtbot, made, text)
    qtbot.waitUntil(lambda: made.window.sidebar.list.rows.titles() == ("rice", "bread"))
    return made


def test_who_opened_a_chat_by_a_click_can_write_at_once(qtbot: QtBot, program: Program) -> None:
    window, view = program.window, program.window.sidebar.list
    row = view.visualRect(view.rows.index(2)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    qtbot.waitUntil(lambda: window.top.title.toolTip() == "bread")
    assert view.hasFocus()
    type_on(qtbot, "And what of f2?")
    assert window.composer.edit.toPlainText() == "And what of f2?"
    assert window.session.conversation is not None
    assert window.top.title.toolTip() == "bread"


def test_who_opened_what_was_found_can_write_at_once(qtbot: QtBot, program: Program) -> None:
    window = program.window
    window.search()
    type_on(qtbot, "bread")
    qtbot.waitUntil(lambda: window.sidebar.hits.rows.rowCount() > 0)
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.top.title.toolTip() == "bread")
    assert window.sidebar.hits.hasFocus()
    type_on(qtbot, "More")
    assert window.composer.edit.toPlainText() == "More"


def test_the_keys_of_the_list_work_as_before(qtbot: QtBot, program: Program) -> None:
    window, view = program.window, program.window.sidebar.list
    view.setFocus()
    view.setCurrentIndex(view.rows.index(1))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 2
    qtbot.keyClick(view, Qt.Key.Key_F2)
    field = view.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    qtbot.keyClicks(field, "Loaf")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.rows.titles() == ("rice", "Loaf"))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.top.title.toolTip() == "Loaf")
    assert window.composer.edit.toPlainText() == ""
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: view.rows.titles() == ("rice",))


def test_a_message_begun_in_the_list_is_written_over_no_other_page(
    qtbot: QtBot, program: Program
) -> None:
    window = program.window
    window.shortcuts_wanted.emit()
    window.sidebar.list.setFocus()
    type_on(qtbot, "Hello")
    assert window.pages.page() is None
    assert window.composer.edit.toPlainText() == "Hello"


@pytest.mark.parametrize("from_list", [True, False])
def test_in_a_narrow_window_escape_leads_back_to_the_message(
    qtbot: QtBot, program: Program, from_list: bool
) -> None:
    window = program.window
    window.resize(NARROW, 700)
    qtbot.waitUntil(window.sidebar.isHidden)
    window.toggle_sidebar()
    assert window.sidebar.search.hasFocus()
    if from_list:
        window.sidebar.list.setFocus()
    else:
        type_on(qtbot, "x")
        qtbot.keyClick(window.sidebar.search, Qt.Key.Key_Escape)
        assert window.sidebar.isVisible(), "the text of the search goes first"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.sidebar.isHidden()
    assert window.composer.edit.hasFocus()


def test_in_a_narrow_window_a_chat_that_was_opened_can_be_written_in_at_once(
    qtbot: QtBot, program: Program
) -> None:
    window, view = program.window, program.window.sidebar.list
    window.resize(NARROW, 700)
    qtbot.waitUntil(window.sidebar.isHidden)
    window.toggle_sidebar()
    view.setFocus()
    view.setCurrentIndex(view.rows.index(2))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert window.composer.edit.hasFocus()


def test_beside_the_conversation_escape_leaves_the_list_where_it_is(
    qtbot: QtBot, program: Program
) -> None:
    program.window.sidebar.list.setFocus()
    qtbot.keyClick(program.window.sidebar.list, Qt.Key.Key_Escape)
    assert program.window.sidebar.isVisible()


def test_what_was_deleted_is_brought_back_by_keyboard_in_the_list(
    qtbot: QtBot, program: Program
) -> None:
    sidebar = program.window.sidebar
    sidebar.list.setFocus()
    sidebar.list.setCurrentIndex(sidebar.list.rows.index(2))
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: sidebar.list.rows.titles() == ("rice",))
    sidebar.undo.undo_button.setFocus()
    qtbot.keyClick(sidebar.undo.undo_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sidebar.list.rows.titles() == ("rice", "bread"))
    assert sidebar.list.hasFocus()
