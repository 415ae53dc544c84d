"""Words that take several lines, and lines that fit a narrow window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.model import Order
from assistant.gui.order_strip import OrderStrip
from assistant.gui.reflow import WrappedButton
from assistant.gui.status_line import StatusLine


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


def test_the_line_under_the_cards_fits_the_narrowest_window_with_large_text(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    strip = OrderStrip(window)
    strip.setStyleSheet("* { font-size: 28px }")
    order = Order((("B",), ("A",), ("C",)))
    strip.show_state(order, saved="Saved", expected=order, chosen="B")
    strip.resize(284, 300)
    window.show()
    assert strip.minimumSizeHint().width() <= 284
    inside = [part for part in strip.findChildren(QWidget) if part.isVisible()]
    assert len(inside) > 7
    assert all(strip.rect().contains(part.geometry()) for part in inside)


def test_the_network_is_readable_however_narrow_the_window_is(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line = StatusLine(window)
    line.setStyleSheet("* { font-size: 26px }")
    line.resize(320, 60)
    window.show()
    assert line.minimumSizeHint().width() <= 320
    assert line.network.width() >= line.network.sizeHint().width()
    assert line.rect().contains(line.network.geometry())
