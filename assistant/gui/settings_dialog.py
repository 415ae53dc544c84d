"""The settings as a form; every field is made from the declaration of its Setting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from assistant.gui.controls import ElidedLabel, announce, button, label
from assistant.gui.language import tr
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.preferences import Values
from assistant.gui.reflow import Beside, frame_size, text_scale
from assistant.gui.setting_fields import make_field
from assistant.settings import (
    ALL,
    CONTEXT,
    DOCUMENT_TOKENS,
    EMPHASIS,
    FONT_SCALE,
    GATE_SALT,
    LANGUAGE,
    MAX_TOKENS,
    MIN_P,
    MODEL,
    NOTIFY,
    PROFILE_ID,
    REDUCED_MOTION,
    REPEAT_PENALTY,
    SERVER_KEY,
    SERVER_KNOWN,
    SERVER_MODEL,
    SERVER_URL,
    SPEEDS,
    SYSTEM_TEXT,
    TEMPERATURE,
    THEME,
    THREADS,
    TOP_K,
    TOP_P,
    UNSENT,
    WELCOMED,
    WINDOW_STATE,
    Setting,
)

# Kept by the program itself, or chosen elsewhere in the window.
HIDDEN: tuple[Setting[Any], ...] = (
    MODEL,
    WINDOW_STATE,
    UNSENT,
    WELCOMED,
    SPEEDS,
    GATE_SALT,
    PROFILE_ID,
    SERVER_URL,  # these four on the page of the models, behind a warning
    SERVER_KNOWN,
    SERVER_MODEL,
    SERVER_KEY,
)
LOOK: tuple[Setting[Any], ...] = (THEME, LANGUAGE, FONT_SCALE, REDUCED_MOTION, NOTIFY)
MODEL_SETTINGS: tuple[Setting[Any], ...] = (
    CONTEXT,
    THREADS,
    MAX_TOKENS,
    TEMPERATURE,
    TOP_P,
    TOP_K,
    MIN_P,
    REPEAT_PENALTY,
    EMPHASIS,
    DOCUMENT_TOKENS,
    SYSTEM_TEXT,
)
MINIMUM_WIDTH = 300  # below the window's own least width
ROOMY = 440  # pixels from which on a field stands beside its name
HEIGHT = 620
NAME_SHARE, FIELD_SHARE = 3, 2  # of the width


def sections() -> tuple[tuple[str, tuple[Setting[Any], ...]], ...]:
    """All settings that the user sets here, by what they are about; none is forgotten."""
    named = {setting.key for setting in (*LOOK, *MODEL_SETTINGS, *HIDDEN)}
    others: tuple[Setting[Any], ...] = tuple(one for one in ALL if one.key not in named)
    return (
        (tr("Look"), LOOK),
        (tr("Replies and learning"), others),
        (tr("Model"), MODEL_SETTINGS),
    )


class SettingsDialog(QDialog):
    """Shows values and knows which of them the user changed."""

    back_up_wanted = Signal()
    wipe_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, values: Values, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self._before = values
        self.fields: dict[str, QWidget] = {}
        self._readers: dict[Setting[Any], Callable[[], object]] = {}
        self.told = label("", "note", wrap=True)
        self.told.hide()
        body = QWidget()
        body.setObjectName("flow")
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for title, settings in sections():
            column.addWidget(label(title, "heading"))
            column.addLayout(self._form(settings))
            column.addSpacing(8)
        column.addWidget(label(tr("Your data"), "heading"))
        column.addWidget(self._data(home))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(tr("Settings"))
        scroll.setWidget(body)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        buttons.setContentsMargins(16, 8, 16, 12)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(scroll, 1)
        rows.addWidget(buttons)
        self.fields[LOOK[0].key].setFocus()  # else what scrolls has it, where it is not seen
        self.setMinimumWidth(MINIMUM_WIDTH)
        wide = round(HEIGHT * text_scale(parent or self))
        room = self.screen().availableSize() - frame_size(parent)
        self.resize(QSize(wide, wide).boundedTo(room))

    def changes(self) -> dict[Setting[Any], object]:
        """What is different from before."""
        now = {setting: read() for setting, read in self._readers.items()}
        return {s: value for s, value in now.items() if value != self._before[s.key]}

    def tell(self, text: str) -> None:
        """Say what came of something that was done at once."""
        self.told.setText(text)
        self.told.show()
        announce(self, text)

    def _form(self, settings: tuple[Setting[Any], ...]) -> QVBoxLayout:
        """Names at the left, fields at the right, or under them where it is narrow."""
        form = QVBoxLayout()
        form.setSpacing(10)
        for setting in settings:
            field, read = make_field(setting, self._before[setting.key])
            self.fields[setting.key], self._readers[setting] = field, read
            name = _named(tr(setting.help))
            form.addWidget(Beside((name, field), ROOMY, (NAME_SHARE, FIELD_SHARE)))
        return form

    def _data(self, home: Path) -> QWidget:
        """Where everything is, and what can be done with all of it."""
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        place = ElidedLabel("note")
        place.show_text(str(home))
        folder = QHBoxLayout()
        folder.addWidget(place, 1)
        folder.addWidget(
            button(
                tr("Open"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(home))),
                name=tr("Open the data folder"),
            )
        )
        row = FlowLayout()
        row.addWidget(button(tr("Back up now"), self.back_up_wanted.emit))
        row.addWidget(button(tr("Import chats…"), self.import_wanted.emit))
        row.addWidget(button(tr("Wipe everything…"), self._confirm_wipe, kind="warning"))
        column.addWidget(label(tr("Everything stays on this computer, in this folder:"), wrap=True))
        column.addLayout(folder)
        column.addLayout(row)
        column.addWidget(self.told)
        return panel

    def _confirm_wipe(self) -> None:
        """Ask once more; Cancel is what Enter does."""
        box = QMessageBox(self)
        box.setWindowTitle(tr("Wipe everything?"))
        box.setText(
            tr(
                "All conversations, rankings, everything learned, all settings and all backups are "
                "removed from this computer for good. Your model files stay. Attune closes then."
            )
        )
        wipe = box.addButton(tr("Wipe everything"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(keep)
        box.exec()
        if box.clickedButton() is wipe:
            self.wipe_wanted.emit()


def _named(text: str) -> QWidget:
    """The name of a setting; what stands in brackets behind it is explained under it."""
    name, _, about = text.partition(" (")
    named = label(name, wrap=True)
    if not about:
        return named
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(named)
    column.addWidget(label(about.removesuffix(")"), "note", wrap=True))
    return both
