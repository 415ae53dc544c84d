"""The page as a whole: its parts behind tabs, by mouse and keys, each with a name that is read."""

from __future__ import annotations

import pytest
from learned_desk import LearnedDesk, teach
from learned_fixtures import show_page
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from assistant.gui.learned_page import TITLE, LearnedPage
from assistant.gui.learned_parts import beside

FIELDS = (QAbstractButton, QComboBox, QLineEdit, QProgressBar)


def test_escape_goes_back_and_every_part_has_a_key(qtbot: QtBot, desk: LearnedDesk) -> None:
    page = show_page(qtbot, desk)
    for at, (name, part) in enumerate(page.parts.items()):
        qtbot.keyClick(page.back, Qt.Key(Qt.Key.Key_1 + at), Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda part=part: page.shown_part() is part)
        assert [p for p in page.parts.values() if p.isVisible()] == [part]
        assert f"Alt+{at + 1}" in page.tabs.tabToolTip(at)
        assert name in page.tabs.tabToolTip(at)
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page.back, Qt.Key.Key_Escape)


@pytest.mark.parametrize("rounds", [0, 3])
def test_everything_that_can_be_used_has_a_name(
    qtbot: QtBot, desk: LearnedDesk, rounds: int
) -> None:
    teach(desk.services, rounds)
    page = show_page(qtbot, desk)
    assert page.accessibleName() == TITLE
    for at in range(len(page.parts)):
        page.tabs.setCurrentIndex(at)
        qtbot.wait(100)
        assert nameless(page) == []


def test_nothing_is_cut_off_when_it_is_narrow(qtbot: QtBot, desk: LearnedDesk) -> None:
    teach(desk.services, 3)
    page = show_page(qtbot, desk)
    page.resize(360, 700)
    for at, name in enumerate(page.parts):
        page.tabs.setCurrentIndex(at)
        qtbot.wait(100)
        body = page.area.widget()
        assert body is not None
        assert body.minimumSizeHint().width() <= page.area.viewport().width(), name


def test_what_cannot_be_done_is_said_on_the_page(qtbot: QtBot, desk: LearnedDesk) -> None:
    page = show_page(qtbot, desk)
    desk.work.failed.emit("The disk is full; free some space and try again.")
    assert page.banner.isVisible()
    assert "disk is full" in page.banner.text.text()


def nameless(page: LearnedPage) -> list[QWidget]:
    """What can be used and says nothing to a screen reader."""
    return [
        widget
        for kind in FIELDS
        for widget in page.shown_part().findChildren(kind)
        if widget.isVisible() and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]


def test_buttons_go_on_in_the_next_line_where_there_is_no_room(qtbot: QtBot) -> None:
    made = [QPushButton(f"Button {number}") for number in range(4)]
    row = beside(*made)
    qtbot.addWidget(row)
    wide = sum(b.sizeHint().width() for b in made) + 100
    layout = row.layout()
    assert layout is not None
    assert layout.heightForWidth(wide) == made[0].sizeHint().height()
    assert layout.heightForWidth(wide // 2) > 1.5 * made[0].sizeHint().height()
    layout.setGeometry(QRect(0, 0, wide // 2, 200))
    assert made[0].y() < made[3].y()
    assert all(b.geometry().right() <= wide // 2 for b in made)
