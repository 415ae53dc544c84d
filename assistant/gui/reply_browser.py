"""Where one reply is read, as Markdown: also while it grows, but for its latest words.

Contract: no resource is ever loaded; a link is shown in full and opened only when confirmed.
What Markdown needs is imported with the first reply that is shown, not with the window.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QFontMetrics,
    QGuiApplication,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QMessageBox,
    QTextBrowser,
    QWidget,
)

from assistant.gui.controls import announce
from assistant.gui.keyboard import is_enter
from assistant.gui.language import tr

COPIED_MILLISECONDS = 1500  # how long a link or button says that it copied

# Of tables and code blocks, which are tables too, laid out in one go; a cell takes up to 0.17 ms,
# and the window may wait 50. A text with more is shown as it was written.
MOST_CELLS = 250

# A text that grows is read anew this often, but only in a small part of the window's time; one that
# would take long, or of which something is selected, is read when it is whole.
GROWING_MILLISECONDS = 200
GROWING_REST = 20  # times as long as it took the last time
MOST_GROWING = 6000  # characters
UNCLEAR = 4  # characters of a last line of which it is not clear yet what it will be


class ReplyBrowser(QTextBrowser):
    """Shows one reply."""

    def __init__(self, parent: QWidget | None = None, *, grows: bool = False) -> None:
        super().__init__(parent)
        self._grows = grows
        self._sized = False  # nothing is laid out before it is known how wide it will be
        self._text = ""
        self._html = ""
        self._digits = 1  # of the largest number in its lists
        self._codes: tuple[str, ...] = ()
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MILLISECONDS)
        self._copied.timeout.connect(self._show_again)
        self._formulas = 0  # characters of them that are read
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._read_formulas)
        self._dark: bool | None = None  # of the Markdown shown; None while the text grows
        self._growing = QTimer(self, singleShot=True, interval=GROWING_MILLISECONDS)
        self._growing.timeout.connect(self._read_so_far)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.document().setDefaultStyleSheet("p, li { line-height: 130% } td, th { padding: 4px }")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.anchorClicked.connect(self._follow)

    def text(self) -> str:
        """The reply as it was written."""
        return self._text

    def append_text(self, more: str) -> None:
        """Add text at the end; the reader's place is kept unless they scrolled to the end."""
        self._text += more
        with self._staying_at_end():
            self._put_behind(more)
        if not self._growing.isActive():
            self._growing.start()

    @contextmanager
    def _staying_at_end(self) -> Iterator[None]:
        """Show more inside of this: who has scrolled to the end sees the end again."""
        bar = self.verticalScrollBar()
        at_end = 0 < bar.value() >= bar.maximum() - 4
        yield
        self._fit()
        if at_end:
            bar.setValue(bar.maximum())

    def _put_behind(self, more: str) -> None:
        """Show text behind what is shown, as it is: in no list and not bold, whatever is there."""
        cursor, plain = self.textCursor(), QTextCharFormat()
        cursor.movePosition(cursor.MoveOperation.End)
        here, *lines = more.split("\n")
        cursor.insertText(here, plain)
        for line in lines:
            cursor.insertBlock(_spaced(), plain)
            cursor.insertText(line, plain)

    def _read_so_far(self) -> None:
        """Show a growing text as Markdown, but for a last line that has only begun."""
        from assistant.gui.markdown import render

        if self._dark is not None or len(self._text) > MOST_GROWING:
            return
        if self.textCursor().hasSelection():
            return
        begun = perf_counter()
        known = _clear_part(self._text)
        rendered = render(known, dark=_is_dark(), copy=False, formulas=0)
        if _too_many_cells(rendered.html):
            return
        with self._staying_at_end():
            self._digits = rendered.digits
            self._indent()
            self._show_html(rendered.html)
            self._put_behind("\n" * known.endswith("\n") + self._text[len(known) :])
        took = round(1000 * (perf_counter() - begun))
        self._growing.setInterval(max(GROWING_MILLISECONDS, GROWING_REST * took))

    def show_markdown(self, text: str) -> None:
        """Show a whole reply; the keyboard reaches into it if there is a link to follow."""
        self._text, self._dark, self._formulas = text, _is_dark(), 0
        self._read_formulas()

    def _read_formulas(self) -> None:
        """Read some more of the formulas, so few that the window does not wait, and show all."""
        from assistant.gui.markdown import render
        from assistant.gui.math_rules import AT_ONCE

        if self._dark is None:
            return
        self._formulas += AT_ONCE
        rendered = render(self._text, dark=self._dark, formulas=self._formulas)
        if _too_many_cells(rendered.html):
            self.show_plain(self._text)
            self._fit()
            return
        self._codes, self._html = rendered.codes, rendered.html
        self._digits = rendered.digits
        self._indent()
        self._show_html(rendered.html)
        linked = "<a " in rendered.html
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if linked else Qt.FocusPolicy.ClickFocus)
        self._fit()
        if rendered.unread:
            self._more.start()

    def show_plain(self, text: str) -> None:
        """Show text that is still being written."""
        self._text, self._dark, self._codes = text, None, ()
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.setBlockFormat(_spaced())

    def loadResource(self, _type: int, _name: QUrl | str) -> object:
        """Nothing is ever loaded, neither from the network nor from the disk."""
        return None

    def event(self, event: QEvent) -> bool:
        """Enter follows the link that the Tab key went to, whatever Enter means around it."""
        if event.type() == QEvent.Type.ShortcutOverride and is_enter(event):
            cursor = self.textCursor()
            if cursor.hasSelection() and cursor.charFormat().isAnchor():
                event.accept()
                return True
        return super().event(event)

    def ask_to_open(self, url: QUrl) -> None:
        """Show the whole address and open it only if the user says so."""
        from assistant.gui.markdown import may_open

        if not may_open(url):
            return
        box = QMessageBox(self)
        box.setWindowTitle(tr("Open this link?"))
        box.setText(tr("This link leaves Attune and opens in your browser:"))
        box.setInformativeText(html.escape(url.toString()))
        box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        if box.exec() == QMessageBox.StandardButton.Open:
            QDesktopServices.openUrl(url)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text, and highlight code anew when the theme has changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._indent()
        if event.type() == QEvent.Type.PaletteChange and self._dark not in (None, _is_dark()):
            self.show_markdown(self._text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height at the text's if it should not scroll."""
        super().resizeEvent(event)
        wider = event.size().width() != event.oldSize().width()
        if wider or not self._sized:
            self._sized = True
            self._fit()

    def _follow(self, url: QUrl) -> None:
        """Our own link copies code; any other leaves the program."""
        from assistant.gui.markdown import COPY_SCHEME

        if url.scheme() != COPY_SCHEME:
            self.ask_to_open(url)
            return
        QGuiApplication.clipboard().setText(self._codes[int(url.path())])
        announce(self, tr("Code copied"))
        link = f'href="{url.toString()}"><small>'
        self._show_html(self._html.replace(f"{link}{tr('Copy')}", f"{link}{tr('Copied')}"))
        self._copied.start()

    def _show_again(self) -> None:
        """Without the word that something was copied, if the same reply is still shown."""
        if self._dark is not None:
            self._show_html(self._html)

    def _show_html(self, shown: str) -> None:
        """Show this at the place scrolled to before."""
        bar = self.verticalScrollBar()
        place = bar.value()
        self.setHtml(shown)
        bar.setValue(place)

    def _indent(self) -> None:
        """Lists stand in by as much as their numbers take, with the space that Qt leaves."""
        font = QFontMetrics(self.document().defaultFont())
        self.document().setIndentWidth(font.horizontalAdvance("0" * self._digits + ".  "))

    def _fit(self) -> None:
        """As high as the text, where the page scrolls and not the reply."""
        if self._grows and self._sized:
            self.document().setTextWidth(self.viewport().width())
            self.setFixedHeight(int(self.document().size().height()) + 4)


def _spaced() -> QTextBlockFormat:
    """Of a paragraph that is not read as Markdown, as far apart in its lines as one that is."""
    spaced = QTextBlockFormat()
    spaced.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return spaced


def _clear_part(text: str) -> str:
    """A growing text without a last line of a few characters, which may become anything."""
    last = text.rpartition("\n")[2]
    return text[: len(text) - len(last)] if len(last.strip()) < UNCLEAR else text


def _too_many_cells(shown: str) -> bool:
    """Whether laying this out would take too long."""
    return shown.count("<td") + shown.count("<th") > MOST_CELLS


def _is_dark() -> bool:
    """Whether the theme in use is a dark one."""
    return QApplication.palette().base().color().lightness() < 128
