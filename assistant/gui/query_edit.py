"""The field a query is typed into: Enter sends, Shift+Enter is a new line, Up brings older ones."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from assistant.gui.language import tr

LINES = 8  # grows up to this many lines, then scrolls
_OFFERED = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape)


class QueryEdit(QPlainTextEdit):
    """A text field as high as its text; files dropped or pasted are handed on."""

    send = Signal()
    stop = Signal()
    files = Signal(object)  # tuple of Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Message"))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._earlier: list[str] = []  # the user's own queries, the oldest first
        self._back = 0  # how many of them one has gone back
        self.offer: QWidget | None = None  # while this list is open, some keys belong to it
        self._begun = ""  # what was typed before going back
        self._prompts: tuple[str, ...] = ("",)
        self.textChanged.connect(self._grow)
        self._grow()

    def show_prompt(self, *prompts: str) -> None:
        """Say in the empty field what it is for: the first of these that fits into one line."""
        self._prompts = prompts
        self._fit_prompt()

    def remember(self, text: str) -> None:
        """A query was asked: Up brings it back."""
        if text and self._earlier[-1:] != [text]:
            self._earlier.append(text)
        self._back = 0

    def remember_only(self, texts: Iterable[str]) -> None:
        """Up brings these from now on, the last one first."""
        self._earlier, self._back = list(texts), 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that are not for writing."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _OFFERED and self.offer is not None and self.offer.isVisible():
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            self.send.emit()
        elif event.key() == Qt.Key.Key_Escape and not shift:
            self.stop.emit()
        elif not self._leaf(event.key()):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab takes what is offered; else it goes on to the next widget."""
        offered = self.offer is not None and self.offer.isVisible()
        return False if offered else super().focusNextPrevChild(onward)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Text, and files."""
        return source.hasText() or bool(local_files(source))

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Text is inserted, files are handed on."""
        files = local_files(source)
        if files:
            self.files.emit(files)
        elif source.hasText():
            self.insertPlainText(source.text())

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text needs another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()
            self._fit_prompt()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other words."""
        super().resizeEvent(event)
        self._fit_prompt()

    def _leaf(self, key: int) -> bool:
        """Up on the first line and Down on the last go through the older queries, if they can."""
        if key == Qt.Key.Key_Up:
            return self._on_line(first=True) and self._go_back(1)
        return key == Qt.Key.Key_Down and self._on_line(first=False) and self._go_back(-1)

    def _on_line(self, *, first: bool) -> bool:
        """Whether the cursor is on the first (or last) line, so that there is no way on."""
        probe = QTextCursor(self.textCursor())
        way = QTextCursor.MoveOperation.Up if first else QTextCursor.MoveOperation.Down
        return not probe.movePosition(way)

    def _go_back(self, step: int) -> bool:
        """Show an older query (or a newer one); whether there was one to show.

        Only from an empty field, or from an older query that was not changed.
        """
        shown = self.toPlainText()
        if self._back and shown != self._earlier[-self._back]:
            self._back = 0
        if not self._back:
            self._begun = shown
        if (shown and not self._back) or not 0 <= self._back + step <= len(self._earlier):
            return False
        if self._back + step == self._back == 0:
            return False
        self._back += step
        text = self._earlier[-self._back] if self._back else self._begun
        back = self._back
        self.setPlainText(text)
        self._back = back
        self.moveCursor(QTextCursor.MoveOperation.End)
        return True

    def _fit_prompt(self) -> None:
        """None of them is broken into lines: there is room for one."""
        room = self.viewport().width() - 2 * ceil(self.document().documentMargin())
        metrics = self.fontMetrics()
        fitting = (text for text in self._prompts if metrics.horizontalAdvance(text) <= room)
        cut = metrics.elidedText(self._prompts[-1], Qt.TextElideMode.ElideRight, room)
        self.setPlaceholderText(next(fitting, cut))

    def _grow(self) -> None:
        """As high as the text, up to LINES."""
        lines = max(1, min(LINES, int(self.document().size().height())))
        line = ceil(QFontMetricsF(self.font()).lineSpacing())  # as lines are laid out
        self.setFixedHeight(lines * line + 8)


def local_files(source: QMimeData) -> tuple[Path, ...]:
    """The files that were dropped or pasted, if any."""
    urls = source.urls() if source.hasUrls() else []
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
