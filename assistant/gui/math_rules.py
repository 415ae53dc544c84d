"""Where formulas stand in Markdown: `$..$`, `$$..$$`, `\\(..\\)`, `\\[..\\]`, `\\begin{align}..`.

Contract: the search for an end looks a bounded way ahead, so a hostile text costs linear time;
prices ("$5 and $7") and code are no formulas; what is not read as a formula is shown as written.
"""

from __future__ import annotations

import html
import re
from collections.abc import MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.gui.math_text import LONGEST, math_html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

MOST = 4_000  # characters of formulas in one reply; the rest is shown as written
AT_ONCE = 500  # of them, and one formula more: 0.05 s of the window's thread at most
_ENDS = {"$$": "$$", "\\[": "\\]", "\\(": "\\)", "$": "$"}
_BLOCK = re.compile(r"\$\$|\\\[|\\begin\{(align|gather|equation|multline|eqnarray)\*?\}")
_INTERRUPTED = ["paragraph", "reference", "blockquote", "list"]


def add_math(parser: MarkdownIt) -> None:
    """Let a parser know formulas."""
    parser.inline.ruler.before("escape", "math", _inline)
    parser.block.ruler.before("fence", "math_block", _block, {"alt": _INTERRUPTED})
    parser.add_render_rule("math", _show)
    parser.add_render_rule("math_block", _show_block)


def _inline(state: StateInline, silent: bool) -> bool:
    """A formula inside a paragraph."""
    source, at = state.src, state.pos
    begin = next((sign for sign in _ENDS if source.startswith(sign, at)), "")
    if not begin:
        return False
    start = at + len(begin)
    stop = source.find(_ENDS[begin], start, start + LONGEST)
    content = source[start:stop] if stop > start else ""
    after = source[stop + 1 : stop + 2]
    if not content.strip() or (begin == "$" and not _fits(content, after)):
        return False
    if not silent:
        _push(state, "math", begin, content, _ENDS[begin])
    state.pos = stop + len(_ENDS[begin])
    return True


def _fits(content: str, after: str) -> bool:
    """Whether single dollars hold a formula and not prices or names of variables of a shell."""
    ends = content[0].isspace() or content[-1].isspace() or content[-1] == "\\"
    return not (ends or after.isalnum() or "`" in content or "\n\n" in content)


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A formula on lines of its own."""
    at = state.bMarks[start_line] + state.tShift[start_line]
    opened = _BLOCK.match(state.src, at)
    if opened is None or state.is_code_block(start_line):
        return False
    named = opened[1] is not None
    end = opened[0].replace("begin", "end") if named else _ENDS[opened[0]]
    stop = state.src.find(end, opened.end(), opened.end() + LONGEST)
    line = next((n for n in range(start_line, end_line) if state.eMarks[n] >= stop + len(end)), -1)
    if stop < 0 or line < 0 or state.src[stop + len(end) : state.eMarks[line]].strip(" .,"):
        return False
    if not silent:
        lines = state.getLines(start_line, line + 1, state.blkIndent, False).strip()
        inside = lines.removeprefix(opened[0]).rstrip(" .,").removesuffix(end)
        whole = f"{opened[0]}{inside}{end}"
        if named:
            _push(state, "math_block", "", whole, "")
        else:
            _push(state, "math_block", opened[0], inside, end)
        state.line = line + 1
    return True


def _push(state: StateInline | StateBlock, kind: str, begin: str, content: str, end: str) -> None:
    """Note a formula, and how it was written."""
    token = state.push(kind, "", 0)
    token.content, token.markup, token.info = content, begin, end


def _show(
    _self: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    _options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    """A formula in a line of text."""
    token = tokens[at]
    env["math"] = env.get("math", 0) + len(token.content)
    shown = math_html(token.content.strip()) if env["math"] <= env["formulas"] else None
    return shown or f"<code>{html.escape(token.markup + token.content + token.info)}</code>"


def _show_block(
    self: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    """A formula by itself, in the middle."""
    return f'<p align="center">{_show(self, tokens, at, options, env)}</p>\n'
