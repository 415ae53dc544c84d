"""Fields for numbers look like the fields beside them, and change when it is meant."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyleOptionSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from assistant.gui.number_field import NumberField
from assistant.gui.setting_fields import make_field
from assistant.gui.theme import Appearance
from assistant.settings import FONT_SCALE, THREADS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen


@pytest.fixture
def page(qtbot: QtBot, appearance: Appearance) -> QWidget:
    """A number, one with decimals, and a line of text."""
    made = QWidget()
    made.setObjectName("page")
    column = QVBoxLayout(made)
    for field in (NumberField(0), NumberField(2), QLineEdit()):
        column.addWidget(field)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    fields(made)[2].setFocus()
    return made


def fields(page: QWidget) -> tuple[NumberField, NumberField, QLineEdit]:
    found = [page.layout().itemAt(at).widget() for at in range(3)]
    return found[0], found[1], found[2]  # type: ignore[return-value]


def place_of(field: NumberField, part: QStyle.SubControl) -> QPoint:
    option = QStyleOptionSpinBox()
    field.initStyleOption(option)
    spin = QStyle.ComplexControl.CC_SpinBox
    return field.style().subControlRect(spin, option, part, field).center()


def inks(picture: QImage, around: QPoint) -> set[str]:
    steps = range(-5, 6)
    return {picture.pixelColor(around + QPoint(x, y)).name() for x in steps for y in steps}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_they_are_rounded_and_as_high_as_a_line_of_text(
    appearance: Appearance, page: QWidget, theme: str, scale: float
) -> None:
    appearance.choose(theme, scale)
    whole, fraction, line = fields(page)
    tokens = appearance.tokens
    for field in (whole, fraction):
        assert abs(field.sizeHint().height() - line.sizeHint().height()) <= 4
        picture = field.grab().toImage()
        assert picture.pixelColor(field.width() // 2, 0).name() == tokens.line
        assert picture.pixelColor(0, field.height() // 2).name() == tokens.line
        assert picture.pixelColor(0, 0).name() != tokens.line, "the corner is rounded"
        assert picture.pixelColor(4, field.height() // 2).name() == tokens.card
        found = inks(picture, place_of(field, QStyle.SubControl.SC_SpinBoxUp))
        assert len(found) > 1, "there is an arrow"


def test_a_click_on_an_arrow_is_a_step(qtbot: QtBot, page: QWidget) -> None:
    whole, _, _ = fields(page)
    whole.setValue(5)
    button = Qt.MouseButton.LeftButton
    for part, expected in (
        (QStyle.SubControl.SC_SpinBoxUp, 6),
        (QStyle.SubControl.SC_SpinBoxDown, 5),
    ):
        qtbot.mouseClick(whole, button, pos=place_of(whole, part))
        assert whole.value() == expected


def test_each_number_is_read_as_what_it_is(qtbot: QtBot) -> None:
    for setting, value in ((THREADS, 2), (FONT_SCALE, 1.25)):
        field, read = make_field(setting, value)
        qtbot.addWidget(field)
        assert (read(), type(read())) == (value, type(value))


@pytest.mark.parametrize("setting", [THREADS, FONT_SCALE])
def test_scrolling_by_changes_nothing(qtbot: QtBot, page: QWidget, setting) -> None:
    field, read = make_field(setting, setting.default)
    page.layout().addWidget(field)
    fields(page)[2].setFocus()
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(field.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, turn)
    assert read() == setting.default
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QApplication.sendEvent(field, turn)
    assert read() > setting.default
