"""The list of conversations: a title is typed where it stands, and all of it is seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QStyleOptionViewItem
from pytestqt.qtbot import QtBot
from window_steps import ask, ready

from assistant.gui.conversation_list import ConversationList
from assistant.gui.theme import DARK

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen


def text_room(field: QLineEdit) -> int:
    """The height that the style sheet leaves for the letters."""
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    part = QStyle.SubElement.SE_LineEditContents
    return field.style().subElementRect(part, option, field).height()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_field_of_a_title_is_as_high_as_its_row_and_holds_whole_letters(
    qtbot: QtBot, start, scale: float
) -> None:
    program = start(width=1280)
    ready(qtbot, program)
    ask(qtbot, program, "quick jaguars")
    program.window.appearance.choose("light", scale)
    program.window.sidebar.show()
    chats: ConversationList = program.window.sidebar.list
    qtbot.waitUntil(lambda: bool(chats.rows.titles()))
    chats.rename_current()
    field = chats.findChild(QLineEdit)
    assert field is not None
    row = chats.visualRect(chats.currentIndex())
    assert (field.geometry().top(), field.height()) == (row.top(), row.height())
    qtbot.waitUntil(lambda: text_room(field) >= field.fontMetrics().height())


def test_the_open_chat_stays_marked_under_the_mouse_in_the_dark_theme(
    qtbot: QtBot, start, appearance
) -> None:
    program = start(width=1280)
    ready(qtbot, program)
    ask(qtbot, program, "one")
    appearance.choose("dark")
    chats: ConversationList = program.window.sidebar.list
    qtbot.waitUntil(lambda: bool(chats.rows.titles()))
    chats.setFocus(Qt.FocusReason.TabFocusReason)
    index: QModelIndex = chats.currentIndex()
    place = chats.visualRect(index)
    QTest.mouseMove(chats.viewport(), place.center())
    QTest.qWait(20)
    option = QStyleOptionViewItem()
    chats.initViewItemOption(option)
    image = chats.viewport().grab(place).toImage()
    ground = QColor(image.pixelColor(place.width() - 8, place.height() // 2))
    assert ground.name() == DARK.soft
    assert chats.palette().color(QPalette.ColorRole.Text).name() == DARK.ink
