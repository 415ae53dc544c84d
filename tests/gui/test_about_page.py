"""About: version, licences, data folder, machine, and the number of requests."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot
from window_steps import ready

from assistant import __version__
from assistant.domain.network import CONNECT, NetworkCount
from assistant.gui.about_page import AboutPage
from assistant.gui.start import Program


def opened(qtbot: QtBot, program: Program) -> AboutPage:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(program.window, Qt.Key.Key_I, keys)
    page = program.window.pages.page()
    assert isinstance(page, AboutPage)
    qtbot.waitUntil(lambda: "Version" in page.words())
    return page


def test_it_is_opened_by_keys_and_tells_what_can_be_copied(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    page = opened(qtbot, program)
    words = page.words()
    assert f"Version {__version__}" in words
    assert str(program.window.session.services.paths.home) in words
    assert "not counted" in words, "nobody counts in a test"
    copy = next(b for b in page.findChildren(QPushButton) if b.text().startswith("Copy"))
    copy.click()
    assert QGuiApplication.clipboard().text() == words
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert program.window.pages.page() is None


def test_the_count_is_the_one_of_the_process(qtbot: QtBot, start) -> None:
    import socket

    program = start()
    ready(qtbot, program)
    heard = []
    program.window.network = NetworkCount(heard.append)
    assert "Network: 0 requests since the start" in opened(qtbot, program).words()
    with socket.socket() as outward:
        heard[0](CONNECT, (outward, ("192.0.2.1", 80)))
    program.window.about_wanted.emit()
    qtbot.waitUntil(lambda: "Network: 1 request since" in program.window.pages.page().words())


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of a menu
def test_the_menu_beside_new_chat_leads_there(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    sidebar = program.window.sidebar
    sidebar.more_button.click()
    menu = sidebar.more_button.findChild(QMenu)
    named = {action.text().split("\t")[0]: action for action in menu.actions()}
    named["About Attune"].trigger()
    menu.close()
    assert isinstance(program.window.pages.page(), AboutPage)
    named["Rank what was left unranked"].trigger()
    assert program.window.pages.page() is program.window.desk.unranked.page
