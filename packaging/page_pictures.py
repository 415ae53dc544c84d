"""Pictures of the pages beside the round: first start, conversations, models, keys, settings."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from picture_studio import QUERY, Studio, ask, rank, settle, until

if TYPE_CHECKING:
    from assistant.gui.desk import Desk

DAY = 86400.0
OLDER = (
    ("Trip to Lisbon in March", 0, "Travel"),
    ("A week by the sea with two children", 3, "Travel"),
    ("Sourdough for a busy week", 0, ""),
    ("Explain compound interest", 1, ""),
    ("A toast for a wedding", 4, ""),
    ("Which bicycle for the commute", 12, ""),
    ("Names for a small boat", 60, ""),
    ("How to prune an apple tree in winter", 330, ""),
)
SNIPPETS = (
    ("Proofread", "Correct spelling and grammar, keep my words, and list what you changed:\n\n"),
    ("Recipe", "A recipe for two with what is in the fridge:\n"),
)
NARROW = (640, 800)


def pages(studio: Studio, prefix: str) -> None:
    """Everything but the round itself, in one theme."""
    desk = studio.window.desk
    assert desk is not None, "the program is open"
    _first_run(studio, desk, prefix)
    _conversations(studio, desk, prefix)
    _versions(studio, prefix)
    _side_pages(studio, desk, prefix)
    _composer(studio, desk, prefix)
    _snippets(studio, desk, prefix)
    studio.window.temporary_chat()
    ask(studio, QUERY)
    studio.shot(f"{prefix}temporary")
    studio.window.new_chat()
    _narrow(studio, prefix)


def _first_run(studio: Studio, desk: Desk, prefix: str) -> None:
    """The four pages of the first start."""
    until(lambda: desk.pages.first_run is not None)
    page = desk.pages.first_run
    assert page is not None, "it is shown at the first start"
    until(lambda: bool(page.model.text()))
    for number in range(page.steps.count()):
        studio.shot(f"{prefix}welcome-{number + 1}")
        if number + 1 < page.steps.count():
            page.turn(1)
    page.left.emit()


def _conversations(studio: Studio, desk: Desk, prefix: str) -> None:
    """A sidebar with some life behind it, and a search in it."""
    store, now = studio.session.services.store, time.time()

    def write(db: object) -> None:
        for title, days, folder in OLDER:
            made = db.conversations.add(title, now - days * DAY)  # type: ignore[attr-defined]
            db.conversations.set_folder(made, folder)  # type: ignore[attr-defined]
            if title.startswith("Sourdough"):
                db.conversations.set_pinned(made, True)  # type: ignore[attr-defined]

    store.run(write)
    ask(studio, QUERY)
    rank(studio)
    desk.shelf.refresh()
    settle()
    studio.shot(f"{prefix}conversations")
    studio.window.sidebar.search.setText("walk")
    until(lambda: studio.window.sidebar.hits.rows.rowCount() > 0)
    studio.shot(f"{prefix}search")
    studio.window.sidebar.search.clear()
    desk.open_menu()
    settle()
    menus = [m for m in studio.window.sidebar.children() if hasattr(m, "popup")]
    if menus:
        studio.shot(f"{prefix}conversation-menu", menus[-1].grab())
        menus[-1].close()


def _versions(studio: Studio, prefix: str) -> None:
    """A query that was edited, and one being edited."""
    studio.window.round_view.proceed.emit()
    ask(studio, "And at the weekend?")
    bubble = studio.window.conversation.bubble
    assert bubble is not None, "the query is shown"
    bubble.edit()
    studio.shot(f"{prefix}editing")
    bubble.edited.emit(bubble.round.query_id, "And on a rainy Sunday?")
    until(lambda: studio.session.writing)
    until(lambda: not studio.session.writing)
    studio.shot(f"{prefix}versions")


def _side_pages(studio: Studio, desk: Desk, prefix: str) -> None:
    """Models with the settings of one, keys, settings."""
    desk.pages.open_models()
    page = desk.pages.models
    assert page is not None, "it was opened"
    until(lambda: bool(page.cards))
    studio.shot(f"{prefix}models")
    page.cards[0].preset_button.click()
    until(lambda: page.cards[0].form is not None and bool(page.cards[0].form.fields))
    studio.shot(f"{prefix}model-settings")
    desk.pages.open_shortcuts()
    studio.shot(f"{prefix}keys")
    studio.window.pages.go_back()
    desk.pages.open_settings()
    settle()
    dialog = desk.pages.settings
    assert dialog is not None, "it was opened"
    studio.shot(f"{prefix}settings", dialog.grab())
    dialog.reject()


def _composer(studio: Studio, desk: Desk, prefix: str) -> None:
    """A file in the message, and one that is too long."""
    notes, book = studio.folder / "notes.md", studio.folder / "book.txt"
    notes.write_text("Walks near home.\n" * 20, encoding="utf-8")
    book.write_text("A long story. " * 5000, encoding="utf-8")
    desk.enclosing.take([notes, book])
    studio.window.composer.edit.setPlainText("Which of these walks is best for\na rainy day?")
    studio.shot(f"{prefix}attached")
    studio.window.composer.attachments.take_files()
    studio.window.composer.edit.clear()
    studio.window.banner.hide()
    for file in (notes, book):
        file.unlink()


def _snippets(studio: Studio, desk: Desk, prefix: str) -> None:
    """Snippets offered after a slash, and the dialog that keeps them."""
    store, now = studio.session.services.store, time.time()
    store.run(lambda db: [db.snippets.add(*one, now) for one in SNIPPETS])
    desk.snippets.refresh()
    until(lambda: bool(desk.snippets.known))
    edit, offered = studio.window.composer.edit, desk.snippets.offer.list
    edit.setFocus()
    edit.setPlainText("/")
    desk.snippets.offer.completer.complete()
    settle()
    studio.shot(f"{prefix}snippets-offered", offered.grab())
    offered.hide()
    edit.clear()
    desk.snippets.open_dialog()
    settle()
    dialog = desk.snippets.dialog
    assert dialog is not None, "it was opened"
    dialog.list.setCurrentRow(1)
    studio.shot(f"{prefix}snippets", dialog.grab())
    dialog.reject()


def _narrow(studio: Studio, prefix: str) -> None:
    """Half the width."""
    studio.window.resize(*NARROW)
    studio.window.models_wanted.emit()
    studio.shot(f"{prefix}models-narrow")
    studio.window.shortcuts_wanted.emit()
    studio.shot(f"{prefix}keys-narrow")
