"""The form of settings: short names, with what there is to know about them under them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from window_steps import ready

from assistant.gui.reflow import frame_size
from assistant.gui.settings_dialog import SettingsDialog
from assistant.settings import ALL, THEME

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen

LONGEST_NAME = 80  # characters, two lines


def test_no_setting_has_a_paragraph_for_a_name_and_nothing_of_it_is_lost(
    qtbot: QtBot, appearance
) -> None:
    dialog = SettingsDialog({one.key: one.default for one in ALL}, Path("/home/me"))
    qtbot.addWidget(dialog)
    labels = dialog.findChildren(QLabel)
    names = [one.text() for one in labels if one.objectName() == ""]
    notes = [one.text() for one in labels if one.objectName() == "note"]
    assert max(map(len, names)) <= LONGEST_NAME
    assert "What chooses the tags, from the next start on" in names
    assert any(text.startswith("premium-embed trains two networks") for text in notes)
    told = dialog.fields["selector"].accessibleName()
    assert "premium-embed trains" in told, "a screen reader tells it all"


@pytest.mark.parametrize("scale", [1.0, 1.6, 2.0])
def test_the_dialog_with_its_frame_fits_the_screen_and_can_always_be_saved(
    qtbot: QtBot, appearance, scale: float
) -> None:
    appearance.choose("light", scale)
    values = {one.key: one.default for one in ALL}
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    dialog = SettingsDialog(values, Path("/home/me"), window)
    dialog.show()
    qtbot.waitExposed(dialog)
    room = dialog.screen().availableSize() - frame_size(window)
    assert frame_size(window).height() > 0
    assert dialog.height() <= room.height()
    assert dialog.width() <= room.width()
    for box in dialog.findChildren(QDialogButtonBox):
        assert dialog.rect().contains(box.geometry())


def test_the_first_field_has_the_keyboard(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    program.window.settings_wanted.emit()
    dialog = program.window.desk.pages.settings
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.fields[THEME.key].hasFocus()
