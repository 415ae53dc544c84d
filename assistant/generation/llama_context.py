"""A context of llama.cpp: evaluates tokens with a model's weights and keeps what it evaluated.

Contract: sequence 0 holds the evaluated prefix; `branch` copies it (by reference) to other
sequences, which are evaluated together. One thread only. What is evaluated and what the cache
holds never disagree, also after an abort. Raises ModelProblem if there is no memory for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.generation.llama import Weights, ll
from assistant.generation.prompt import common_length

_ABORTED, _NO_ROOM = 2, 1  # what llama_decode returns


class Aborted(Exception):
    """The abort callback ended an evaluation; what was done is kept for reuse."""


class CacheFull(Exception):
    """The context has no room for the next tokens."""


@dataclass(frozen=True, slots=True)
class Item:
    """One token to evaluate. `wanted`: its logits are read."""

    token: int
    position: int
    sequence: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a context is."""

    cells: int  # tokens of all sequences together
    sequences: int
    outputs: int  # logits of one `decode`; each takes 4 bytes x vocabulary
    batch: int
    micro_batch: int
    threads: int
    flash_attention: bool = False


class Context:
    """A cache that all sequences share, and what is needed to fill it."""

    def __init__(self, weights: Weights, shape: Shape, aborted: Callable[[], bool]) -> None:
        self.weights, self.shape = weights, shape
        self.handle: Any = ll.llama_init_from_model(weights.model, _parameters(shape))
        if not self.handle:
            raise weights.problem()
        self._memory = ll.llama_get_memory(self.handle)
        self.cells = int(ll.llama_n_ctx(self.handle))
        self._batch_size = int(ll.llama_n_batch(self.handle))
        self._batch = ll.llama_batch_init(self._batch_size, 0, 1)
        self._abort = ll.ggml_abort_callback(lambda _: aborted())
        self._evaluated: list[int] = []

    def close(self) -> None:
        """Give the memory back."""
        ll.llama_batch_free(self._batch)
        ll.llama_free(self.handle)

    def evaluate_prefix(self, tokens: Sequence[int]) -> int:
        """Make sequence 0 hold exactly `tokens`; return how many were there already.

        Aborted if the abort callback said so; the part done stays and is reused next time.
        """
        kept = self.shared(tokens)
        if kept < len(self._evaluated):
            self._shorten(kept)
            kept = len(self._evaluated)
        with self.abortable():
            for start in range(kept, len(tokens), self._batch_size):
                chunk = tokens[start : start + self._batch_size]
                self._evaluate_chunk(chunk, start)
        return kept

    def shared(self, tokens: Sequence[int]) -> int:
        """How many of the tokens sequence 0 begins with."""
        return common_length(self._evaluated, tokens)

    def _evaluate_chunk(self, chunk: Sequence[int], start: int) -> None:
        try:
            self.decode(Item(token, start + i, 0, False) for i, token in enumerate(chunk))
        except Aborted:
            done = self.held(0) - start
            self._evaluated += chunk[: max(done, 0)]
            raise
        self._evaluated += chunk

    def _shorten(self, length: int) -> None:
        if not ll.llama_memory_seq_rm(self._memory, 0, length, -1):
            ll.llama_memory_clear(self._memory, False)  # recurrent models cannot go back half-way
            length = 0
        del self._evaluated[length:]

    def branch(self, sequence: int, source: int = 0, length: int = -1) -> None:
        """Let a sequence begin with what another one holds, by default the shared prefix.

        `length`: only with its first tokens; a recurrent model copies all or nothing.
        """
        self.drop(sequence)
        ll.llama_memory_seq_cp(self._memory, source, sequence, 0, length)

    def held(self, sequence: int) -> int:
        """How many tokens a sequence holds."""
        return int(ll.llama_memory_seq_pos_max(self._memory, sequence)) + 1

    def drop(self, sequence: int) -> None:
        """Give back what only this sequence holds."""
        ll.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def batches(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """The items in pieces that one `decode` takes."""
        start = wanted = 0
        for at, item in enumerate(items):
            if at - start == self._batch_size or (item.wanted and wanted == self.shape.outputs):
                yield items[start:at]
                start, wanted = at, 0
            wanted += item.wanted
        if start < len(items):
            yield items[start:]

    def decode(self, items: Iterable[Item]) -> None:
        """Evaluate one batch. CacheFull and Aborted leave the cache as it is documented."""
        batch, count = self._batch, 0
        for count, item in enumerate(items, start=1):
            at = count - 1
            batch.token[at], batch.pos[at], batch.logits[at] = (
                item.token, item.position, item.wanted,
            )  # fmt: skip
            batch.n_seq_id[at], batch.seq_id[at][0] = 1, item.sequence
        batch.n_tokens = count
        code = int(ll.llama_decode(self.handle, batch))
        if code == _ABORTED:
            raise Aborted
        if code == _NO_ROOM:
            raise CacheFull
        if code:
            raise RuntimeError(f"llama_decode failed with {code}: {self.weights.log.error}")

    def logits(self, index: int) -> NDArray[np.float32]:
        """The logits of item `index` of the last `decode`; valid until the next one."""
        pointer = ll.llama_get_logits_ith(self.handle, index)
        logits: NDArray[np.float32] = np.ctypeslib.as_array(pointer, (self.weights.vocabulary,))
        return logits

    @contextmanager
    def abortable(self) -> Iterator[None]:
        """Ask the abort callback inside evaluations; decoding single tokens need not pay for it."""
        ll.llama_set_abort_callback(self.handle, self._abort, None)
        try:
            yield
        finally:
            ll.llama_set_abort_callback(self.handle, ll.ggml_abort_callback(), None)


def _parameters(shape: Shape) -> ll.llama_context_params:
    parameters = ll.llama_context_default_params()
    parameters.n_ctx = shape.cells
    parameters.n_batch = min(shape.batch, shape.cells)
    parameters.n_ubatch = min(shape.micro_batch, shape.cells)
    parameters.n_seq_max = shape.sequences
    parameters.n_outputs_max = shape.outputs
    parameters.n_threads = parameters.n_threads_batch = shape.threads
    parameters.flash_attn_type = int(shape.flash_attention)
    parameters.kv_unified = True
    parameters.swa_full = True  # or a sliding window would forget the prefix that is to be reused
    parameters.no_perf = True
    return parameters
