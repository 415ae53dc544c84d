"""Classifier-free guidance: replies keep to their query and its guidance.

Beside each draft its reference is evaluated: the same words as the reply to an empty query. What
query and guidance change in the logits is enlarged, as in Sanchez et al. 2023, "Stay on topic with
classifier-free guidance" (arXiv 2306.17806), whose strength is 1 + emphasis:
    logits = l + emphasis * (l - l_reference)
Where the reply begins, the reference is the same for every query of a conversation, so it is
evaluated ahead of time and kept in a sequence of its own, of which each draft's reference is a
branch. Used inside the engine's child process only.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.generation.llama_context import CacheFull, Context, Item
from assistant.generation.prompt import common_length

Logits = NDArray[np.float32]


class Reference:
    """A reply to nothing that has no words yet, in one sequence of a context."""

    def __init__(self, context: Context, sequence: int) -> None:
        self._context, self.sequence = context, sequence
        self._tokens: list[int] = []
        self.logits: Logits = np.zeros(0, np.float32)  # of the first token

    @property
    def length(self) -> int:
        """Tokens before the reply."""
        return len(self._tokens)

    def keep(self, tokens: Sequence[int]) -> None:
        """Give back what is held unless it is `tokens`, so that it does not fill the cache.

        Nothing is kept for no tokens, also not what an abort left.
        """
        if not tokens or self._tokens != list(tokens):
            self._context.drop(self.sequence)
            self._tokens = []

    def prepare(self, tokens: Sequence[int], prefix: Sequence[int]) -> bool:
        """Evaluate `tokens`, as far as sequence 0, which holds `prefix`, does not have them.

        False if there is no room. Aborted if the abort callback said so.
        """
        self.keep(tokens)
        if self._tokens:
            return True
        shared = min(common_length(tokens, prefix), len(tokens) - 1)
        if shared:
            self._context.branch(self.sequence, length=shared)
        try:
            self._evaluate(tokens, shared)
        except CacheFull:
            self._context.drop(self.sequence)
            return False
        self._tokens = list(tokens)
        return True

    def _evaluate(self, tokens: Sequence[int], start: int) -> None:
        items = [
            Item(token, at, self.sequence, at == len(tokens) - 1)
            for at, token in enumerate(tokens[start:], start)
        ]
        with self._context.abortable():
            for batch in self._context.batches(items):
                self._context.decode(batch)
        self.logits = self._context.logits(len(batch) - 1).copy()


def emphasise(logits: Logits, reference: Logits, emphasis: float) -> None:
    """Enlarge, in place, what sets the logits apart from the reference's."""
    logits += np.float32(emphasis) * (logits - reference)
