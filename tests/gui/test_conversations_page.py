"""Stored conversations in the real window: marked, found, versioned, temporary, taken out."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.domain.model import Conversation, Hit
from assistant.gui.conversation_menu import Wishes, conversation_menu
from assistant.gui.conversation_rows import Heading
from assistant.gui.start import Program
from assistant.settings import UNSENT


def conversations(program: Program) -> tuple[Conversation, ...]:
    return program.store.run(lambda db: db.conversations.all())


def menu_of(program: Program, one: Conversation) -> dict[str, object]:
    """The menu's actions by name, folders' among them."""
    desk = program.window.desk
    assert desk is not None
    shelf = desk.shelf
    done: list[object] = []
    wishes = Wishes(
        shelf._pin, done.append, shelf._file, done.append, shelf._set_learn, *[done.append] * 4
    )
    folders = program.window.sidebar.list.rows.folders()
    menu = conversation_menu(one, folders, wishes, program.window)
    submenu = next(a.menu() for a in menu.actions() if a.menu() is not None)
    return {a.text(): a for a in (*menu.actions(), *submenu.actions())}


def headings(program: Program) -> list[str]:
    rows = program.window.sidebar.list.rows
    found = [rows.row(rows.index(at)) for at in range(rows.rowCount())]
    return [row.text for row in found if isinstance(row, Heading)]


def test_pin_folder_and_learn_are_stored_and_shown(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one")
    (one,) = conversations(program)
    menu_of(program, one)["Pin"].trigger()
    qtbot.waitUntil(lambda: headings(program) == ["Pinned"])
    menu_of(program, conversations(program)[0])["Unpin"].trigger()
    qtbot.waitUntil(lambda: headings(program) == ["Today"])
    program.window.desk.shelf._file(one, "Work")
    qtbot.waitUntil(lambda: headings(program) == ["Work"])
    assert menu_of(program, conversations(program)[0])["Work"].isChecked()
    menu_of(program, one)["Learn from this conversation"].trigger()
    qtbot.waitUntil(lambda: not conversations(program)[0].learn)
    qtbot.waitUntil(lambda: program.window.top.learning.text() == "Not learned from")


def test_a_folder_closes_and_opens_with_enter(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one")
    program.window.desk.shelf._file(conversations(program)[0], "Work")
    view = program.window.sidebar.list
    qtbot.waitUntil(lambda: headings(program) == ["Work"])
    view.setFocus()
    view.setCurrentIndex(view.rows.index(0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.rows.rowCount() == 1)
    view.setCurrentIndex(view.rows.index(0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.rows.rowCount() == 2)


def test_a_title_typed_in_the_list_is_stored(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one")
    view = program.window.sidebar.list
    qtbot.waitUntil(lambda: view.rows.titles() == ("one",))
    view.rows.setData(view.rows.index(1), "Another title")
    qtbot.waitUntil(lambda: view.rows.titles() == ("Another title",))
    qtbot.waitUntil(lambda: program.window.top.title.toolTip() == "Another title")


def test_search_shows_places_and_jumps_to_the_round_on_another_path(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    window = program.window
    ask(qtbot, program, "the unusual zebra")
    bubble = window.conversation.bubble
    assert bubble is not None
    bubble.edited.emit(bubble.round.query_id, "the usual horse")
    qtbot.waitUntil(lambda: not window.session.writing and len(stored(program)) == 1)
    qtbot.waitUntil(lambda: stored(program)[0].text == "the usual horse")
    window.new_chat()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.sidebar.search, "zebra")
    hits = window.sidebar.hits
    qtbot.waitUntil(lambda: hits.rows.rowCount() > 0)
    found = [hits.rows.index(at).data(Qt.ItemDataRole.UserRole) for at in range(2)]
    where = next(at for at, hit in enumerate(found) if isinstance(hit, Hit) and hit.query_id)
    qtbot.keyClick(window.sidebar.search, Qt.Key.Key_Down)
    assert hits.currentIndex().isValid()
    hits.setCurrentIndex(hits.rows.index(where))
    qtbot.keyClick(hits, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.session.round))
    assert window.session.round.text == "the unusual zebra"


def test_an_edited_query_is_a_new_version_and_the_old_one_is_paged_to(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    window = program.window
    ask(qtbot, program, "first")
    ask(qtbot, program, "second")
    (past,) = window.conversation.past
    past.bubble.edit()
    assert past.bubble.editor is not None
    past.bubble.editor.setPlainText("first, but better")
    qtbot.keyClick(past.bubble.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: (
            not window.session.writing
            and window.session.round is not None
            and window.session.round.text == "first, but better"
        )
    )
    assert [round_.text for round_ in stored(program)] == ["first, but better"]
    assert window.conversation.past == ()
    bubble = window.conversation.bubble
    assert bubble is not None
    assert len(bubble.round.versions) == 2
    qtbot.keyClick(window, Qt.Key.Key_BracketLeft, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [r.text for r in stored(program)] == ["first", "second"])
    qtbot.waitUntil(lambda: len(window.conversation.past) == 1)


def test_editing_can_be_given_up(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "first")
    bubble = program.window.conversation.bubble
    assert bubble is not None
    qtbot.keyClick(program.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert bubble.editor is not None
    qtbot.keyClick(bubble.editor, Qt.Key.Key_Escape)
    assert bubble.editor is None
    assert bubble.label.isVisible()


def test_again_writes_more_replies_and_keeps_the_old_ones(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    window = program.window
    ask(qtbot, program, "one")
    bubble = window.conversation.bubble
    assert bubble is not None
    bubble.again.emit(bubble.round.query_id, 4)
    qtbot.waitUntil(lambda: len(window.round_view.cards) == 4)
    qtbot.waitUntil(lambda: not window.session.writing)
    (round_,) = stored(program)
    assert len(round_.versions) == 2
    everything = [program.store.run(lambda db, q=q: db.rounds.get(q)) for q in round_.versions]
    assert [len(one.candidates) for one in everything] == [3, 4]


def test_a_temporary_chat_leaves_nothing_on_disk(qtbot: QtBot, start, tmp_path: Path) -> None:
    program = start()
    ready(qtbot, program)
    window = program.window
    window.temporary_chat()
    assert window.top.temporary.isVisible()
    assert "not kept" in window.composer.edit.placeholderText()
    assert "nothing is learned" in window.conversation.welcome.text()
    ask(qtbot, program, "my secret platypus")
    qtbot.keyClick(window.round_view.cards["A"], Qt.Key.Key_B)
    qtbot.waitUntil(lambda: window.round_view.strip.saved.text() == "Saved")
    assert conversations(program) == ()
    qtbot.keyClicks(window.composer.edit, "platypus again")
    window.new_chat()
    assert window.top.temporary.isHidden()
    assert "I learn what you like" in window.conversation.welcome.text()
    assert window.composer.edit.toPlainText() == ""
    window.close()
    found = [file for file in (tmp_path / "home").rglob("*") if file.is_file()]
    assert found
    assert not any(b"platypus" in file.read_bytes() for file in found)
    assert not Path("backups").exists()


def test_what_was_not_sent_is_kept_for_each_conversation_and_over_a_restart(
    qtbot: QtBot, start
) -> None:
    program = start()
    ready(qtbot, program)
    window = program.window
    ask(qtbot, program, "one")
    qtbot.keyClicks(window.composer.edit, "half a thought")
    window.new_chat()
    assert window.composer.edit.toPlainText() == ""
    qtbot.keyClicks(window.composer.edit, "another")
    window.sidebar.list.opened.emit(int(conversations(program)[0].id))
    qtbot.waitUntil(lambda: window.composer.edit.toPlainText() == "half a thought")
    window.close()
    again = start()
    ready(qtbot, again)
    qtbot.waitUntil(lambda: again.window.composer.edit.toPlainText() == "another")
    assert "half a thought" in again.store.run(lambda db: db.settings.get(UNSENT))


def test_export_and_import_say_what_came_of_them(qtbot: QtBot, start, tmp_path: Path) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one")
    desk, banner = program.window.desk, program.window.banner
    (one,) = conversations(program)
    for ending, begins in ((".md", b"# one"), (".json", b"{"), (".pdf", b"%PDF")):
        file = tmp_path / f"out{ending}"
        desk.exchange.export_to(one, file)
        qtbot.waitUntil(lambda file=file: banner.isVisible() and str(file) in banner.text.text())
        assert file.read_bytes().startswith(begins)
        banner.hide()
    chats = tmp_path / "conversations.json"
    message = {"sender": "human", "text": "Hello?", "created_at": "2026-01-01T00:00:00Z"}
    reply = {"sender": "assistant", "text": "Yes.", "created_at": "2026-01-01T00:00:01Z"}
    entry = {"uuid": "u", "name": "Old chat", "chat_messages": [message, reply]}
    chats.write_text(json.dumps([entry, {"uuid": "v", "chat_messages": []}]), encoding="utf-8")
    desk.exchange.import_from(chats)
    qtbot.waitUntil(lambda: banner.isVisible() and "Claude" in banner.text.text())
    assert banner.text.text() == (
        "1 conversation from Claude added, 1 entry held no conversation. Look under “From Claude”."
    )
    qtbot.waitUntil(lambda: "From Claude" in headings(program))


def test_after_a_hit_its_conversation_is_marked_in_sight_also_far_down_and_in_a_folder(
    qtbot: QtBot, start
) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "About bread")
    bread = conversations(program)[0].id
    program.store.run(lambda db: [db.conversations.add(f"Chat {n}", 9e9 + n) for n in range(99)])
    program.store.run(lambda db: db.conversations.set_folder(bread, "Zoo"))
    sidebar, shelf = program.window.sidebar, program.window.desk.shelf
    program.window.new_chat()
    shelf._fold("Zoo")
    qtbot.keyClicks(sidebar.search, "bread")
    qtbot.waitUntil(lambda: sidebar.hits.isVisible() and sidebar.hits.rows.rowCount() > 0)
    qtbot.keyClick(sidebar.search, Qt.Key.Key_Return)
    qtbot.keyClick(sidebar.hits, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.session.conversation == bread)
    program.store.run(lambda db: db.conversations.set_folder(bread, ""))
    sidebar.search.clear()
    qtbot.waitUntil(lambda: sidebar.list.isVisible() and sidebar.list.currentIndex().isValid())
    current = sidebar.list.currentIndex()
    assert sidebar.list.rows.conversation(current).id == bread
    assert sidebar.list.viewport().rect().contains(sidebar.list.visualRect(current).center())
    assert not shelf._closed, "a folder is opened, so that one sees where it is"
