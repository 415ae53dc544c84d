"""With reduced motion nothing moves that the program has a say in."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_steps import ready

from assistant.settings import REDUCED_MOTION

GUI = Path(__file__).resolve().parents[2] / "assistant" / "gui"
ANIMATIONS = re.compile(r"Q\w*Animation\b|QTimeLine|QMovie|setAnimated\(True\)")


def test_the_toolkit_keeps_still_when_asked_and_moves_again(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    application, preferences = QApplication.instance(), program.window.desk.preferences
    usual = application.cursorFlashTime()
    preferences.change({REDUCED_MOTION: True})
    qtbot.waitUntil(lambda: application.cursorFlashTime() == 0)
    assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_FadeMenu)
    assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateCombo)
    preferences.change({REDUCED_MOTION: False})
    qtbot.waitUntil(lambda: application.cursorFlashTime() == usual)


def test_the_program_has_no_animation_of_its_own() -> None:
    for file in GUI.glob("*.py"):
        assert not ANIMATIONS.search(file.read_text(encoding="utf-8")), file.name
