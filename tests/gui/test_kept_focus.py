"""The keyboard stays in the part of the window that is built anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from learned_desk import LearnedDesk, teach
from learned_fixtures import part_of, show_page
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.gui.controls import button, label
from assistant.gui.kept_focus import kept_focus
from assistant.gui.learned_interview import LearnedInterview
from assistant.gui.learned_parts import Section
from assistant.gui.learned_tags import LearnedTags
from assistant.gui.learned_training import LearnedTraining
from assistant.gui.start import Program

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen

CONTROL = Qt.KeyboardModifier.ControlModifier


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def named(part: QWidget, name: str) -> QPushButton | None:
    """The button called so that is there now; those that went may be there for a moment."""
    buttons = [one for one in part.findChildren(QPushButton) if one.accessibleName() == name]
    return buttons[-1] if buttons and buttons[-1].isVisible() else None


def reach(qtbot: QtBot, part: QWidget, name: str) -> None:
    """What the Tab key does, in many steps."""
    qtbot.waitUntil(lambda: named(part, name) is not None)
    found = named(part, name)
    assert found is not None
    found.setFocus()


def shows(program: Program, text: str) -> bool:
    """Whether this is the query of the round shown."""
    session = program.window.session
    return session is not None and session.round is not None and session.round.text == text


@pytest.fixture
def section(qtbot: QtBot, qapp: QApplication) -> Section:
    """A section between two buttons that must never have the keyboard."""
    page = QWidget()
    made = Section("Part")
    column = QVBoxLayout(page)
    for part in (button("Before", lambda: None), made, button("After", lambda: None)):
        column.addWidget(part)
    qtbot.addWidget(page)
    made.fill([button(name, lambda: None) for name in ("A", "B", "B", "C")])
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    made.page = page  # kept from the garbage collector
    return made


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (("C", "B", "B"), 2),  # the second of those called so
        (("X", "Y", "Z", "W"), 2),  # the one in its place
        (("X",), 0),  # the last there is
    ],
)
def test_what_is_called_alike_or_stands_there_has_the_keyboard(
    section: Section, now: tuple[str, ...], found: int
) -> None:
    buttons = section.findChildren(QPushButton)
    buttons[2].setFocus()
    rows = [button(name, lambda: None) for name in now]
    section.fill(rows)
    assert rows[found].hasFocus()


def test_where_nothing_can_have_it_the_part_itself_has_it(section: Section) -> None:
    section.findChildren(QPushButton)[0].setFocus()
    section.fill([label("Nothing is here.")])
    assert section.hasFocus()


def test_the_keyboard_elsewhere_is_left_alone(section: Section) -> None:
    elsewhere = named(section.page, "After")
    elsewhere.setFocus()
    with kept_focus(section):
        section.fill([button("A", lambda: None)])
    assert elsewhere.hasFocus()


def test_interview_answers_are_given_one_after_the_other_by_keyboard(
    qtbot: QtBot, desk: LearnedDesk
) -> None:
    interview = LearnedInterview(desk.work)
    desk.work.changed.connect(interview.refresh)
    page = QWidget()
    column = QVBoxLayout(page)
    for part in (button("New chat", lambda: None), interview):
        column.addWidget(part)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    interview.refresh()
    reach(qtbot, interview, "Questions of the interview")
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(interview.options))
    assert focused() is named(interview, "Questions of the interview")
    for question in list(interview.options)[:2]:
        radio = interview.options[question][1]
        radio.setFocus()
        qtbot.keyClick(radio, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda q=question, r=radio: interview.options[q][1] is not r)
        assert interview.options[question][1].hasFocus()
        assert interview.options[question][1].isChecked()


def test_a_tag_is_pinned_and_freed_again_without_leaving_its_card(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    program.window.desk.learned.open()
    part = program.window.desk.learned.page.shown_part()
    assert isinstance(part, LearnedTags)
    qtbot.waitUntil(lambda: bool(part.card.findChildren(QPushButton)))
    name = part.list.picked_tag().tag.name
    reach(qtbot, part.card, f"Always use {name}")
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: part.list.picked_tag().tag.pinned)
    assert focused() is named(part.card, f"Do not pin {name}")
    reach(qtbot, part.card, f"Never use {name}")
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: part.list.picked_tag().tag.banned)
    assert focused() is named(part.card, f"Allow {name} again")


def test_a_tag_is_pinned_in_the_panel_and_the_keyboard_stays_on_it(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    window = program.window
    ask(qtbot, program, "one")
    window.round_view.model.choose_best("B")
    qtbot.waitUntil(lambda: len(window.why.rows) > 1)
    row = window.why.rows[1]
    reach(qtbot, row, f"Always use {row.tag}")
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(window.why.rows[1].weight.pinned))
    now = window.why.rows[1]
    assert (now.tag, now is row) == (row.tag, False)
    assert focused() is named(now, f"Do not pin {row.tag}")


@pytest.fixture
def versions(qtbot: QtBot, start) -> Program:
    """A query in its second version."""
    program: Program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one")
    bubble = program.window.conversation.bubble
    bubble.edited.emit(bubble.round.query_id, "another")
    qtbot.waitUntil(lambda: stored(program)[0].text == "another")
    qtbot.waitUntil(
        lambda: program.window.focusWidget() in list(program.window.round_view.cards.values())
    )
    return program


def test_another_version_is_read_where_the_one_before_was(qtbot: QtBot, versions: Program) -> None:
    window = versions.window
    window.round_view.cards["B"].setFocus()
    place = list(window.round_view.model.letters()).index("B")
    qtbot.keyClick(window, Qt.Key.Key_BracketLeft, CONTROL)
    assert window.composer.edit.hasFocus(), "what is typed meanwhile is a message"
    qtbot.waitUntil(lambda: shows(versions, "one"))
    assert focused() is window.round_view.cards[window.round_view.model.letters()[place]]
    reach(qtbot, window.conversation.bubble, "Version after")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shows(versions, "another"))
    assert window.conversation.bubble.isAncestorOf(focused())


def test_a_message_typed_before_the_version_is_there_goes_on(
    qtbot: QtBot, versions: Program
) -> None:
    window = versions.window
    qtbot.keyClick(window, Qt.Key.Key_BracketLeft, CONTROL)
    qtbot.keyClicks(focused(), "abc")
    qtbot.waitUntil(lambda: shows(versions, "one"))
    assert window.composer.edit.hasFocus()
    assert window.composer.edit.toPlainText() == "abc"


def test_a_copy_of_the_chat_waits_for_a_message(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    window = program.window
    ask(qtbot, program, "one")
    first = window.session.conversation
    card = window.round_view.cards["A"]
    card.more_button.setFocus()
    qtbot.keyClick(card.more_button, Qt.Key.Key_Space)
    menu = next(m for m in card.more_button.findChildren(QMenu) if m.isVisible())
    wanted = next(a for a in menu.actions() if "Copy chat from here" in a.text())
    menu.close()
    wanted.trigger()
    qtbot.waitUntil(lambda: window.session.conversation not in (first, None))
    qtbot.waitUntil(lambda: "copy" in window.top.title.toolTip())
    assert window.focusWidget() is window.composer.edit


def test_a_file_is_attached_and_taken_away_and_the_message_has_the_keyboard(
    qtbot: QtBot, start, tmp_path: Path
) -> None:
    program = start()
    ready(qtbot, program)
    composer = program.window.composer
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("Some words.", encoding="utf-8")
        composer.attach_button.setFocus()
        program.window.desk.enclosing.take([tmp_path / name])
        assert composer.edit.hasFocus()
    reach(qtbot, composer.attachments, "Remove one.txt")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is named(composer.attachments, "Remove two.txt")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert composer.edit.hasFocus()


def test_a_document_is_attached_and_the_message_has_the_keyboard(
    qtbot: QtBot, start, tmp_path: Path
) -> None:
    program = start()
    ready(qtbot, program)
    composer = program.window.composer
    (tmp_path / "long.md").write_text("Some words. " * 500, encoding="utf-8")
    composer.attach_button.setFocus()
    program.window.desk.enclosing.add_document(tmp_path / "long.md")
    qtbot.waitUntil(lambda: bool(composer.attachments.documents))
    assert composer.edit.hasFocus()


def test_a_note_that_is_said_anew_keeps_its_button_and_the_message_follows_it(
    qtbot: QtBot, start
) -> None:
    program = start()
    ready(qtbot, program)
    window, stopped = program.window, []
    for share in (10, 20):
        window.banner.tell(f"{share} %", [("Stop", lambda: stopped.append(1))])
        if share == 10:
            reach(qtbot, window.banner, "Stop")
    assert focused() is window.banner.buttons[0]
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert stopped == [1]
    assert window.composer.edit.hasFocus()


def test_who_starts_learning_can_pause_it_and_start_it_again(
    qtbot: QtBot, desk: LearnedDesk
) -> None:
    teach(desk.services, 2)
    part = part_of(show_page(qtbot, desk), "Learning now", LearnedTraining)
    part.window().activateWindow()
    part.starts["scorer"].setFocus()
    with qtbot.waitSignal(desk.trainer.ended, timeout=20000):
        qtbot.keyClick(part.starts["scorer"], Qt.Key.Key_Return)
        assert part.window().focusWidget() is part.pause
    assert part.window().focusWidget() is part.starts["scorer"]


def test_a_query_whose_change_is_given_up_can_be_changed_again(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one")
    bubble = program.window.conversation.bubble
    assert bubble is not None
    bubble.edit()
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is named(bubble, "Edit this query")
