"""The texts of resources/rules.toml: how a taste for a text feature reads as a rule."""

from __future__ import annotations

import tomllib
from pathlib import Path

DIRECTIONS = {"more": "+1", "less": "-1"}


def read_rule_texts(file: Path) -> dict[str, str]:
    """Rule texts by detector, e.g. "feature:length:-1"."""
    with file.open("rb") as opened:
        content = tomllib.load(opened)
    return {
        f"feature:{feature}:{DIRECTIONS[direction]}": text
        for feature, texts in content.items()
        for direction, text in texts.items()
    }
