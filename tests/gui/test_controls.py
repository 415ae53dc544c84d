"""Lines that have too little room end in an ellipsis, unless that would change what they say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from pytestqt.qtbot import QtBot
from window_steps import turn_wheel

from assistant.gui.controls import ElidedLabel, Tabs, button, label, passing_menu, show_breakable


def test_a_text_is_cut_and_a_figure_is_left_out(qtbot: QtBot) -> None:
    text, figure = ElidedLabel(), ElidedLabel(cut=False)
    for shown in (text, figure):
        qtbot.addWidget(shown)
        shown.show_text("1234 tokens")
        shown.resize(30, 20)
        shown.show()
    assert text.text().endswith("…")
    assert figure.text() == ""
    assert figure.accessibleName() == "1234 tokens"
    figure.resize(300, 20)
    assert figure.text() == "1234 tokens"


def test_the_wheel_over_tabs_is_left_to_what_scrolls(qtbot: QtBot) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    for name in "ABC":
        tabs.addTab(name)
    tabs.show()
    qtbot.waitExposed(tabs)
    turn_wheel(tabs, -1)
    assert tabs.currentIndex() == 0


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of a menu
def test_a_button_is_not_tinted_any_more_once_its_menu_is_closed(qtbot: QtBot) -> None:
    more = button("⋯", lambda: None, kind="quiet")
    qtbot.addWidget(more)
    more.show()
    qtbot.waitExposed(more)
    QCursor.setPos(more.mapToGlobal(more.rect().bottomRight()) + QPoint(200, 200))
    qtbot.wait(20)
    more.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as when it was pressed
    menu = passing_menu(more)
    menu.addAction("Edit")
    menu.popup(more.mapToGlobal(more.rect().bottomLeft()))
    menu.close()
    qtbot.waitUntil(lambda: not more.underMouse())


def test_a_label_with_a_long_link_can_be_narrow_and_is_read_as_written(qtbot: QtBot) -> None:
    part, text = label(wrap=True), "See https://example.org/" + "a" * 200
    qtbot.addWidget(part)
    part.setText(text)
    before = part.minimumSizeHint().width()
    show_breakable(part, text)
    assert part.minimumSizeHint().width() < before / 4
    assert part.accessibleName() == text
    assert part.text().replace("\u200b", "") == text
