"""A text of the user's as it was written: selectable, broken into lines, within a word if needed.

A QLabel only breaks between words, and would cut off a long link.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextDocument, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

USUAL_WIDTH = 420  # pixels it asks for where its lines are broken; it takes what it gets


class SaidText(QTextEdit):
    """As high as its text at any width, so that only the page around it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measures: dict[int, tuple[int, int]] = {}
        self.setObjectName("bubble")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str) -> None:
        """Show this instead."""
        self.setPlainText(text)
        self._measure_anew()

    def line_width(self) -> int:
        """How wide it is with its lines as they were written."""
        return self._measured(0)[0] + self._around().width()

    def sizeHint(self) -> QSize:
        """In one line if that is short."""
        width = min(self.line_width(), max(USUAL_WIDTH, self.width()))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """It can be broken anywhere."""
        around = self._around()
        return QSize(around.width(), self.fontMetrics().height() + around.height())

    def heightForWidth(self, width: int) -> int:
        """What its lines take."""
        around = self._around()
        return self._measured(max(1, width - around.width()))[1] + around.height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only what a selection is for; all other keys mean the page around it."""
        if event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to what scrolls; with Ctrl this text alone would grow."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text needs other lines."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure_anew()

    def _around(self) -> QSize:
        """What the style sheet leaves around the text."""
        self.ensurePolished()
        around = self.contentsMargins()
        return QSize(around.left() + around.right(), around.top() + around.bottom())

    def _measure_anew(self) -> None:
        self._measures.clear()
        self.updateGeometry()

    def _measured(self, width: int) -> tuple[int, int]:
        """Width and height of the text at a width, 0 for its lines as they were written.

        On a document of its own: the one that is shown stays laid out for what is shown.
        """
        if width not in self._measures:
            probe = QTextDocument()
            probe.setDocumentMargin(0)
            probe.setDefaultFont(self.font())
            probe.setDefaultTextOption(self.document().defaultTextOption())
            probe.setPlainText(self.toPlainText())
            probe.setTextWidth(width or -1)
            self._measures[width] = ceil(probe.idealWidth()), ceil(probe.size().height())
        return self._measures[width]
