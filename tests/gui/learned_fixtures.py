"""The page “What I have learned about you”, shown on a desk of its own."""

from __future__ import annotations

from typing import TypeVar

from learned_desk import LearnedDesk
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from assistant.gui.learned_page import LearnedPage
from assistant.gui.learned_parts import Part

SIZE = (1056, 800)
P = TypeVar("P", bound=Part)


def show_page(qtbot: QtBot, desk: LearnedDesk) -> LearnedPage:
    """The page, read once."""
    with qtbot.waitSignal(desk.work.preferences.changed):
        desk.work.preferences.read()
    window = QWidget()  # as in the program the page is inside one
    qtbot.addWidget(window)
    window.resize(*SIZE)
    page = LearnedPage(desk.work, window)
    page.resize(*SIZE)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page.back.setFocus()
    desk.windows.append(window)
    return page


def part_of(page: LearnedPage, name: str, kind: type[P]) -> P:
    """Turn to a part."""
    page.tabs.setCurrentIndex(list(page.parts).index(name))
    part = page.parts[name]
    assert isinstance(part, kind)
    assert page.shown_part() is part
    return part


def buttons(widget: QWidget) -> dict[str, QAbstractButton]:
    """The buttons inside a widget by their words, those that can be seen."""
    found = widget.findChildren(QAbstractButton)
    return {b.text(): b for b in found if b.isVisibleTo(widget)}
