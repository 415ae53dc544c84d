"""Deleted conversations are offered in the window and come back from there."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from window_steps import ask, ready

from assistant.domain.model import Conversation, ConversationId
from assistant.gui.conversation_menu import MOST_DELETED, fill_deleted
from assistant.gui.start import Program


def conversations(program: Program) -> tuple[Conversation, ...]:
    return program.store.run(lambda db: db.conversations.all())


def test_a_deleted_conversation_comes_back_from_the_menu_beside_new_chat(
    qtbot: QtBot, start, monkeypatch: pytest.MonkeyPatch
) -> None:
    menus: list[QMenu] = []  # without a screen a menu may close at once
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: menus.append(menu))
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one & two")
    (one,) = conversations(program)

    def offered() -> list[QAction]:
        """What the menu of deleted chats offers, opened as a user does."""
        menus.clear()
        program.window.sidebar.more_button.click()
        next(a for a in menus[0].actions() if a.text() == "Deleted chats…").trigger()
        qtbot.waitUntil(lambda: len(menus) == 2)
        return menus[1].actions()

    (nothing,) = offered()
    assert (nothing.text(), nothing.isEnabled()) == (
        "Nothing was deleted in the last 30 days.",
        False,
    )
    program.window.desk.shelf._delete(int(one.id), one.title)
    qtbot.waitUntil(lambda: not conversations(program))
    (back,) = offered()
    assert back.text() == "Bring back “one && two”"
    back.trigger()
    qtbot.waitUntil(lambda: conversations(program) == (one,))
    qtbot.waitUntil(lambda: program.window.sidebar.list.rows.index_of(one.id).isValid())


def test_many_deleted_chats_do_not_fill_the_screen(qtbot: QtBot) -> None:
    menu, brought = QMenu(), list[Conversation]()
    fill_deleted(
        menu, [Conversation(ConversationId(i), str(i), 0, 0) for i in range(40)], brought.append
    )
    first, *_, last = menu.actions()
    assert len(menu.actions()) == MOST_DELETED + 1
    assert (last.isEnabled(), "list --deleted" in last.text()) == (False, True)
    first.trigger()
    assert [one.title for one in brought] == ["0"]
