"""What stands in the middle of the window: the conversation, or a page laid over it.

Contract: the conversation is always there; a page is made when it is opened first and kept. Escape
and the button at the top go back to the conversation.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from assistant.gui.controls import ElidedLabel, announce, button
from assistant.gui.kept_focus import noted_focus
from assistant.gui.keyboard import scrolled
from assistant.gui.language import marked, tr
from assistant.gui.reflow import free_side, has_room

BACK, SHORT_BACK = marked("‹ Back to the conversation"), marked("‹ Back")
ROOMY = 560  # pixels; below this only the short words fit beside a title
SIDE = 18  # pixels left free at either side


class Page(QFrame):
    """A title with the way back, over a column that scrolls."""

    left = Signal()
    widest = 1100  # pixels of its column at the usual size of text; longer lines are hard to read

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.title = title
        self.setAccessibleName(title)
        self._heading = heading = ElidedLabel("title")
        heading.show_text(title)
        self.back = button(tr(BACK), self.left.emit, kind="quiet", name=tr("Back, Escape"))
        top = QFrame()
        top.setObjectName("top")
        row = QHBoxLayout(top)
        row.setContentsMargins(18, 8, 18, 8)
        row.addWidget(heading, 1)
        row.addWidget(self.back)
        body = QWidget()
        body.setObjectName("flow")
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(SIDE, 16, SIDE, 16)
        self.column.setSpacing(12)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(title)
        self.area.setWidget(body)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(top)
        rows.addWidget(self.area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Short words where it is narrow; the column in the middle where it is very wide."""
        super().resizeEvent(event)
        if self.back.text() in (tr(BACK), tr(SHORT_BACK)):  # a page may have words of its own
            self.back.setText(tr(BACK) if has_room(self, ROOMY) else tr(SHORT_BACK))
        side = free_side(self, self.widest, SIDE)
        self.column.setContentsMargins(side, 16, side, 16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back; keys that nothing else takes scroll."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif not scrolled(self.area.verticalScrollBar(), event):
            super().keyPressEvent(event)


class Pages(QStackedWidget):
    """The conversation with the pages over it."""

    returned = Signal()  # the conversation is seen again

    def __init__(
        self, conversation: QWidget, reading: QWidget, parent: QWidget | None = None
    ) -> None:
        """`reading` is the part of it that has the keyboard again when a page is left."""
        super().__init__(parent)
        self._conversation, self._reading = conversation, reading
        self._give_back: Callable[[], None] | None = None
        self.addWidget(conversation)

    def open(self, page: Page) -> None:
        """Show a page; the keyboard goes to it."""
        if self.indexOf(page) < 0:
            self.addWidget(page)
            page.left.connect(self._leave)
        if self.page() is None:
            self._give_back = noted_focus(self._reading)
        self.setCurrentWidget(page)
        page.back.setFocus()
        announce(page, page.title)

    def go_back(self) -> None:
        """Show the conversation."""
        if self.currentWidget() is not self._conversation:
            self.setCurrentWidget(self._conversation)
            self.returned.emit()

    def _leave(self) -> None:
        """The user goes back: who read the conversation reads on."""
        self.go_back()
        if self._give_back is not None:
            self._give_back()

    def page(self) -> QWidget | None:
        """The page that is open, None while the conversation is seen."""
        current = self.currentWidget()
        return None if current is self._conversation else current
