"""The dialog of snippets: what was typed is saved before it is left, or says why it cannot be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_steps import ready

from assistant.gui.snippets import Snippets
from assistant.gui.snippets_dialog import SnippetsDialog
from assistant.usecases.snippets import LONGEST_NAME

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of dialogs


@pytest.fixture
def opened(qtbot: QtBot, start) -> tuple[Snippets, SnippetsDialog]:
    """The dialog with two snippets, over a real window and data file."""
    program = start()
    ready(qtbot, program)
    for name, text in (("a", "first"), ("b", "second")):
        program.store.run(lambda db, n=name, t=text: db.snippets.add(n, t, 1.0))
    snippets = program.window.desk.snippets
    snippets.refresh()
    qtbot.waitUntil(lambda: len(snippets.known) == 2)
    snippets.open_dialog()
    assert snippets.dialog is not None
    return snippets, snippets.dialog


def known(snippets: Snippets) -> list[tuple[str, str]]:
    return [(one.name, one.text) for one in snippets.known]


def test_what_was_typed_is_saved_when_another_snippet_is_picked(qtbot: QtBot, opened) -> None:
    snippets, dialog = opened
    dialog.list.setCurrentRow(1)
    dialog.text.setPlainText("first, changed")
    dialog.list.setCurrentRow(2)
    qtbot.waitUntil(lambda: known(snippets) == [("a", "first, changed"), ("b", "second")])
    assert (dialog.name.text(), dialog.text.toPlainText()) == ("b", "second")
    assert dialog.list.currentRow() == 2


def test_what_was_typed_is_saved_when_the_dialog_is_closed(qtbot: QtBot, opened) -> None:
    snippets, dialog = opened
    dialog.text.setPlainText("Dear all, thank you for coming to the meeting of today")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: snippets.dialog is None)
    qtbot.waitUntil(lambda: len(snippets.known) == 3)
    named = next(one for one in snippets.known if one.text.startswith("Dear all"))
    assert named.name == "Dear all, thank you for coming to the…"
    assert len(named.name) <= LONGEST_NAME


def test_a_name_made_from_the_text_is_never_one_that_is_taken(qtbot: QtBot, opened) -> None:
    snippets, dialog = opened
    dialog.text.setPlainText("A")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: ("A 2", "A") in known(snippets))


def test_new_saves_what_was_typed_and_shows_empty_fields(qtbot: QtBot, opened) -> None:
    snippets, dialog = opened
    dialog.name.setText("c")
    dialog.text.setPlainText("third")
    dialog._new()
    qtbot.waitUntil(lambda: ("c", "third") in known(snippets))
    dialog.list.setCurrentRow(1)
    dialog.text.setPlainText("first!")
    dialog._new()
    qtbot.waitUntil(lambda: ("a", "first!") in known(snippets))
    assert (dialog.name.text(), dialog.text.toPlainText()) == ("", "")


def test_what_cannot_be_saved_stays_until_it_is_discarded(qtbot: QtBot, opened) -> None:
    snippets, dialog = opened
    dialog.list.setCurrentRow(1)
    dialog.name.setText("B")
    dialog.list.setCurrentRow(2)
    qtbot.waitUntil(lambda: "already" in dialog.problem.text())
    assert (dialog.list.currentRow(), dialog.name.text()) == (1, "B")
    dialog.reject()
    qtbot.waitUntil(lambda: dialog.discard_button.isVisible())
    assert dialog.isVisible()
    dialog.discard_button.click()
    qtbot.waitUntil(lambda: snippets.dialog is None)
    assert known(snippets) == [("a", "first"), ("b", "second")]


def test_nothing_typed_closes_at_once_and_stores_nothing(qtbot: QtBot, opened) -> None:
    snippets, dialog = opened
    dialog.reject()
    qtbot.waitUntil(lambda: snippets.dialog is None)
    assert known(snippets) == [("a", "first"), ("b", "second")]
