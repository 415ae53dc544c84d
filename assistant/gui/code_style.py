"""Colours of highlighted code: only the window's own tokens, so that contrast holds in both themes.

Imported when the first block of code is shown, not with the window.
"""

from __future__ import annotations

from typing import ClassVar

from pygments.style import Style
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token, _TokenType

from assistant.gui.theme import DARK, LIGHT, Tokens


def _rules(tokens: Tokens) -> dict[_TokenType, str]:
    """What is set apart: words of the language, names defined, texts, numbers, remarks."""
    return {
        Token: tokens.ink,
        Comment: f"italic {tokens.muted}",
        Keyword: f"bold {tokens.accent}",
        Name.Function: f"bold {tokens.ink}",
        Name.Class: f"bold {tokens.ink}",
        Name.Builtin: tokens.accent,
        Name.Tag: f"bold {tokens.accent}",
        String: tokens.warning,
        Number: tokens.warning,
        Operator.Word: f"bold {tokens.accent}",
    }


class LightCode(Style):
    """For the light theme."""

    background_color = LIGHT.panel
    styles: ClassVar = _rules(LIGHT)


class DarkCode(Style):
    """For the dark theme."""

    background_color = DARK.background
    styles: ClassVar = _rules(DARK)
