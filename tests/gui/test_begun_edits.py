"""What is typed into a query or a reply is not lost: by going elsewhere, by a full disk."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.domain.model import ConversationId, QueryId, Round
from assistant.gui.begun_edits import LONGEST, BegunEdits
from assistant.gui.query_bubble import QueryBubble
from assistant.gui.start import Program
from assistant.settings import UNSENT

TYPED = "What did I really want to know?"


def opened(qtbot: QtBot, start, *queries: str) -> Program:
    program: Program = start()
    ready(qtbot, program)
    for text in queries:
        ask(qtbot, program, text)
    return program


def change(bubble: QueryBubble | None, text: str = TYPED) -> None:
    """What the user does to a query, up to sending it."""
    assert bubble is not None
    bubble.edit()
    assert bubble.editor is not None
    bubble.editor.setPlainText(text)


def elsewhere_and_back(qtbot: QtBot, program: Program) -> None:
    conversation = program.window.session.conversation
    program.window.new_chat()
    come_to(qtbot, program, conversation)


def come_to(qtbot: QtBot, program: Program, conversation: ConversationId | None) -> None:
    program.window.desk.shelf.open(conversation)
    qtbot.waitUntil(lambda: program.window.conversation.last_bubble() is not None)
    qtbot.waitUntil(lambda: program.window.session.conversation == conversation)


def test_a_change_of_the_last_query_is_there_again(qtbot: QtBot, start) -> None:
    program = opened(qtbot, start, "First?")
    change(program.window.conversation.bubble)
    elsewhere_and_back(qtbot, program)
    bubble = program.window.conversation.bubble
    assert bubble.editor.toPlainText() == TYPED
    assert bubble.label.isHidden()
    assert program.window.round_view.isVisible()
    bubble.editor.stop.emit()
    elsewhere_and_back(qtbot, program)
    assert program.window.conversation.bubble.editor is None


def test_a_change_of_an_earlier_query_is_there_again(qtbot: QtBot, start) -> None:
    program = opened(qtbot, start, "First?", "Second?")
    change(program.window.conversation.past[0].bubble)
    elsewhere_and_back(qtbot, program)
    qtbot.waitUntil(lambda: bool(program.window.conversation.past))
    assert program.window.conversation.past[0].bubble.editor.toPlainText() == TYPED


def test_a_change_stays_where_its_round_is_folded(qtbot: QtBot, start) -> None:
    program = opened(qtbot, start, "First?")
    change(program.window.conversation.bubble)
    ask(qtbot, program, "Second?")
    assert program.window.conversation.past[0].bubble.editor.toPlainText() == TYPED


def test_a_change_that_was_asked_does_not_come_back_with_the_old_version(
    qtbot: QtBot, start
) -> None:
    program = opened(qtbot, start, "First?")
    change(program.window.conversation.bubble)
    qtbot.keyClick(program.window.conversation.bubble.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.conversation.bubble.round.text == TYPED)
    qtbot.waitUntil(lambda: not program.window.session.writing)
    program.window.conversation.bubble.turn(-1)
    qtbot.waitUntil(lambda: program.window.conversation.bubble.round.text == "First?")
    assert program.window.conversation.bubble.editor is None


def test_changes_are_there_after_a_restart(qtbot: QtBot, start) -> None:
    program = opened(qtbot, start, "First?")
    conversation = program.window.session.conversation
    change(program.window.conversation.bubble)
    program.window.new_chat()
    program.window.close()
    again = opened(qtbot, start)
    come_to(qtbot, again, conversation)
    assert again.window.conversation.bubble.editor.toPlainText() == TYPED


def test_a_change_that_is_being_typed_is_kept_without_closing(qtbot: QtBot, start) -> None:
    program = opened(qtbot, start, "First?")
    change(program.window.conversation.bubble)
    qtbot.waitUntil(lambda: TYPED in program.store.run(lambda db: db.settings.get(UNSENT)))


def test_what_is_begun_in_a_temporary_chat_goes_with_it(qtbot: QtBot, start) -> None:
    program = opened(qtbot, start)
    program.window.temporary_chat()
    ask(qtbot, program, "First?")
    change(program.window.conversation.bubble)
    assert TYPED not in program.window.desk.unsent.as_text()
    program.window.new_chat()
    assert TYPED not in program.window.desk.unsent.as_text()
    ask(qtbot, program, "First?")
    assert program.window.conversation.bubble.editor is None


def test_a_reply_of_the_last_round_that_was_being_changed_is_shown_so(qtbot: QtBot, start) -> None:
    program = opened(qtbot, start, "First?")
    program.window.round_view.model.choose_best("B")
    qtbot.waitUntil(lambda: bool(program.window.session.round.ranking))
    program.window.round_view.editing.emit(stored(program)[0].query_id, "A")
    program.window.conversation.past[-1].editor.field.setPlainText(TYPED)
    elsewhere_and_back(qtbot, program)
    qtbot.waitUntil(lambda: bool(program.window.conversation.past))
    assert program.window.conversation.past[-1].editor.field.toPlainText() == TYPED


def fill(program: Program, *, full: bool) -> None:
    """Let the data file grow no more, as on a full disk; or let it again."""

    def limit(db) -> None:
        pages = db.tables.execute("PRAGMA page_count").fetchone()[0] if full else 2**30
        db.tables.execute(f"PRAGMA max_page_count={pages}")

    program.store.run(limit)


def test_an_edited_reply_that_cannot_be_stored_stays_in_its_field(qtbot: QtBot, start) -> None:
    program = opened(qtbot, start, "First?", "Second?")
    past = program.window.conversation.past[0]
    past.edit("B")
    editor, mine = past.editor, TYPED * 600
    editor.field.setPlainText(mine)
    fill(program, full=True)
    editor.save_button.click()
    assert past.editor is editor, "not before it is known to be stored"
    qtbot.waitUntil(program.window.banner.isVisible)
    assert "The disk is full" in program.window.banner.text.text()
    assert past.editor is editor
    assert editor.field.toPlainText() == mine
    assert not editor.field.isReadOnly()
    fill(program, full=False)
    editor.save_button.click()
    qtbot.waitUntil(lambda: stored(program)[0].candidate("B").said == mine)
    qtbot.waitUntil(lambda: past.editor is None)
    assert "edited by you" in past.page.text()


def test_a_query_that_cannot_be_stored_is_in_the_composer_again(qtbot: QtBot, start) -> None:
    program = opened(qtbot, start)
    composer, conversation = program.window.composer, program.window.conversation
    fill(program, full=True)
    mine = TYPED * 600
    composer.edit.setPlainText(mine)
    qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    assert conversation.bubble.said.text() == mine
    qtbot.keyClicks(composer.edit, "And then?")
    qtbot.waitUntil(program.window.banner.isVisible)
    assert "The disk is full" in program.window.banner.text.text()
    assert composer.edit.toPlainText() == f"{mine}\n\nAnd then?"
    assert conversation.bubble is None
    assert conversation.empty.isVisible()
    fill(program, full=False)


def test_only_what_can_be_read_is_taken_over_and_long_texts_are_not_written() -> None:
    round_ = Round(QueryId(3), ConversationId(1), "Why?", 12.5, "m", (), versions=(QueryId(3),))
    begun = BegunEdits()
    begun.note(round_, "Why not?")
    begun.note_reply(round_, ("B", "x" * (LONGEST + 1)))
    other = BegunEdits()
    other.load({**begun.as_entries(), "query 9": "none", 4: [], "reply 5 1.0": [7]})
    assert (other.query(round_), other.reply(round_)) == ("Why not?", None)
    assert other.query(replace(round_, created_at=13.0)) == ""
    other.load(["nothing"])
    begun.asked(replace(round_, query_id=QueryId(4), text="Why not?", versions=(3, 4)))
    assert begun.query(round_) == ""
