"""The form of settings: short names, with what there is to know about them under them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from assistant.gui.settings_dialog import SettingsDialog
from assistant.settings import ALL

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
