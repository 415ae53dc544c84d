"""Reading the shipped tag library, resources/tags.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

from assistant.domain.model import Tag, TagKind


def read_tag_library(file: Path) -> tuple[Tag, ...]:
    """The interests, then the styles, in the file's order."""
    with file.open("rb") as stream:
        content = tomllib.load(stream)
    interests = [
        Tag(row["name"], TagKind.INTEREST, row["instruction"], area=row["area"])
        for row in content["interest"]
    ]
    styles = [
        Tag(row["name"], TagKind.STYLE, row["instruction"], area="Style", opposite=row["opposite"])
        for row in content["style"]
    ]
    return (*interests, *styles)
