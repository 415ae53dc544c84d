"""Guidance is followed, not recited: a reply has no WORDS words of its instructions in a row.

A small model tends to write down what it was told, the more so where guidance is emphasised. Only
the remark in brackets counts (see `guidance_text`), not exemplars or a prompt of the pool. Names
stay as they are: only the first words of sentences are taken with capitals. Languages that put no
spaces between words are not covered. Used inside the engine's child process only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np

from assistant.generation.emphasis import Logits
from assistant.generation.llama import Weights
from assistant.generation.prompt import Segment

WORDS = 3


class Repeats:
    """What would go on with words of one draft's instructions."""

    def __init__(self, guidance: str, weights: Weights) -> None:
        self._weights = weights
        self._following: dict[tuple[int, ...], set[int]] = defaultdict(set)
        for text in _readings(guidance):
            self._add(weights.tokenise((Segment(text, False),), False))
        self._lengths = sorted({len(words) for words in self._following})

    def _add(self, tokens: Sequence[int]) -> None:
        """Each word follows the WORDS - 1 before it."""
        begins = _word_beginnings([self._weights.piece(token) for token in tokens])
        for first, at in zip(begins, begins[WORDS - 1 :], strict=False):
            self._following[tuple(tokens[first:at])].add(tokens[at])

    def ban(self, logits: Logits, written: Sequence[int]) -> None:
        """Rule out, in place, the words of the guidance that would follow its words before."""
        for length in self._lengths:
            for token in self._following.get(tuple(written[-length:]), ()):
                logits[token] = -np.inf


def _word_beginnings(pieces: Sequence[bytes]) -> list[int]:
    """The tokens with the first letter of a word, where nothing of the word before is in them."""
    ends = list(accumulate(len(piece.decode("utf-8", "replace")) for piece in pieces))
    text = "".join(piece.decode("utf-8", "replace") for piece in pieces)
    begins = []
    for word in re.finditer(r"\w+", text):
        at = bisect_right(ends, word.start())
        before = text[ends[at] - len(pieces[at].decode("utf-8", "replace")) : word.start()]
        if not re.search(r"\w", before):
            begins.append(at)
    return begins


def _readings(guidance: str) -> Iterator[str]:
    """As instructions could be recited: within a sentence, and as sentences of their own."""
    for remark in guidance.split("\n\n"):
        if not (remark.startswith("(") and remark.endswith(")")):
            continue
        small = remark[1:-1].lower()
        yield f" {small}"
        for sentence in re.split(r"(?<=[.!?])\s+", small):
            said = sentence[:1].upper() + sentence[1:]
            yield from (said, f" {said}", f"({said}")
