"""Documents attached to a conversation: what is known of one, and how its text is cut.

A document's text is cut into passages of about PASSAGE characters at the borders of paragraphs,
sentences, lines or words, whichever comes first in this order. Passages that were cut inside a
paragraph overlap a little, so that no sentence is only ever seen torn apart. None spans two pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NewType

DocumentId = NewType("DocumentId", int)

PASSAGE = 800  # characters: some 180 tokens, which the embedding model (256) reads whole
LEAST = PASSAGE // 2  # a passage is not cut shorter than this for the sake of a border
OVERLAP = 120  # characters: about one sentence

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n\s*")
_WORD = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Document:
    """One attached file; `pages` is None where the file knows none. Sizes are in characters."""

    id: DocumentId
    conversation_id: int
    name: str
    characters: int
    pages: int | None
    passages: int
    added_at: float  # seconds since the epoch, UTC


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage before it is stored; pages count from 1."""

    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that was put into a prompt; its text is "" once the document was removed."""

    document: str
    page: int | None
    text: str

    @property
    def label(self) -> str:
        """How it is named to a reader."""
        return self.document if self.page is None else f"{self.document}, page {self.page}"


def cut_pages(pages: Sequence[str], *, numbered: bool) -> Iterator[Piece]:
    """All passages of a document; `numbered` if its pages are such as a reader could look up."""
    for number, text in enumerate(pages, start=1):
        for passage in cut_text(text):
            yield Piece(number if numbered else None, passage)


def cut_text(text: str) -> Iterator[str]:
    """The passages of one page, in order; no passage is empty."""
    start = 0
    while start < len(text):
        if len(text) - start <= PASSAGE:
            end = following = len(text)
        else:
            end, following = _border(text, start)
        if passage := text[start:end].strip():
            yield passage
        start = following


def _border(text: str, start: int) -> tuple[int, int]:
    """Where the passage that begins at `start` ends, and where the one behind it begins."""
    low, high = start + LEAST, start + PASSAGE
    paragraphs = list(_PARAGRAPH.finditer(text, low, high))
    if paragraphs:
        return paragraphs[-1].start(), paragraphs[-1].end()
    for kind in (_SENTENCE, _WORD):
        if borders := list(kind.finditer(text, low, high)):
            end = borders[-1].end()
            return end, _overlap(text, end, kind)
    return high, high


def _overlap(text: str, end: int, kind: re.Pattern[str]) -> int:
    """Where a passage begins that shall repeat the end of the one before it."""
    first = next(kind.finditer(text, end - OVERLAP, end), None)
    return end if first is None else first.end()
