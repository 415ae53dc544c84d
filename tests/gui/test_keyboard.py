"""Enter presses the button that has the keyboard; only elsewhere does it go on with a reply."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.generation.scripted import ScriptedBackend
from assistant.gui.actions import ACTIONS, Where
from assistant.gui.controls import button
from assistant.gui.reflow import WrappedButton
from assistant.gui.start import Program

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen

PROJECT = Path(__file__).resolve().parents[2]
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NONE, PAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
HELD = {Qt.Key.Key_Return: NONE, Qt.Key.Key_Enter: PAD}  # as a real number pad sends it


def press(qtbot: QtBot, key: Qt.Key) -> None:
    """A key, to whatever has the keyboard."""
    qtbot.keyClick(QApplication.focusWidget(), key, HELD.get(key, NONE))


@pytest.fixture
def program(qtbot: QtBot, start) -> Program:
    """Three replies that wait for an order."""
    made: Program = start()
    ready(qtbot, made)
    ask(qtbot, made, "one")
    return made


@pytest.mark.parametrize("key", ENTER)
def test_enter_presses_the_button_that_has_the_keyboard_and_no_other(qtbot: QtBot, key) -> None:
    dialog, pressed = QDialog(), []
    field, box = QLineEdit(), QDialogButtonBox(QDialogButtonBox.StandardButton.Save)
    box.accepted.connect(lambda: pressed.append("save"))
    usual = button("Usual", lambda: pressed.append("usual"))
    wrapped = WrappedButton("Whole sentence", lambda: pressed.append("wrapped"))
    column = QVBoxLayout(dialog)
    for part in (usual, wrapped, field, box):
        column.addWidget(part)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for part in (usual, wrapped, field):
        part.setFocus()
        press(qtbot, key)
    assert pressed == ["usual", "wrapped", "save"]


@pytest.mark.parametrize("key", ENTER)
def test_the_pages_of_the_first_start_are_turned_by_enter(
    qtbot: QtBot, start, tmp_path: Path, key
) -> None:
    (tmp_path / "resources").mkdir()  # where the test's program looks for its files
    shutil.copy(PROJECT / "resources" / "interview.toml", tmp_path / "resources")
    program = start(first=True)
    ready(qtbot, program)
    desk = program.window.desk
    qtbot.waitUntil(lambda: desk.pages.first_run is not None)
    page = desk.pages.first_run
    qtbot.waitUntil(page.next.hasFocus)
    for at in (1, 2, 3):
        press(qtbot, key)
        assert page.steps.currentIndex() == at
    press(qtbot, key)  # “Write my own”
    assert program.window.pages.page() is None
    assert program.window.composer.edit.hasFocus()


@pytest.mark.parametrize("key", ENTER)
def test_under_a_reply_enter_presses_and_on_the_card_it_goes_on(
    qtbot: QtBot, program: Program, key
) -> None:
    view = program.window.round_view
    card = view.cards["B"]
    card.copy_button.setFocus()
    press(qtbot, key)
    assert QApplication.clipboard().text() == card.body.text()
    card.best_button.setFocus()
    press(qtbot, key)
    qtbot.waitUntil(lambda: bool(stored(program)[0].ranking))
    assert view.model.order().best == "B"
    assert view.isVisible()
    view.strip.undo_button.setFocus()
    press(qtbot, key)
    qtbot.waitUntil(lambda: stored(program)[0].ranking is None)
    assert view.isVisible()
    view.model.choose_best("C")
    card.setFocus()
    press(qtbot, key)
    qtbot.waitUntil(lambda: not view.isVisible())
    qtbot.waitUntil(lambda: stored(program)[0].ranking.order.best == "C")
    assert program.window.composer.edit.hasFocus()


def test_continue_is_pressed_by_enter_too(qtbot: QtBot, program: Program) -> None:
    view = program.window.round_view
    view.model.choose_best("A")
    view.strip.go_button.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.isVisible())


def test_stop_under_a_reply_is_pressed_by_enter(qtbot: QtBot, start) -> None:
    program = start(ScriptedBackend(["a " * 80] * 3, delay=0.02))
    ready(qtbot, program)
    ask(qtbot, program, "one", wait=False)
    view = program.window.round_view
    qtbot.waitUntil(lambda: bool(view.cards) and view.cards["A"].stop_button.isVisible())
    view.cards["A"].stop_button.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Stopped" in view.cards["A"].ending.toolTip())
    assert program.window.session.writing
    program.window.stop()
    qtbot.waitUntil(lambda: not program.window.session.writing)


def test_who_clicks_a_button_goes_on_with_enter(qtbot: QtBot, program: Program) -> None:
    view, left = program.window.round_view, Qt.MouseButton.LeftButton
    qtbot.mouseClick(view.cards["B"].best_button, left)
    assert view.cards["B"].hasFocus()
    qtbot.mouseClick(view.strip.bad_button, left)
    assert QApplication.focusWidget() in view.cards.values()
    qtbot.mouseClick(view.cards["C"].best_button, left)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.isVisible())
    qtbot.waitUntil(lambda: stored(program)[0].ranking.order.best == "C")


def test_a_link_in_a_reply_is_followed_by_enter(qtbot: QtBot, start, monkeypatch) -> None:
    program = start(ScriptedBackend(["See <https://example.org/page> for more."] * 3))
    ready(qtbot, program)
    ask(qtbot, program, "one")
    view, followed = program.window.round_view, []
    body = view.cards["A"].body
    monkeypatch.setattr(type(body), "ask_to_open", lambda _body, url: followed.append(url))
    view.model.choose_best("A")
    body.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)
    assert [url.toString() for url in followed] == ["https://example.org/page"]
    assert view.isVisible()


def test_a_held_key_presses_once(qtbot: QtBot) -> None:
    pressed: list[int] = []
    made = button("Once", lambda: pressed.append(1))
    qtbot.addWidget(made)
    made.show()
    qtbot.keyPress(made, Qt.Key.Key_Return)
    again = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, NONE, "\r", autorep=True)
    QApplication.sendEvent(made, again)
    assert pressed == [1]


def test_the_list_of_keys_says_so() -> None:
    (action,) = (one for one in ACTIONS if one.where is Where.BUTTON)
    assert action.keys == ("Enter", "Space")


def test_arrows_and_pages_scroll_the_list_of_keys(qtbot: QtBot, start) -> None:
    program = start(height=420)
    ready(qtbot, program)
    program.window.shortcuts_wanted.emit()
    page = program.window.pages.page()
    bar = page.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    places = [bar.value()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End):
        press(qtbot, key)
        places.append(bar.value())
    assert places == sorted(set(places))
    assert places[-1] == bar.maximum()
    press(qtbot, Qt.Key.Key_Home)
    assert bar.value() == 0
    assert page.back.hasFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert program.window.pages.page() is None
