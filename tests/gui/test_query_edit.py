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
