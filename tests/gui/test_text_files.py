"""Files that go into a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.errors import UsageProblem
from assistant.gui.text_files import BetterAttached, TextFile, read_text_file, with_files


def test_size_and_tokens_are_told(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text("abcd" * 500, encoding="utf-8")
    assert read_text_file(file, 4096).about == "notes.md · 2 kB · about 500 tokens"


@pytest.mark.parametrize(
    ("content", "told", "attach"),
    [
        (b"abcd" * 4000, "attach it as a document", True),
        (b"x" * 1_000_001, "attach it as a document", True),
        (b"\xff\xfe\x00\x01", "no text file", True),
        (b"a\0b", "no text file", True),
        (b"  ", "is empty", False),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_remedy(
    tmp_path: Path, content: bytes, told: str, attach: bool
) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(content)
    with pytest.raises(UsageProblem, match=told) as refused:
        read_text_file(file, 4096)
    assert isinstance(refused.value, BetterAttached) is attach


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="cannot be read"):
        read_text_file(tmp_path / "none.txt", 4096)


def test_a_file_cannot_end_its_own_block() -> None:
    text = with_files("Look:", (TextFile("a.md", "```\ncode\n```\n", 12),))
    assert text == "Look:\n\na.md:\n````\n```\ncode\n```\n````"
