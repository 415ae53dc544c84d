"""Replies as safe HTML: nothing is loaded, nothing runs, no link opens unasked.

Contract: raw HTML is shown as text; an image becomes its description and address; links are only
http, https and mailto; the browser never loads a resource and asks before it opens a link.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent, QTextBlockFormat
from PySide6.QtWidgets import QApplication, QFrame, QMessageBox, QTextBrowser, QWidget

ALLOWED = ("http", "https", "mailto")


def to_html(text: str, *, dark: bool = False) -> str:
    """Markdown as the small HTML that QTextBrowser shows."""
    rendered: str = _parser(dark).render(text)
    return rendered.strip()


def may_open(url: QUrl) -> bool:
    """Whether a link may be opened at all, after being confirmed."""
    return url.isValid() and url.scheme().lower() in ALLOWED


@lru_cache(maxsize=2)
def _parser(dark: bool) -> MarkdownIt:
    """A parser for one theme."""
    parser = MarkdownIt("commonmark", {"html": False, "highlight": None}).enable("table")
    parser.validateLink = _valid_link  # type: ignore[method-assign]
    parser.add_render_rule("image", _image)
    parser.add_render_rule("fence", _dark_code if dark else _light_code)
    parser.add_render_rule("code_block", _dark_code if dark else _light_code)
    return parser


def _valid_link(url: str) -> bool:
    """Whether something is made a link."""
    return url.strip().lower().startswith(("http://", "https://", "mailto:"))


def _image(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: object
) -> str:
    """An image as text: loading it would tell its server that it was read."""
    token = tokens[at]
    return html.escape(f"{token.content} ({token.attrGet('src')})".strip())


def _light_code(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: object
) -> str:
    """A block of code on a light background."""
    return _code(tokens[at], "default", "#f2f0ec")


def _dark_code(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: object
) -> str:
    """A block of code on a dark background."""
    return _code(tokens[at], "github-dark", "#1b1a18")


def _code(token: Token, style: str, background: str) -> str:
    """Highlighted code in a box; styles inline because QTextBrowser knows no classes."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import TextLexer, get_lexer_by_name
    from pygments.util import ClassNotFound

    language = (token.info or "").split()[:1]
    try:
        lexer = get_lexer_by_name(language[0]) if language else TextLexer()
    except ClassNotFound:
        lexer = TextLexer()
    body = highlight(token.content, lexer, HtmlFormatter(noclasses=True, nowrap=True, style=style))
    return (
        f'<table width="100%" cellpadding="8" style="margin: 8px 0"><tr><td bgcolor="{background}">'
        f'<pre style="white-space: pre-wrap; margin: 0">{body.rstrip()}</pre></td></tr></table>'
    )


class ReplyBrowser(QTextBrowser):
    """Shows one reply: plain text while it grows, Markdown when it is whole."""

    def __init__(self, parent: QWidget | None = None, *, grows: bool = False) -> None:
        super().__init__(parent)
        self._grows = grows
        self._text = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(20)
        self.document().setDefaultStyleSheet("p, li { line-height: 130% } td, th { padding: 4px }")
        self.anchorClicked.connect(self.ask_to_open)

    def text(self) -> str:
        """The reply as it was written."""
        return self._text

    def append_text(self, more: str) -> None:
        """Add text at the end; the reader's place is kept unless it was at the end."""
        self._text += more
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 4
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        cursor.insertText(more)
        if at_end:
            bar.setValue(bar.maximum())

    def show_markdown(self, text: str) -> None:
        """Show a whole reply."""
        self._text = text
        dark = QApplication.palette().base().color().lightness() < 128
        bar = self.verticalScrollBar()
        place = bar.value()
        self.setHtml(to_html(text, dark=dark))
        bar.setValue(place)
        self._fit()

    def show_plain(self, text: str) -> None:
        """Show text that is still being written."""
        self._text = text
        self.setPlainText(text)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.setBlockFormat(spaced)

    def loadResource(self, _type: int, _name: QUrl | str) -> object:
        """Nothing is ever loaded, neither from the network nor from the disk."""
        return None

    def ask_to_open(self, url: QUrl) -> None:
        """Show the whole address and open it only if the user says so."""
        if not may_open(url):
            return
        box = QMessageBox(self)
        box.setWindowTitle("Open this link?")
        box.setText("This link leaves Attune and opens in your browser:")
        box.setInformativeText(html.escape(url.toString()))
        box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        if box.exec() == QMessageBox.StandardButton.Open:
            QDesktopServices.openUrl(url)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height at the text's if it should not scroll."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the text, where the page scrolls and not the reply."""
        if self._grows:
            self.document().setTextWidth(self.viewport().width())
            self.setFixedHeight(int(self.document().size().height()) + 4)
