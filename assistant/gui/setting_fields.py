"""A field for each kind of setting, made from its declaration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from assistant.gui.language import tr
from assistant.gui.number_field import NumberField
from assistant.gui.tick_box import TickBox
from assistant.settings import SYSTEM_TEXT, Setting

STEPS = 20  # a number with a fraction takes this many steps from its least to its most
TEXT_LINES = 3
DECIMALS = 2  # of a number with a fraction

Field = tuple[QWidget, Callable[[], object]]  # the widget, and what reads it


class ChoiceField(QComboBox):
    """A list that the wheel does not change: nobody means it while scrolling by."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to what scrolls."""
        event.ignore()


def make_field(setting: Setting[Any], value: Any) -> Field:  # noqa: ANN401
    """The field for a setting's type, named for a screen reader."""
    field, read = _make(setting, value)
    field.setAccessibleName(tr(setting.help))
    return field, read


def _make(setting: Setting[Any], value: Any) -> Field:  # noqa: ANN401
    if setting.choices:
        return _choice(setting, value)
    if isinstance(setting.default, bool):
        box = TickBox()
        box.setChecked(value)
        return box, box.isChecked
    if isinstance(setting.default, int):
        whole = NumberField(0)
        whole.setRange(int(setting.minimum or 0), int(setting.maximum or 0))
        whole.setValue(value)
        return whole, lambda: int(whole.value())
    if isinstance(setting.default, float):
        return _fraction(setting, value)
    return _text(setting, value)


def _text(setting: Setting[Any], value: str) -> Field:
    """Several lines for what the model is told, one for anything else."""
    if setting.key != SYSTEM_TEXT.key:
        line = QLineEdit(value)
        if setting.secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        return line, line.text
    text = QPlainTextEdit(value)
    text.setTabChangesFocus(True)
    text.setFixedHeight(text.fontMetrics().lineSpacing() * TEXT_LINES + 20)
    return text, text.toPlainText


def _choice(setting: Setting[Any], value: str) -> Field:
    """One of a few words."""
    choice = ChoiceField()
    for word in setting.choices:
        choice.addItem(tr(word.capitalize()), word)
    choice.setCurrentIndex(setting.choices.index(value))
    return choice, choice.currentData


def _fraction(setting: Setting[Any], value: float) -> Field:
    """A number with decimals."""
    low, high = setting.minimum or 0.0, setting.maximum or 1.0
    number = NumberField(DECIMALS)
    number.setRange(low, high)
    number.setSingleStep(round((high - low) / STEPS, DECIMALS))
    number.setValue(value)
    return number, lambda: round(number.value(), DECIMALS)
