"""The settings that can differ for one model, as a small form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.gui.controls import button, label
from assistant.gui.language import marked, tr
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.models_work import Preset
from assistant.gui.reflow import Beside
from assistant.gui.setting_fields import make_field
from assistant.settings import PER_MODEL

GENERAL = marked("These are the general settings; change one, and it holds for this model only.")
OWN = marked("Some of these hold for this model only.")
ROOMY = 420  # pixels from which on a field stands beside its name


class PresetForm(QWidget):
    """Empty until the values are read."""

    cleared = Signal()

    def __init__(self, save: Callable[[Mapping[str, object]], object]) -> None:
        super().__init__()
        self._save = save
        self._readers: dict[str, Callable[[], object]] = {}
        self._before: Mapping[str, object] = {}
        self.fields: dict[str, QWidget] = {}
        self.note = label("", "note", wrap=True)
        self._form = QWidget()
        self.save_button = button(tr("Save for this model"), self._keep, kind="primary")
        self.clear_button = button(tr("Use the general settings"), self.cleared.emit)
        row = FlowLayout()
        row.addWidget(self.save_button)
        row.addWidget(self.clear_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 4)
        self._column.addWidget(self.note)
        self._column.addWidget(self._form)
        self._column.addLayout(row)

    def show_preset(self, preset: Preset) -> None:
        """The values in force."""
        old, self._form = self._form, QWidget()
        self._column.replaceWidget(old, self._form)
        old.hide()
        old.deleteLater()
        rows = QVBoxLayout(self._form)
        rows.setContentsMargins(0, 0, 0, 0)
        self._before = preset.values
        for setting in PER_MODEL:
            field, read = make_field(setting, preset.values[setting.key])
            self.fields[setting.key], self._readers[setting.key] = field, read
            own = tr(" (this model)") if setting.key in preset.own else ""
            name = label(tr(setting.help) + own, wrap=True)
            rows.addWidget(Beside((name, field), ROOMY, (1, 1)))
        self.note.setText(tr(OWN if preset.own else GENERAL))
        self.clear_button.setVisible(bool(preset.own))

    def _keep(self) -> None:
        """Save what differs from what holds."""
        now = {key: read() for key, read in self._readers.items()}
        changed = {key: value for key, value in now.items() if value != self._before[key]}
        if changed:
            self._save(changed)
