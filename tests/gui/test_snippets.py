"""Snippets: offered after a slash and in a menu, kept in a dialog and in the data file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from window_steps import ready

from assistant.gui.start import Program

QUIET = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of what pops up


def with_snippets(qtbot: QtBot, start, **texts: str) -> Program:
    program = start()
    ready(qtbot, program)
    for name, text in texts.items():
        program.store.run(lambda db, n=name, t=text: db.snippets.add(n, t, 1.0))
    program.window.desk.snippets.refresh()
    qtbot.waitUntil(lambda: len(program.window.desk.snippets.known) == len(texts))
    program.window.composer.edit.setFocus()
    return program


def menu_words(program: Program) -> list[str]:
    menus = [m for m in program.window.findChildren(QMenu) if m.isVisible()]
    words = [action.text() for action in menus[-1].actions() if action.text()]
    menus[-1].close()
    return words


@QUIET
def test_a_slash_offers_and_enter_puts_the_text_in_without_sending(qtbot: QtBot, start) -> None:
    program = with_snippets(qtbot, start, Greeting="Dear all,\nhello", Review="Please check:")
    edit, popup = program.window.composer.edit, program.window.desk.snippets.offer.list
    qtbot.keyClicks(edit, "/")
    assert popup.isVisible()
    assert popup.model().rowCount() == 2
    qtbot.keyClicks(popup, "GREET")
    assert popup.model().rowCount() == 1
    with qtbot.assertNotEmitted(program.window.composer.send):
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert edit.toPlainText() == "Dear all,\nhello"
    edit.undo()
    assert edit.toPlainText() == "/GREET"


@QUIET
def test_arrows_go_through_what_is_offered_and_escape_closes_it(qtbot: QtBot, start) -> None:
    program = with_snippets(qtbot, start, a="first", b="second")
    edit, popup = program.window.composer.edit, program.window.desk.snippets.offer.list
    qtbot.keyClicks(edit, "/")
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert edit.toPlainText() == "/"
    edit.clear()
    qtbot.keyClicks(edit, "/")
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Tab)
    assert edit.toPlainText() == "second"


@QUIET
def test_a_slash_that_means_no_snippet_is_sent_like_any_text(qtbot: QtBot, start) -> None:
    program = with_snippets(qtbot, start, a="first")
    edit = program.window.composer.edit
    qtbot.keyClicks(edit, "/etc/hosts")
    with qtbot.waitSignal(program.window.composer.send) as sent:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert sent.args == ["/etc/hosts"]
    qtbot.keyClicks(edit, "not /a")
    assert not program.window.desk.snippets.offer.list.isVisible()


@QUIET
def test_the_menu_names_them_and_leads_to_the_dialog(qtbot: QtBot, start) -> None:
    program = with_snippets(qtbot, start, Greeting="Dear all", Tea="Tea & cake")
    program.window.composer.snippet_button.click()
    assert menu_words(program) == ["Greeting", "Tea", "Edit snippets…"]
    keys = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(program.window, Qt.Key.Key_Semicolon, keys)
    assert menu_words(program)[-1] == "Edit snippets…"


@QUIET
def test_the_dialog_adds_changes_and_removes(qtbot: QtBot, start) -> None:
    program = with_snippets(qtbot, start)
    snippets = program.window.desk.snippets
    snippets.open_dialog()
    dialog = snippets.dialog
    assert dialog is not None
    dialog.name.setText("Greeting")
    dialog.text.setPlainText("Dear all")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: [one.text for one in snippets.known] == ["Dear all"])
    assert dialog.list.currentItem().text() == "Greeting"
    dialog.name.setText("Hello")
    dialog.text.setPlainText("Dear both")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: [(s.name, s.text) for s in snippets.known] == [("Hello", "Dear both")])
    dialog.remove_button.click()
    qtbot.waitUntil(lambda: snippets.known == ())
    assert dialog.name.text() == ""
    dialog.reject()


@QUIET
def test_a_name_that_is_taken_is_said_in_the_dialog(qtbot: QtBot, start) -> None:
    program = with_snippets(qtbot, start, Greeting="Dear all")
    snippets = program.window.desk.snippets
    snippets.open_dialog()
    dialog = snippets.dialog
    assert dialog is not None
    dialog.name.setText("GREETING")
    dialog.text.setPlainText("other")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "already" in dialog.problem.text())
    assert dialog.text.toPlainText() == "other"
    dialog.reject()


@QUIET
def test_snippets_are_at_hand_after_a_restart_and_in_temporary_chats(qtbot: QtBot, start) -> None:
    program = with_snippets(qtbot, start, a="first")
    program.window.temporary_chat()
    assert [one.name for one in program.window.desk.snippets.known] == ["a"]
    program.window.close()
    again = start()
    ready(qtbot, again)
    qtbot.waitUntil(lambda: len(again.window.desk.snippets.known) == 1)


@QUIET
def test_those_that_come_with_a_profile_are_offered_at_once_and_typing_is_not_disturbed(
    qtbot: QtBot, start
) -> None:
    program = with_snippets(qtbot, start, a="first")
    snippets, work = program.window.desk.snippets, program.window.desk.learned.work
    snippets.open_dialog()
    dialog = snippets.dialog
    assert dialog is not None
    dialog.text.setPlainText("half a sente")
    with qtbot.waitSignal(work.changed):
        work.change(lambda services: None)
    read: list[object] = []
    program.window.session.change(lambda: "behind it", read.append)
    qtbot.waitUntil(lambda: bool(read))
    work.change(lambda services: services.store.run(lambda db: db.snippets.add("b", "two", 1.0)))
    qtbot.waitUntil(lambda: [one.name for one in snippets.known] == ["a", "b"])
    assert dialog.text.toPlainText() == "half a sente"
    dialog.reject()
