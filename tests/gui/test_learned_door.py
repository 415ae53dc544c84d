"""The page in the real window: opened from the sidebar and by keys, never in the way of closing."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.gui.learned_page import LearnedPage
from assistant.gui.learned_tags import LearnedTags
from assistant.gui.start import Program
from assistant.gui.status_line import RESTS
from assistant.settings import IDLE_LEARNING
from assistant.usecases.forget import forget


def page_of(program: Program) -> LearnedPage:
    assert program.window.desk is not None
    page = program.window.desk.learned.page
    assert page is not None
    return page


def open_by_keys(qtbot: QtBot, program: Program) -> LearnedPage:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(program.window, Qt.Key.Key_L, keys)
    qtbot.waitUntil(lambda: isinstance(program.window.pages.page(), LearnedPage))
    return page_of(program)


def test_the_page_is_opened_by_keys_and_escape_goes_back_to_the_message(
    qtbot: QtBot, start
) -> None:
    program = start()
    ready(qtbot, program)
    page = open_by_keys(qtbot, program)
    qtbot.keyClick(page.back, Qt.Key.Key_Escape)
    assert program.window.pages.page() is None
    assert program.window.composer.edit.hasFocus()


def test_the_page_is_opened_from_the_sidebar_and_shows_what_was_ranked_meanwhile(
    qtbot: QtBot, start
) -> None:
    program = start()
    ready(qtbot, program)
    way = program.window.sidebar.foot.itemAt(0).widget()
    assert way.accessibleName() == "What I have learned about you"
    way.click()
    tags = page_of(program).parts["Tags"]
    assert isinstance(tags, LearnedTags)
    qtbot.waitUntil(lambda: tags.list.count() > 0)
    page_of(program).left.emit()
    ask(qtbot, program, "How do I relax?")
    qtbot.keyClick(program.window.round_view.cards["A"], Qt.Key.Key_B)
    qtbot.waitUntil(lambda: stored(program)[0].ranking is not None)
    way.click()
    tags.list.setCurrentRow(1)  # Brief, which every reply carries
    qtbot.waitUntil(lambda: "1 ranking" in tags.card.behind.text())


def test_after_forgetting_the_conversation_is_shown_unranked(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "How do I relax?")
    qtbot.keyClick(program.window.round_view.cards["A"], Qt.Key.Key_B)
    qtbot.waitUntil(lambda: stored(program)[0].ranking is not None)
    session, desk = program.window.session, program.window.desk
    assert session is not None
    assert desk is not None
    forget(session.services)
    desk.learned.work.forgotten.emit()
    qtbot.waitUntil(lambda: session.round is not None and session.round.ranking is None)


def test_the_status_line_says_whether_anything_is_learned_when_it_is_quiet(
    qtbot: QtBot, start
) -> None:
    program = start()
    ready(qtbot, program)
    doing = program.window.status.doing
    qtbot.waitUntil(lambda: doing.toolTip() == RESTS)
    assert program.window.desk is not None
    program.window.desk.preferences.change({IDLE_LEARNING: False})
    qtbot.waitUntil(lambda: doing.toolTip() == "resting")


def test_closing_while_something_is_learned_takes_no_longer(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    desk = program.window.desk
    assert desk is not None
    desk.learned.trainer.learn("selector")
    started = time.monotonic()
    assert program.close()
    assert time.monotonic() - started < 5


def test_the_page_is_not_loaded_before_it_is_opened(qtbot: QtBot, start) -> None:
    for name in [name for name in sys.modules if "gui.learned_page" in name]:
        del sys.modules[name]
    program = start()
    ready(qtbot, program)
    assert "assistant.gui.learned_page" not in sys.modules
    assert program.window.desk is not None
    assert program.window.desk.learned.page is None
