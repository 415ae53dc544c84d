"""All keys on one page, made from the declaration of the actions."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from assistant.gui.actions import ACTIONS
from assistant.gui.controls import label
from assistant.gui.language import key_words, tr
from assistant.gui.pages import Page


class ShortcutsPage(Page):
    """Nothing but the list."""

    def __init__(self) -> None:
        super().__init__(tr("Keys"))
        self.column.addWidget(
            label(tr("Everything can be done without the mouse."), "note", wrap=True)
        )
        for where, actions in groupby(ACTIONS, key=lambda action: action.where):
            self.column.addWidget(label(tr(where.value), "heading", wrap=True))
            frame = QFrame()
            frame.setObjectName("panel")
            grid = QGridLayout(frame)
            grid.setContentsMargins(14, 10, 14, 10)
            grid.setColumnStretch(0, 2)
            grid.setColumnStretch(1, 5)
            grid.setVerticalSpacing(6)
            grid.setHorizontalSpacing(14)
            for row, action in enumerate(actions):
                keys = label(tr(" or ").join(map(key_words, action.keys)), "keys", wrap=True)
                keys.setAccessibleName(f"{tr(action.text)}: {keys.text()}")
                grid.addWidget(keys, row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(label(tr(action.text), wrap=True), row, 1)
            self.column.addWidget(frame)
        self.column.addStretch(1)
