"""A user who is elsewhere is told, if they want it and the desktop can; back again, it is gone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot
from window_steps import ready

from assistant.gui.app_icon import SIZES, app_icon
from assistant.gui.notice import Notice
from assistant.gui.tray import Tray
from assistant.settings import NOTIFY


class RecordingIcon(QSystemTrayIcon):
    """A real icon that also remembers what it was to show."""

    def __init__(self) -> None:
        super().__init__(app_icon())
        self.said: list[str] = []
        self.shown: list[bool] = []

    def showMessage(self, _title: str, text: str, *_rest: object) -> None:  # noqa: N802  # Qt's
        self.said.append(text)

    def show(self) -> None:
        self.shown.append(True)

    def hide(self) -> None:
        self.shown.append(False)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_the_message_is_shown_with_an_icon_until_the_user_is_back(window: QWidget) -> None:
    icon = RecordingIcon()
    tray = Tray(window, lambda: icon)
    tray.tell("The replies are written.")
    assert icon.said == ["The replies are written."]
    assert icon.shown == [True]
    assert [action.text() for action in icon.contextMenu().actions()] == ["Show Attune", "Quit"]
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    assert icon.shown == [True, False]


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of raising
def test_pressing_it_leads_to_the_window(qtbot: QtBot, window: QWidget) -> None:
    icon = RecordingIcon()
    Tray(window, lambda: icon).tell("Done.")
    window.hide()
    icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert window.isVisible()


def test_a_long_reply_is_told_in_the_background_only(
    qtbot: QtBot, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    icon = RecordingIcon()
    notice = Notice(window, Tray(window, lambda: icon))
    notice.begin()
    notice.end("It was short.")
    assert icon.said == []
    monkeypatch.setattr("assistant.gui.notice.LONG_MILLISECONDS", 0)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    notice.begin()
    notice.end("It was seen.")
    assert icon.said == []
    window.hide()
    notice.begin()
    notice.end("The replies are written.")
    assert icon.said == ["The replies are written."]


def test_nothing_is_shown_where_the_desktop_has_no_place_for_it(window: QWidget) -> None:
    asked = []
    Tray(window, lambda: asked.append(True)).tell("Done.")
    assert asked == [True]


def test_switched_off_nothing_is_told(qtbot: QtBot, start, window: QWidget) -> None:
    icon = RecordingIcon()
    tray = Tray(window, lambda: icon)
    tray.wanted = False
    tray.tell("Done.")
    assert icon.said == []
    program = start()
    ready(qtbot, program)
    desk = program.window.desk
    assert desk.tray.wanted
    desk.preferences.change({NOTIFY: False})
    qtbot.waitUntil(lambda: not desk.tray.wanted)


def test_the_window_has_an_icon_in_every_size(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    assert not program.window.windowIcon().isNull()
    assert [size.width() for size in app_icon().availableSizes()] == list(SIZES)
