"""Buttons whose words take several lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from assistant.gui.reflow import WrappedButton


def leftmost(image: QImage, top: int, bottom: int) -> int:
    """The first column with something written on it between two rows."""
    ground = image.pixelColor(1, image.height() // 2)

    def written(x: int) -> bool:
        return any(differs(image.pixelColor(x, y), ground) for y in range(top, bottom))

    return next(x for x in range(3, image.width()) if written(x))


def differs(one: QColor, other: QColor) -> bool:
    return abs(one.lightness() - other.lightness()) > 40


def test_the_lines_of_a_quiet_button_begin_under_each_other(qtbot: QtBot, appearance) -> None:
    button = WrappedButton("Here are many words and one", lambda: None, "quiet small")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # without its ring only words are drawn
    qtbot.addWidget(button)
    button.show()
    qtbot.waitExposed(button)
    width = button.sizeHint().width() - 10
    button.resize(width, button.heightForWidth(width))
    qtbot.wait(10)
    assert button.text().count("\n") == 1
    image = button.grab().toImage()
    middle = image.height() // 2
    upper, lower = leftmost(image, 3, middle), leftmost(image, middle, image.height() - 3)
    assert abs(upper - lower) <= 2
