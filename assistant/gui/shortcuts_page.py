"""All keys on one page, made from the declaration of the actions."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from assistant.gui.actions import ACTIONS
from assistant.gui.controls import label
from assistant.gui.keyboard import scrolled
from assistant.gui.language import key_words, tr
from assistant.gui.pages import Page
from assistant.gui.reflow import Beside

KEYS_SHARE, WHAT_SHARE = 2, 5
ROOMY = 240  # narrower than this, what keys do stands under them


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
            rows = QVBoxLayout(frame)
            rows.setContentsMargins(14, 10, 14, 10)
            for action in actions:
                keys = label(tr(" or ").join(map(key_words, action.keys)), "keys", wrap=True)
                keys.setAccessibleName(f"{tr(action.text)}: {keys.text()}")
                keys.setAlignment(Qt.AlignmentFlag.AlignTop)
                what = label(tr(action.text), wrap=True)
                rows.addWidget(Beside((keys, what), ROOMY, (KEYS_SHARE, WHAT_SHARE)))
            self.column.addWidget(frame)
        self.column.addStretch(1)
        self.back.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """There is nothing to go to beside the way back, so arrows scroll from there too."""
        if watched is self.back and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            return pressed and scrolled(self.area.verticalScrollBar(), event)
        return super().eventFilter(watched, event)
