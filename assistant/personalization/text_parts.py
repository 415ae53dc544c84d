"""A text taken apart once, for all features to count in: words, sentences, lines, paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+|\n+")
_LETTERS = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
LONGEST = 20_000  # characters looked at; more would cost time and change no share


@dataclass(frozen=True, slots=True)
class Parts:
    """One text taken apart. Words are in lower case, with straight apostrophes."""

    text: str
    words: tuple[str, ...]
    sentences: tuple[str, ...]
    lines: tuple[str, ...]
    paragraphs: int
    code: int  # characters of code

    @property
    def hundred_words(self) -> float:
        """Number of words in hundreds, at least a twentieth: what rates are measured in."""
        return max(len(self.words), 5) / 100


def take_apart(text: str) -> Parts:
    """The parts of a text; code counts as code, not as prose."""
    text = text[:LONGEST].replace("’", "'")
    prose, code = text, 0
    if "`" in text:
        prose = _CODE.sub(" ", text)
        code = len(text) - len(prose)
    return Parts(
        text=prose,
        words=tuple(_WORD.findall(prose.lower())),
        sentences=tuple(s for s in _SENTENCE_END.split(prose) if _LETTERS.search(s)),
        lines=tuple(line for line in prose.splitlines() if line.strip()),
        paragraphs=sum(1 for block in prose.split("\n\n") if block.strip()),
        code=code,
    )
