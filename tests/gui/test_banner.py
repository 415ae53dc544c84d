"""What there is to know looks calm, and only a problem looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from test_theme import AA_TEXT, contrast
from window_steps import ask, ready

from assistant.gui.banner import Banner
from assistant.gui.theme import Appearance
from assistant.gui.undo_bar import UndoBar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen


def colours(widget: QWidget) -> tuple[str, str, str]:
    """Of the frame at its middle, of the surface, and of the text."""
    picture = widget.grab().toImage()
    middle = picture.width() // 2
    text: QWidget = widget.text  # type: ignore[attr-defined]
    ink = text.palette().color(text.foregroundRole()).name()
    return picture.pixelColor(middle, 0).name(), picture.pixelColor(middle, 3).name(), ink


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_notice_is_calm_and_a_problem_is_not_in_both_themes(
    qtbot: QtBot, appearance: Appearance, theme: str
) -> None:
    appearance.choose(theme)
    banner = Banner()
    qtbot.addWidget(banner)
    banner.resize(400, 60)
    banner.say("The disk is full.")
    frame, surface, ink = colours(banner)
    assert frame == appearance.tokens.warning
    assert contrast(ink, surface) >= AA_TEXT
    banner.tell("This is the copy.")
    frame, surface, ink = colours(banner)
    assert (frame, surface) == (appearance.tokens.soft, appearance.tokens.soft)
    assert contrast(ink, surface) >= AA_TEXT
    banner.say("The disk is full.")
    assert colours(banner)[0] == appearance.tokens.warning


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_can_be_undone_is_said_calmly(
    qtbot: QtBot, appearance: Appearance, theme: str
) -> None:
    appearance.choose(theme)
    bar = UndoBar()
    qtbot.addWidget(bar)
    bar.resize(300, 50)
    bar.offer("Deleted.", lambda: None)
    frame, surface, ink = colours(bar)
    assert frame == surface == appearance.tokens.soft
    assert QColor(ink).isValid()
    assert contrast(ink, surface) >= AA_TEXT


def test_an_export_is_told_and_an_export_that_fails_is_a_problem(
    qtbot: QtBot, start, tmp_path: Path
) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "First?")
    banner, desk = program.window.banner, program.window.desk
    qtbot.waitUntil(lambda: desk.conversation is not None)
    desk.exchange.export_to(desk.conversation, tmp_path / "chat.md")
    qtbot.waitUntil(lambda: "chat.md" in banner.text.text())
    assert banner.property("calm")
    desk.exchange.export_to(desk.conversation, tmp_path / "nowhere" / "other.md")
    qtbot.waitUntil(lambda: "chat.md" not in banner.text.text())
    assert not banner.property("calm")
