"""The settings as a form; every field is made from the declaration of its Setting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from assistant.gui.controls import label
from assistant.gui.preferences import Values
from assistant.settings import (
    FONT_SCALE,
    INTERESTS,
    LEARNING,
    MAX_TOKENS,
    PLAIN_SHARE,
    REPLIES,
    STYLES,
    SYSTEM_TEXT,
    TEMPERATURE,
    THEME,
    Setting,
)

SHOWN: tuple[Setting[Any], ...] = (
    THEME,
    FONT_SCALE,
    REPLIES,
    MAX_TOKENS,
    TEMPERATURE,
    LEARNING,
    INTERESTS,
    STYLES,
    PLAIN_SHARE,
    SYSTEM_TEXT,
)
STEPS = 20  # a number with a fraction takes this many steps from its least to its most
TEXT_LINES = 3
MINIMUM_WIDTH = 340  # below the window's own least width


class SettingsDialog(QDialog):
    """Shows values and knows which of them the user changed."""

    def __init__(self, values: Values, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self._before = values
        self.fields: dict[str, QWidget] = {}
        self._readers: dict[str, Callable[[], object]] = {}
        form = QFormLayout()
        form.setSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for setting in SHOWN:
            field, read = _field(setting, values[setting.key])
            field.setAccessibleName(setting.help)
            self.fields[setting.key], self._readers[setting.key] = field, read
            form.addRow(label(setting.help), field)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        self.setMinimumWidth(MINIMUM_WIDTH)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(label("Everything stays on this computer.", "note", wrap=True))
        column.addWidget(buttons)

    def changes(self) -> dict[Setting[Any], object]:
        """What is different from before."""
        now = {setting: self._readers[setting.key]() for setting in SHOWN}
        return {s: value for s, value in now.items() if value != self._before[s.key]}


def _field(setting: Setting[Any], value: Any) -> tuple[QWidget, Callable[[], object]]:  # noqa: ANN401
    """The field for a setting's type, and what reads it."""
    if setting.choices:
        return _choice_field(setting, value)
    if isinstance(setting.default, bool):
        box = QCheckBox()
        box.setChecked(value)
        return box, box.isChecked
    if isinstance(setting.default, int):
        whole = QSpinBox()
        whole.setRange(int(setting.minimum or 0), int(setting.maximum or 0))
        whole.setValue(value)
        return whole, whole.value
    if isinstance(setting.default, float):
        return _fraction_field(setting, value)
    text = QPlainTextEdit(value)
    text.setTabChangesFocus(True)
    text.setFixedHeight(text.fontMetrics().lineSpacing() * TEXT_LINES + 20)
    return text, text.toPlainText


def _choice_field(setting: Setting[Any], value: str) -> tuple[QWidget, Callable[[], object]]:
    """One of a few words."""
    choice = QComboBox()
    for word in setting.choices:
        choice.addItem(word.capitalize(), word)
    choice.setCurrentIndex(setting.choices.index(value))
    return choice, choice.currentData


def _fraction_field(setting: Setting[Any], value: float) -> tuple[QWidget, Callable[[], object]]:
    """A number with two decimals."""
    low, high = setting.minimum or 0.0, setting.maximum or 1.0
    number = QDoubleSpinBox()
    number.setRange(low, high)
    number.setSingleStep(round((high - low) / STEPS, 2))
    number.setValue(value)
    return number, lambda: round(number.value(), 2)
