"""The field for a message says what it is for in as many words as there is room for."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from window_steps import ready

from assistant.gui.query_edit import QueryEdit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen


def fits(edit: QueryEdit) -> bool:
    room = edit.viewport().width() - 2 * edit.document().documentMargin()
    return edit.fontMetrics().horizontalAdvance(edit.placeholderText()) <= room


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("temporary", [False, True])
def test_the_german_prompt_is_whole_in_the_narrowest_window_with_the_largest_text(
    qtbot: QtBot, start, temporary: bool
) -> None:
    program = start(width=320)
    ready(qtbot, program)
    if temporary:
        program.window.temporary_chat()
    program.window.appearance.choose("light", 2.0)
    edit = program.window.composer.edit
    qtbot.waitUntil(lambda: fits(edit))
    assert edit.placeholderText() == "Nachricht"
    program.window.appearance.choose("light", 1.0)
    program.window.resize(1280, 800)
    whole = (
        "Nachricht schreiben; dieser Chat wird nicht aufbewahrt"
        if temporary
        else "Nachricht schreiben"
    )
    qtbot.waitUntil(lambda: edit.placeholderText() == whole)
    assert fits(edit)


def test_where_not_even_the_shortest_fits_it_ends_in_an_ellipsis(qtbot: QtBot, appearance) -> None:
    edit = QueryEdit()
    qtbot.addWidget(edit)
    edit.resize(80, 40)
    edit.show()
    edit.show_prompt("There is no model to write with yet; see the note above.")
    assert edit.placeholderText().endswith("…")
    assert fits(edit)


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_a_word_that_is_too_long_is_broken_and_the_field_grows_to_show_it_all(
    qtbot: QtBot, appearance, scale: float
) -> None:
    appearance.choose("light", scale)
    edit = QueryEdit()
    qtbot.addWidget(edit)
    edit.resize(400, 40)
    edit.show()
    for letter in "m" * 30:
        edit.insertPlainText(letter * 4)
    qtbot.wait(10)
    assert edit.document().size().height() > 3
    assert not edit.horizontalScrollBar().isVisible()
    assert edit.verticalScrollBar().maximum() == 0


def test_what_the_context_holds_is_told_beside_send_however_high_the_message_is(
    qtbot: QtBot, start
) -> None:
    program = start(width=1280)
    ready(qtbot, program)
    composer = program.window.composer
    composer.show_context(300, 4096)
    composer.edit.setPlainText("m" * 900 + "\n" * 9)
    qtbot.waitUntil(lambda: composer.height() > 3 * composer.send_button.height())
    row = composer.send_button.geometry()
    for part in (composer.context, composer.meter):
        assert part.isVisible()
        assert row.top() <= part.geometry().top() <= part.geometry().bottom() <= row.bottom()
    assert not composer.edit.horizontalScrollBar().isVisible()
