"""Guidance is followed, not recited: a reply never has WORDS words of it in a row.

A small model tends to write down what it was told, the more so where guidance is emphasised. Names
stay as they are: guidance is taken in small letters, so what is written with capitals never counts.
Used inside the engine's child process only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from assistant.generation.emphasis import Logits
from assistant.generation.llama import Weights
from assistant.generation.prompt import Segment

WORDS = 4


class Repeats:
    """What would go on with words of one draft's guidance."""

    def __init__(self, guidance: str, weights: Weights) -> None:
        words = "".join(" " + word.strip("()") for word in guidance.lower().split())
        tokens = weights.tokenise((Segment(words, False),), False)
        begins = [at for at, token in enumerate(tokens) if weights.piece(token)[:1] == b" "]
        self._following: dict[tuple[int, ...], set[int]] = defaultdict(set)
        for first, at in zip(begins, begins[WORDS - 1 :], strict=False):
            self._following[tuple(tokens[first:at])].add(tokens[at])
        self._longest = max(map(len, self._following), default=0)

    def ban(self, logits: Logits, written: Sequence[int]) -> None:
        """Rule out, in place, the words of the guidance that would follow its words before."""
        for length in range(1, min(self._longest, len(written)) + 1):
            for token in self._following.get(tuple(written[-length:]), ()):
                logits[token] = -np.inf
