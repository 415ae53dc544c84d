"""Between the program and its window: explanations, settings, the model, what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.domain.errors import ModelProblem
from assistant.generation.scripted import ScriptedBackend
from assistant.gui.settings_dialog import SettingsDialog
from assistant.gui.start import Program
from assistant.gui.tag_row import TagRow
from assistant.gui.window_place import put_back, read_place
from assistant.settings import LEARNING, REPLIES, THEME

MISSING = "The model file is missing; choose another, or put it back and try again."


def ranked(qtbot: QtBot, program: Program, text: str = "How do I relax?") -> None:
    ready(qtbot, program)
    ask(qtbot, program, text)
    qtbot.keyClick(program.window.round_view.cards["A"], Qt.Key.Key_B)
    qtbot.waitUntil(lambda: bool(program.window.why.rows))


def press(row: TagRow, text: str) -> None:
    next(b for b in row.findChildren(QAbstractButton) if b.text() == text).click()


def test_why_stays_empty_until_the_ranking(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one")
    program.window.toggle_why()
    assert program.window.why.rows == []
    assert program.window.why.undo_button.isHidden()
    qtbot.keyClick(program.window.round_view.cards["A"], Qt.Key.Key_B)
    qtbot.waitUntil(lambda: bool(program.window.why.rows))
    program.window.why.undo_button.click()
    qtbot.waitUntil(lambda: stored(program)[0].ranking is None)
    qtbot.waitUntil(lambda: program.window.why.rows == [])


def test_a_tag_is_pinned_and_banned_from_why_and_stored(qtbot: QtBot, start) -> None:
    program = start()
    ranked(qtbot, program)
    why = program.window.why

    def flags(name: str) -> tuple[bool, bool]:
        tags = program.store.run(lambda db: db.tags.all())
        return next((tag.pinned, tag.banned) for tag in tags if tag.name == name)

    tag = why.rows[0].tag
    press(why.rows[0], "Pin")
    qtbot.waitUntil(lambda: flags(tag) == (True, False))
    qtbot.waitUntil(lambda: "pinned" in why.rows[0].note.text())
    press(why.rows[0], "Ban")
    qtbot.waitUntil(lambda: flags(tag) == (False, True))
    qtbot.waitUntil(lambda: "banned" in why.rows[0].note.text())
    press(why.rows[0], "Allow")
    qtbot.waitUntil(lambda: flags(tag) == (False, False))


def test_the_rankings_behind_a_weight_are_shown_as_the_user_made_them(qtbot: QtBot, start) -> None:
    program = start()
    ranked(qtbot, program)
    row = next(row for row in program.window.why.rows if row.weight and row.weight.rankings)
    press(row, "Show rankings")
    qtbot.waitUntil(lambda: not row.behind.isHidden())
    assert "How do I relax?" in row.behind.text()
    assert "B › rest" in row.behind.text()
    press(row, "Show rankings")
    assert row.behind.isHidden()


def test_learning_is_switched_off_and_on_from_the_top(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    button = program.window.top.learning
    qtbot.waitUntil(lambda: button.text() == "Learning on")
    button.click()
    qtbot.waitUntil(lambda: button.text() == "Learning off")
    assert "Learning is off" in program.window.conversation.welcome.text()
    assert program.store.run(lambda db: db.settings.get(LEARNING)) is False
    ask(qtbot, program, "one")
    qtbot.keyClick(program.window.round_view.cards["A"], Qt.Key.Key_B)
    qtbot.waitUntil(lambda: stored(program)[0].ranking is not None)
    ranking = stored(program)[0].ranking
    assert ranking is not None
    assert not ranking.learn
    button.click()
    qtbot.waitUntil(lambda: button.text() == "Learning on")


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")  # offscreen, of a dialog
def test_the_theme_is_chosen_in_the_settings_and_kept(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    program.window.settings_wanted.emit()
    dialog = program.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    assert all(field.accessibleName() for field in dialog.fields.values())
    theme = dialog.fields[THEME.key]
    theme.setCurrentIndex(THEME.choices.index("dark"))
    dialog.accept()
    dark = "#2a2926"
    qtbot.waitUntil(lambda: QGuiApplication.palette().base().color().name() == dark)
    assert program.store.run(lambda db: db.settings.get(THEME)) == "dark"


def test_the_number_of_replies_is_kept(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    composer = program.window.composer
    composer.replies.setCurrentIndex(1)
    composer.replies.activated.emit(1)
    qtbot.waitUntil(lambda: program.store.run(lambda db: db.settings.get(REPLIES)) == 2)
    assert composer.drafts() == 2


def test_without_a_model_the_history_can_be_read_and_the_message_says_why(
    qtbot: QtBot, start
) -> None:
    first = start()
    ranked(qtbot, first)
    first.window.close()
    program = start(ScriptedBackend(failure=ModelProblem(MISSING)))
    window = program.window
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.text.text() == MISSING
    assert [made.text() for made in window.banner.buttons] == ["Try again", "Choose a model…"]
    assert not window.composer.isEnabled()
    assert "no model" in window.composer.edit.placeholderText()
    qtbot.waitUntil(lambda: len(window.sidebar.list.rows.titles()) == 1)
    window.sidebar.list.clicked.emit(window.sidebar.list.rows.index(1))
    qtbot.waitUntil(lambda: len(window.round_view.cards) == 3)
    assert "Second reply" in window.round_view.cards["B"].body.text()
    qtbot.waitUntil(lambda: bool(window.why.rows))


def test_a_model_that_is_back_is_used_at_the_next_try(qtbot: QtBot, start) -> None:
    program = start(ScriptedBackend(failure=ModelProblem(MISSING)))
    window = program.window
    qtbot.waitUntil(window.banner.isVisible)
    session = window.session
    assert session is not None
    session.services = replace(session.services, backend=ScriptedBackend(["Here again."]))
    window.banner.buttons[0].click()
    qtbot.waitUntil(window.composer.isEnabled)
    assert window.banner.isHidden()
    assert window.composer.edit.placeholderText() == "Write a message"
    assert window.top.model.text().startswith("Scripted")
    ask(qtbot, program, "one")
    assert stored(program)[0].candidates[0].text == "Here again."


def test_another_reply_than_the_best_can_go_on(qtbot: QtBot, start) -> None:
    program = start()
    ranked(qtbot, program)
    window = program.window
    window.round_view.proceed.emit()
    (past,) = window.conversation.past
    assert past.page.text() == "2/3 · B, chosen"
    assert past.choose_button.isHidden()
    past.after.click()
    assert past.page.text() == "3/3 · C"
    past.choose_button.click()
    qtbot.waitUntil(lambda: past.page.text() == "3/3 · C, chosen")
    (round_,) = stored(program)
    assert round_.chosen == round_.candidate("C").id
    assert round_.ranking is not None
    assert round_.ranking.order.best == "B"
    backend = ScriptedBackend(["Next."])
    session = window.session
    assert session is not None
    session.services = replace(session.services, backend=backend)
    ask(qtbot, program, "two")
    assert [turn.text for turn in backend.requests[0].turns][1:] == [
        "How do I relax?",
        round_.candidate("C").text,
        "two",
    ]


def test_the_window_comes_back_where_it_was_left(qtbot: QtBot, start) -> None:
    program = start(width=760, height=640)  # the screen of the tests is 800 x 800
    ready(qtbot, program)
    program.window.toggle_why()
    program.window.close()
    again = start(width=700, height=700)
    ready(qtbot, again)
    qtbot.waitUntil(lambda: again.window.width() == 760)
    assert again.window.height() == 640
    assert again.window.why.isVisible()


def test_the_panes_come_back_as_wide_as_they_were_drawn(qtbot: QtBot, start) -> None:
    window = start().window
    window.toggle_why()
    window.panes.setSizes([260, 720, 300])
    place = read_place(window.place())
    assert place is not None
    assert place.panes[0] == 260
    assert place.panes[2] == 300
    window.panes.setSizes([224, 792, 264])
    put_back(replace(place, geometry=""), window, window.panes)
    assert [window.sidebar.width(), window.why.width()] == [260, 300]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"panes": ["x"], "geometry": "", "why": null}'])
def test_a_place_that_makes_no_sense_is_no_place(text: str) -> None:
    assert read_place(text) is None


def hints(program: Program) -> list[str]:
    """What the explanation says at the moment."""
    body = program.window.why._scroll.widget()
    return [one.text() for one in body.findChildren(QLabel)]


def test_while_an_order_is_learned_from_the_explanation_says_so(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "First?")
    assert "Rank the replies first" in hints(program)[0]
    said: list[str] = []
    program.window.session.saved.connect(lambda *_: said.extend(hints(program)[:1]))
    program.window.round_view.model.choose_best("B")
    qtbot.waitUntil(lambda: bool(program.window.why.rows))
    assert said == ["Learning from your order…"]
    program.window.round_view.model.choose_best("A")
    qtbot.waitUntil(lambda: len(said) == 2)
    assert "Learning" not in said[1], "what was explained stays until it is explained anew"
