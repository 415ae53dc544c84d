"""Replies are edited where they stand, every text stays a page; a chat is copied from any turn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.gui.past_round import PastRound
from assistant.gui.reply_editor import ReplyEditor
from assistant.gui.start import Program
from assistant.usecases.plan import turns_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of menus


def one_ranked(qtbot: QtBot, start, **options: object) -> Program:
    """One round, ranked with B best and not folded yet."""
    program = start(**options)
    ready(qtbot, program)
    ask(qtbot, program, "First?")
    program.window.round_view.model.choose_best("B")
    qtbot.waitUntil(lambda: bool(program.window.session.round.ranking))
    return program


def folded(qtbot: QtBot, program: Program) -> PastRound:
    program.window.desk.flow.fold()
    qtbot.waitUntil(lambda: bool(program.window.conversation.past))
    return program.window.conversation.past[-1]


def menu_action(qtbot: QtBot, past: PastRound, words: str) -> QAction:
    past.more_button.click()
    menu = next(m for m in past.findChildren(QMenu) if m.isVisible())
    found = next(action for action in menu.actions() if words in action.text())
    menu.close()
    return found


def write(qtbot: QtBot, past: PastRound, text: str) -> None:
    assert past.editor is not None
    past.editor.field.selectAll()
    qtbot.keyClicks(past.editor.field, text)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(past.editor.field, Qt.Key.Key_Return, control)


def test_the_ranking_of_an_earlier_round_is_taken_back(qtbot: QtBot, start) -> None:
    program = one_ranked(qtbot, start)
    program.window.round_view.model.choose_best("C")
    qtbot.waitUntil(lambda: stored(program)[0].ranking.order.best == "C")
    past = folded(qtbot, program)
    ask(qtbot, program, "And then?")
    menu_action(qtbot, past, "Take the ranking back").trigger()
    qtbot.waitUntil(lambda: stored(program)[0].ranking is None)
    first = stored(program)[0]
    assert first.chosen == first.candidate("C").id, "the conversation went on with it"
    qtbot.waitUntil(lambda: "Taken back" in program.window.banner.text.text())
    qtbot.waitUntil(lambda: program.window.status.rankings.text() == "0 rankings")


def test_undoing_the_lesson_undoes_every_order_of_the_round(qtbot: QtBot, start) -> None:
    program = one_ranked(qtbot, start)
    program.window.round_view.model.choose_best("C")
    qtbot.waitUntil(lambda: stored(program)[0].ranking.order.best == "C")
    qtbot.waitUntil(lambda: bool(program.window.why.rows))
    program.window.why.undo_button.click()
    qtbot.waitUntil(lambda: stored(program)[0].ranking is None)
    qtbot.waitUntil(lambda: program.window.round_view.model.order() is None)


def test_who_has_ranked_is_not_offered_to_skip(qtbot: QtBot, start) -> None:
    program = one_ranked(qtbot, start)
    view = program.window.round_view
    assert not view.strip.skip_button.isEnabled()
    view.skipped.emit()  # as the key does
    qtbot.waitUntil(lambda: "undo that first" in program.window.banner.text.text())
    assert not stored(program)[0].skipped
    program.window.round_view.undone.emit()
    qtbot.waitUntil(view.strip.skip_button.isEnabled)


def test_an_edited_reply_is_a_new_page_that_goes_on(qtbot: QtBot, start) -> None:
    program = one_ranked(qtbot, start)
    written = stored(program)[0].candidate("B").text
    past = folded(qtbot, program)
    menu_action(qtbot, past, "Edit this reply").trigger()
    assert past.editor is not None
    assert past.editor.field.toPlainText() == written
    assert past.editor.field.hasFocus()
    write(qtbot, past, "Mine.")
    qtbot.waitUntil(lambda: stored(program)[0].candidate("B").said == "Mine.")
    qtbot.waitUntil(lambda: past.body.text() == "Mine.")
    assert past.page.text() == "3/4 · B, edited by you, chosen"
    past.turn(-1)
    assert (past.body.text(), past.page.text()) == (written, "2/4 · B")
    assert past.choose_button.isVisible()


def test_what_was_written_can_be_gone_on_with_again(qtbot: QtBot, start) -> None:
    program = one_ranked(qtbot, start)
    past = folded(qtbot, program)
    past.edit()
    write(qtbot, past, "Mine.")
    qtbot.waitUntil(lambda: "edited" in past.page.text())
    past.turn(-1)
    past.choose_button.click()
    qtbot.waitUntil(lambda: stored(program)[0].candidate("B").version == 0)
    qtbot.waitUntil(lambda: past.page.text() == "2/4 · B, chosen")
    assert stored(program)[0].candidate("B").edits == ("Mine.",)


def test_the_model_sees_the_edited_text_in_the_next_turn(qtbot: QtBot, start) -> None:
    program = one_ranked(qtbot, start)
    past = folded(qtbot, program)
    past.edit()
    write(qtbot, past, "Mine.")
    qtbot.waitUntil(lambda: stored(program)[0].candidate("B").version == 1)
    ask(qtbot, program, "And then?")
    later = stored(program)[-1]
    turns = program.store.run(lambda db: turns_of(db, later.conversation_id, until=later.query_id))
    assert [turn.text for turn in turns if turn.role == "assistant"] == ["Mine."]


def test_escape_and_an_unchanged_text_change_nothing(qtbot: QtBot, start) -> None:
    program = one_ranked(qtbot, start)
    past = folded(qtbot, program)
    past.edit()
    qtbot.keyClicks(past.editor.field, "x")
    qtbot.keyClick(past.editor.field, Qt.Key.Key_Escape)
    assert past.editor is None
    assert past.body.isVisible()
    past.edit()
    qtbot.keyClick(past.editor.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert past.editor is None
    assert stored(program)[0].candidate("B").edits == ()


def test_a_card_is_edited_after_its_ranking_where_the_round_is_folded(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "First?")
    view = program.window.round_view
    view.cards["A"].more_button.click()
    menu = next(m for m in view.findChildren(QMenu) if m.isVisible())
    edit = next(action for action in menu.actions() if "Edit" in action.text())
    assert not edit.isEnabled(), "what is ranked is what was written"
    menu.close()
    view.model.choose_best("B")
    qtbot.waitUntil(lambda: bool(program.window.session.round.ranking))
    view.editing.emit(stored(program)[-1].query_id, "A")
    past = program.window.conversation.past[-1]
    assert past.editor is not None
    assert not view.isVisible()
    write(qtbot, past, "Mine.")
    qtbot.waitUntil(lambda: stored(program)[0].chosen == stored(program)[0].candidate("A").id)


def test_an_edited_last_reply_is_shown_as_it_stands_after_a_restart(qtbot: QtBot, start) -> None:
    program = one_ranked(qtbot, start)
    past = folded(qtbot, program)
    past.edit()
    write(qtbot, past, "Mine.")
    qtbot.waitUntil(lambda: stored(program)[0].candidate("B").version == 1)
    conversation = program.window.session.conversation
    program.window.close()
    again = start()
    ready(qtbot, again)
    again.window.session.open(conversation)
    qtbot.waitUntil(lambda: bool(again.window.conversation.past))
    assert again.window.conversation.past[-1].body.text() == "Mine."
    assert not again.window.round_view.isVisible()


def test_a_chat_is_copied_from_a_reply_and_goes_on_with_it(qtbot: QtBot, start) -> None:
    program = one_ranked(qtbot, start)
    ask(qtbot, program, "Second?")
    original = program.window.session.conversation
    past = program.window.conversation.past[0]
    past.turn(1)
    menu_action(qtbot, past, "Copy chat").trigger()
    qtbot.waitUntil(lambda: program.window.session.conversation not in (None, original))
    assert [one.text for one in stored(program)] == ["First?"]
    assert stored(program)[0].chosen == stored(program)[0].candidate("C").id
    qtbot.waitUntil(lambda: program.window.top.title.text() == "First? (copy)")
    assert "copy" in program.window.banner.text.text()
    assert not program.window.round_view.isVisible(), "a copy is gone on with, not ranked"
    qtbot.waitUntil(lambda: len(program.window.sidebar.list.rows.titles()) == 2)


def test_a_whole_chat_is_copied_from_its_menu(qtbot: QtBot, start) -> None:
    program = one_ranked(qtbot, start)
    one = program.window.desk.conversation
    program.window.desk.shelf.copying.emit(one)
    qtbot.waitUntil(lambda: program.window.session.conversation not in (None, one.id))
    assert len(stored(program)) == 1


def test_a_temporary_chat_is_not_copied(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    program.window.temporary_chat()
    ask(qtbot, program, "First?")
    view = program.window.round_view
    view.copied.emit(program.window.session.round.query_id, "A", 0)
    assert "not kept" in program.window.banner.text.text()


def test_a_change_that_was_not_saved_is_there_when_the_chat_is_shown_again(
    qtbot: QtBot, start
) -> None:
    program = one_ranked(qtbot, start)
    past = folded(qtbot, program)
    ask(qtbot, program, "Second?")
    past = program.window.conversation.past[0]
    past.edit("B")
    past.editor.field.setPlainText("Half of it")
    conversation = program.window.session.conversation
    program.window.new_chat()
    assert program.window.conversation.past == ()
    program.window.desk.shelf.open(conversation)
    qtbot.waitUntil(lambda: bool(program.window.conversation.past))
    again = program.window.conversation.past[0]
    assert again is not past
    assert again.editor.field.toPlainText() == "Half of it"
    assert again.page.text().startswith("2/3 · B")
    again.editor.cancelled.emit()
    program.window.new_chat()
    program.window.desk.shelf.open(conversation)
    qtbot.waitUntil(lambda: bool(program.window.conversation.past))
    assert program.window.conversation.past[0].editor is None


def test_the_field_shows_all_of_a_reply_of_some_lines(qtbot: QtBot, appearance) -> None:
    editor = ReplyEditor("A", "\n".join(["line"] * 15))
    qtbot.addWidget(editor)
    editor.resize(600, 600)
    editor.show()
    qtbot.waitUntil(lambda: editor.field.document().size().height() == 15)
    assert editor.field.verticalScrollBar().maximum() == 0
