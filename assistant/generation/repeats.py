"""Guidance is followed, not recited: a reply never has WORDS words of it in a row.

A small model tends to write down what it was told, the more so where guidance is emphasised. Names
stay as they are: only the beginnings of sentences are taken with capitals.
Used inside the engine's child process only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.generation.emphasis import Logits
from assistant.generation.llama import Weights
from assistant.generation.prompt import Segment

WORDS = 3
_BEGINNING = re.compile(r"(^|[.!?(]\s*)(\w)")


class Repeats:
    """What would go on with words of one draft's guidance."""

    def __init__(self, guidance: str, weights: Weights) -> None:
        self._weights = weights
        self._following: dict[tuple[int, ...], set[int]] = defaultdict(set)
        for text in _readings(guidance):
            self._add(weights.tokenise((Segment(text, False),), False))
        self._longest = max(map(len, self._following), default=0)

    def _add(self, tokens: Sequence[int]) -> None:
        """Each word follows the WORDS - 1 before it."""
        pieces = [self._weights.piece(token) for token in tokens]
        begins = [
            at
            for at, piece in enumerate(pieces)
            if piece[:1] == b" "
            or (piece[:1].isalnum() and (not at or pieces[at - 1][-1:] == b"("))
        ]
        for first, at in zip(begins, begins[WORDS - 1 :], strict=False):
            self._following[tuple(tokens[first:at])].add(tokens[at])

    def ban(self, logits: Logits, written: Sequence[int]) -> None:
        """Rule out, in place, the words of the guidance that would follow its words before."""
        for length in range(1, min(self._longest, len(written)) + 1):
            for token in self._following.get(tuple(written[-length:]), ()):
                logits[token] = -np.inf


def _readings(guidance: str) -> Iterator[str]:
    """As it could be recited: within a sentence, and as sentences or remarks of their own."""
    small = guidance.lower()
    yield " " + " ".join(word.strip("()") for word in small.split())
    sentences = _BEGINNING.sub(lambda found: found[1] + found[2].upper(), small)
    yield sentences
    yield " " + sentences.strip("()")
