"""Guidance evaluated before its request comes: read ahead while the query is still being typed.

Contract: sequence 1 + i holds the prefix and the tail of draft i but for its last token, which is
evaluated with the request, since only then its logits are read. Nothing is kept behind another
prefix, nor what an abort left. Used inside the engine's child process only.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.generation.llama_context import Aborted, CacheFull, Context, Item


class Tails:
    """The beginnings of drafts in one context."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._prefix: list[int] = []
        self._held: dict[int, list[int]] = {}  # tokens behind the prefix, by sequence

    def follow(self, prefix: Sequence[int]) -> None:
        """From now on they stand behind this prefix; give back what stands behind another one."""
        if self._prefix != list(prefix):
            self.keep(())
            self._prefix = list(prefix)

    def keep(self, tails: Sequence[Sequence[int]]) -> None:
        """Give back what is of no use to these drafts, so that it does not fill the cache."""
        for sequence, held in list(self._held.items()):
            wanted = tails[sequence - 1] if sequence <= len(tails) else ()
            if held != list(wanted[:-1]):
                self._context.drop(sequence)
                del self._held[sequence]

    def read_ahead(self, tails: Sequence[Sequence[int]]) -> None:
        """Evaluate tails behind the prefix, the shortest first: its draft will be seen first.

        Aborted and CacheFull leave those that were done.
        """
        self.keep(tails)
        for index in sorted(range(len(tails)), key=lambda index: len(tails[index])):
            ahead, sequence = list(tails[index][:-1]), index + 1
            if ahead and sequence not in self._held:
                self._evaluate(sequence, ahead)
                self._held[sequence] = ahead

    def _evaluate(self, sequence: int, tokens: Sequence[int]) -> None:
        self._context.branch(sequence)
        items = [
            Item(token, at, sequence, False) for at, token in enumerate(tokens, len(self._prefix))
        ]
        try:
            with self._context.abortable():
                for batch in self._context.batches(items):
                    self._context.decode(batch)
        except (Aborted, CacheFull):
            self._context.drop(sequence)
            raise

    def begin(self, sequence: int, tail: Sequence[int]) -> int:
        """Let a sequence hold the prefix; with how many tokens of the tail behind it.

        From now on it is the draft's own.
        """
        held = self._held.pop(sequence, None)
        if held is not None and held == list(tail[:-1]):
            return len(held)
        self._context.branch(sequence)
        return 0
