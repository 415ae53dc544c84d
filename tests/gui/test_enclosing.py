"""Files and documents in the real window, and the meter that counts them beforehand."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot
from window_steps import ask, ready, stored

from assistant.gui.enclosing import DOCUMENTS
from assistant.gui.start import Program


def attached(program: Program) -> list[str]:
    return [one.name for one in program.window.composer.attachments.documents]


def test_a_file_that_is_too_long_is_refused_and_attached_as_a_document_instead(
    qtbot: QtBot, start, tmp_path: Path
) -> None:
    program = start()
    ready(qtbot, program)
    window = program.window
    ask(qtbot, program, "one")
    book = tmp_path / "book.txt"
    book.write_text("The walrus lives in the north. " * 600, encoding="utf-8")
    window.composer.files.emit((book,))
    assert "attach it as a document" in window.banner.text.text()
    window.banner.buttons[0].click()
    qtbot.waitUntil(lambda: attached(program) == ["book.txt"])
    qtbot.waitUntil(window.banner.isHidden)
    ask(qtbot, program, "Where does the walrus live?")
    assert stored(program)[-1].sources
    told = window.conversation.bubble.drawn_on
    assert told.isVisible()
    assert told.accessibleName() == "Drawn on: book.txt"
    assert "The walrus lives in the north." in told.toolTip()
    first = window.conversation.past[0].bubble.drawn_on
    assert first.isHidden(), "it was asked before there was a document"
    document = window.composer.attachments.documents[0]
    window.composer.attachments.removed.emit(document.id)
    qtbot.waitUntil(lambda: attached(program) == [])


def test_a_document_can_begin_a_conversation_and_stays_with_it(
    qtbot: QtBot, start, tmp_path: Path
) -> None:
    program = start()
    ready(qtbot, program)
    window = program.window
    file = tmp_path / "notes.md"
    file.write_text("Walks near home.", encoding="utf-8")
    window.desk.enclosing.add_document(file)
    qtbot.waitUntil(lambda: attached(program) == ["notes.md"])
    qtbot.waitUntil(lambda: window.sidebar.list.rows.titles() == ("notes.md",))
    window.new_chat()
    assert attached(program) == []
    window.sidebar.list.opened.emit(int(program.store.run(lambda db: db.conversations.all())[0].id))
    qtbot.waitUntil(lambda: attached(program) == ["notes.md"])


def test_the_context_is_counted_before_sending(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    qtbot.waitUntil(program.window.top.model.isVisible)
    composer = program.window.composer
    qtbot.keyClicks(composer.edit, "one two three")
    qtbot.waitUntil(lambda: "this message 5," in composer.meter.toolTip())


def test_documents_are_listed_by_kind_and_all_files_on_demand() -> None:
    first, second = DOCUMENTS.split(";;")
    assert "*.pdf *.md *.txt" in first
    assert " *)" not in first, "it would list every file"
    assert second == "All files (*)"
