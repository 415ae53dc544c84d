"""Replies as safe HTML: nothing is loaded, nothing runs, no link opens unasked.

Contract: raw HTML is shown as text; an image becomes its description and address; links are only
http, https and mailto, and ours that copies a block of code, which no reply can contain.
"""

from __future__ import annotations

import html
import re
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl

from assistant.gui.language import tr
from assistant.gui.theme import DARK, LIGHT

if TYPE_CHECKING:  # loaded with the first reply: the empty window need not wait for it
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

ALLOWED = ("http", "https", "mailto")
COPY_SCHEME = "attune-copy"  # followed by the number of the block of code


@dataclass(frozen=True, slots=True)
class Rendered:
    """A reply to show; `codes` are its blocks of code as they are copied.

    `unread`: more formulas would be read if more were allowed.
    """

    html: str
    codes: tuple[str, ...]
    unread: bool = False

    @property
    def digits(self) -> int:
        """Of the largest number that a list in it can reach, at least 1."""
        starts = [int(number) for number in re.findall(r'<ol start="(\d+)"', self.html)]
        return len(str(max(starts, default=1) + self.html.count("<li") - 1))


def render(
    text: str, *, dark: bool = False, copy: bool = True, formulas: int | None = None
) -> Rendered:
    """Markdown as the small HTML that QTextBrowser shows; `copy`: code has a link that copies.

    `formulas`: only so many characters of formulas are read, the others are shown as written.
    """
    from assistant.gui.math_rules import MOST

    codes: list[str] = []
    most = MOST if formulas is None else min(formulas, MOST)
    env: dict[str, Any] = {"codes": codes, "copy": copy, "math": 0, "formulas": most}
    rendered: str = _parser(dark).render(text, env)
    return Rendered(rendered.strip(), tuple(codes), unread=most < min(env["math"], MOST))


def load_parser() -> None:
    """Load what rendering takes (a tenth of a second), so that the first reply need not wait."""
    render("```python\npass\n```\n$x$")


def may_open(url: QUrl) -> bool:
    """Whether a link may be opened at all, after being confirmed."""
    return url.isValid() and url.scheme().lower() in ALLOWED


@lru_cache(maxsize=2)
def _parser(dark: bool) -> MarkdownIt:
    """A parser for one theme."""
    from markdown_it import MarkdownIt

    from assistant.gui.math_rules import add_math

    parser = MarkdownIt("commonmark", {"html": False, "highlight": None}).enable("table")
    add_math(parser)
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
    _self: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    _options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    """A block of code on a light background."""
    return _code(tokens[at], env, dark=False)


def _dark_code(
    _self: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    _options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    """A block of code on a dark background."""
    return _code(tokens[at], env, dark=True)


def _code(token: Token, env: MutableMapping[str, Any], *, dark: bool) -> str:
    """Highlighted code in a box under its language and a link that copies it.

    Styles are inline because QTextBrowser knows no classes.
    """
    language = (token.info or "").split()[:1]
    muted, background = (DARK.muted, DARK.background) if dark else (LIGHT.muted, LIGHT.panel)
    named = html.escape(language[0] if language else tr("code"))
    codes: list[str] = env["codes"]
    codes.append(token.content)
    link = f'<a href="{COPY_SCHEME}:{len(codes) - 1}"><small>{tr("Copy")}</small></a>'
    return (
        f'<table width="100%" cellpadding="4" style="margin: 8px 0" bgcolor="{background}">'
        f'<tr><td style="color: {muted}"><small>{named}</small></td><td align="right">'
        f"{link if env['copy'] else ''}</td></tr>"
        f'<tr><td colspan="2"><pre style="white-space: pre-wrap; margin: 0">'
        f"{_highlighted(token.content, language[0] if language else '', dark=dark)}"
        f"</pre></td></tr></table>"
    )


def _highlighted(code: str, language: str, *, dark: bool) -> str:
    """Code as HTML; in plain ink if its language is not known."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import TextLexer, get_lexer_by_name
    from pygments.util import ClassNotFound

    from assistant.gui.code_style import DarkCode, LightCode

    try:
        lexer = get_lexer_by_name(language) if language else TextLexer()
    except ClassNotFound:
        lexer = TextLexer()
    style = DarkCode if dark else LightCode
    body: str = highlight(code, lexer, HtmlFormatter(noclasses=True, nowrap=True, style=style))
    return body.rstrip()
