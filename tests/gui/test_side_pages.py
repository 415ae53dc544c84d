"""First start, keys, settings, wiping, notices."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.gui.actions import ACTIONS, Where
from assistant.gui.learned_interview import LearnedInterview
from assistant.gui.settings_dialog import HIDDEN, sections
from assistant.gui.side_pages import QUESTIONS_AT_FIRST
from assistant.gui.start import Program
from assistant.settings import ALL, FONT_SCALE, WELCOMED

PROJECT = Path(__file__).resolve().parents[2]


def test_every_key_means_one_thing_where_it_works() -> None:
    everywhere = [key for a in ACTIONS if a.where is Where.ANYWHERE for key in a.keys]
    for where in Where:
        keys = [key for a in ACTIONS if a.where is where for key in a.keys]
        keys += everywhere if where is not Where.ANYWHERE else []
        assert len(keys) == len(set(keys))
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert all(QKeySequence(key).toString() for key in everywhere)


def test_the_keys_are_shown_and_the_same_keys_lead_back(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    window = program.window
    qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    page = window.pages.page()
    assert page is not None
    texts = {child.text() for child in page.findChildren(type(window.composer.context))}
    assert {action.text for action in ACTIONS} <= texts
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.pages.page() is None


def test_every_setting_is_in_the_dialog_or_kept_by_the_program() -> None:
    shown = [setting for _title, part in sections() for setting in part]
    assert sorted(s.key for s in (*shown, *HIDDEN)) == sorted(s.key for s in ALL)


def test_text_grows_and_shrinks_with_keys_and_is_kept(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    window = program.window

    def scale() -> float:
        return program.store.run(lambda db: db.settings.get(FONT_SCALE))

    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: scale() == 1.1)
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: scale() == 1.0)


def open_settings(program: Program):
    program.window.settings_wanted.emit()
    assert program.window.desk.pages.settings is not None
    return program.window.desk.pages.settings


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")  # offscreen, of a dialog
def test_a_backup_is_made_at_once_and_told(qtbot: QtBot, start, tmp_path: Path) -> None:
    program = start()
    ready(qtbot, program)
    dialog = open_settings(program)
    dialog.back_up_wanted.emit()
    qtbot.waitUntil(lambda: dialog.told.text().startswith("The copy is"))
    assert list((tmp_path / "home" / "backups").glob("attune-*.db"))


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_wiping_removes_everything_and_closes(qtbot: QtBot, start, tmp_path: Path) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "my secret platypus")
    dialog = open_settings(program)
    dialog.wipe_wanted.emit()
    assert program.window.isHidden()
    assert [file for file in (tmp_path / "home").rglob("*") if file.is_file()] == []


def test_the_first_start_shows_its_pages_once_and_leads_to_a_query(
    qtbot: QtBot, start, tmp_path: Path
) -> None:
    resources = tmp_path / "resources"  # where the test's program looks for its files
    resources.mkdir()
    shutil.copyfile(PROJECT / "resources" / "interview.toml", resources / "interview.toml")
    program = start(first=True)
    ready(qtbot, program)
    window = program.window
    qtbot.waitUntil(lambda: window.pages.page() is not None)
    page = window.desk.pages.first_run
    assert page is not None
    texts = [page.steps.widget(at).accessibleName() for at in range(page.steps.count())]
    assert texts == [
        "Everything stays here",
        "The model that writes",
        "Your tastes, if you like",
        "The first query",
    ]
    for _ in range(2):
        page.next.click()
    interview = page.findChild(LearnedInterview)
    qtbot.waitUntil(lambda: len(interview.options) == QUESTIONS_AT_FIRST)
    first = next(iter(interview.options))
    interview.options[first][0].click()
    qtbot.waitUntil(lambda: first in program.store.run(lambda db: db.interview.all()))
    page.next.click()
    assert page.next.isHidden()
    page.asked.emit("How do I relax?")
    qtbot.waitUntil(lambda: not window.session.writing and bool(window.session.round))
    assert stored(program)[0].text == "How do I relax?"
    assert window.pages.page() is None
    assert program.store.run(lambda db: db.settings.get(WELCOMED)) is True
    window.close()
    again = start(first=True)
    ready(qtbot, again)
    qtbot.waitUntil(again.window.top.model.isVisible)
    assert again.window.pages.page() is None
