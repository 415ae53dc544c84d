"""Draws the tokens of one draft, freely or held to a grammar.

Contract: the same seed and logits give the same tokens. With a grammar, every token drawn is one
that the grammar allows or that ends the reply; END where it allows none. An unusable grammar is a
UsageProblem with the parser's reason, never the end of the process.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import numpy as np

from assistant.domain.errors import UsageProblem
from assistant.generation.backend import Draft, Sampling
from assistant.generation.grammar import check_grammar, unusable
from assistant.generation.llama import Weights, ll, standard_error
from assistant.generation.llama_context import Context

PENALTY_WINDOW = 64
END = -1  # drawn where nothing can follow
_CANDIDATE = np.dtype([("token", np.int32), ("logit", np.float32), ("p", np.float32)])


class Sampler:
    """Draws freely."""

    def __init__(self, context: Context, sampling: Sampling, seed: int, banned: list[int]) -> None:
        self._context = context
        self._candidates: _Candidates | None = None
        self._chain = ll.llama_sampler_chain_init(ll.llama_sampler_chain_default_params())
        for part in _sampler_parts(sampling, seed, context.weights.vocabulary, banned):
            ll.llama_sampler_chain_add(self._chain, part)  # the chain owns its parts

    def draw(self, index: int) -> int:
        """The next token, from the logits of item `index` of the last decode."""
        return int(ll.llama_sampler_sample(self._chain, self._context.handle, index))

    def redraw(self, index: int, token: int) -> None:
        """Draw where `token` was drawn once: chance and penalties are then where they were.

        How much chance a draw takes depends on its logits, so that counting draws is not enough.
        """
        if self._candidates is None:
            self._candidates = _Candidates(self._context.weights.vocabulary)
        self._candidates.fill(self._context.logits(index)).apply(self._chain)
        ll.llama_sampler_accept(self._chain, token)

    def close(self) -> None:
        """Give the memory back; a second call does nothing."""
        if self._chain:
            ll.llama_sampler_free(self._chain)
            self._chain = None


class GrammarSampler(Sampler):
    """Draws what a grammar allows.

    A token is drawn freely first and looked up in the grammar; only if it is not allowed are all
    others looked up too, since that takes longer than evaluating a token of a small model.
    """

    def __init__(self, context: Context, sampling: Sampling, seed: int, grammar: str) -> None:
        self._grammar: Any = _parse(context.weights, grammar)
        super().__init__(context, sampling, seed, [])
        self._all = _Candidates(context.weights.vocabulary)

    def draw(self, index: int) -> int:
        """The next token that the grammar allows, or END."""
        logits = self._context.logits(index)
        token = self._all.fill(logits).apply(self._chain).chosen()
        if not self._allows(token):
            remaining = self._all.fill(logits).apply(self._grammar)
            if not remaining.any_left():
                return END
            token = remaining.apply(self._chain).chosen()
        if not self._context.weights.ends_reply(token):
            ll.llama_sampler_accept(self._grammar, token)
            ll.llama_sampler_accept(self._chain, token)
        return token

    def _allows(self, token: int) -> bool:
        single = _Candidates(1)
        single.rows["token"] = token
        return single.apply(self._grammar).any_left()

    def close(self) -> None:
        """Give the memory back; a second call does nothing."""
        super().close()
        if self._grammar:
            ll.llama_sampler_free(self._grammar)
            self._grammar = None


class _Candidates:
    """Tokens with their logits, as llama.cpp's samplers change them in place."""

    def __init__(self, count: int) -> None:
        self.rows = np.zeros(count, _CANDIDATE)
        self._tokens = np.arange(count, dtype=np.int32)
        self._array = ll.llama_token_data_array()

    def fill(self, logits: np.ndarray[Any, np.dtype[np.float32]]) -> _Candidates:
        self.rows["token"], self.rows["logit"], self.rows["p"] = self._tokens, logits, 0
        return self

    def apply(self, sampler: Any) -> _Candidates:  # noqa: ANN401  # a pointer of ctypes
        array = self._array
        array.data = self.rows.ctypes.data_as(ctypes.POINTER(ll.llama_token_data))
        array.size, array.selected, array.sorted = len(self.rows), -1, False
        ll.llama_sampler_apply(sampler, ctypes.byref(array))
        return self

    def chosen(self) -> int:
        return int(self._array.data[self._array.selected].id)

    def any_left(self) -> bool:
        return bool(np.isfinite(self.rows["logit"]).any())


def make_sampler(context: Context, sampling: Sampling, draft: Draft) -> Sampler:
    """A fresh sampler for one draft. UsageProblem if its grammar cannot be used."""
    if draft.grammar is not None and draft.begun:
        raise UsageProblem("A reply that is held to a grammar cannot be gone on with.")
    if draft.grammar is not None:
        return GrammarSampler(context, sampling, draft.seed, draft.grammar)
    banned = context.weights.end_tokens if sampling.ignore_end else []
    return Sampler(context, sampling, draft.seed, banned)


def _parse(weights: Weights, grammar: str) -> object:
    check_grammar(grammar)
    with standard_error() as written:
        sampler = ll.llama_sampler_init_grammar(
            weights.vocab, grammar.encode("utf-8", "replace"), b"root"
        )
    if not sampler:
        first = "".join(written).partition("\n")[0].rpartition("grammar: ")[2].strip()
        raise unusable(first or "a rule refers to itself at its beginning")
    return sampler


def _sampler_parts(
    sampling: Sampling, seed: int, vocabulary: int, banned: list[int]
) -> Iterator[Any]:
    if banned:
        biases = (ll.llama_logit_bias * len(banned))(*((t, float("-inf")) for t in banned))
        yield ll.llama_sampler_init_logit_bias(vocabulary, len(banned), biases)
    if sampling.repeat_penalty != 1.0:
        yield ll.llama_sampler_init_penalties(
            vocabulary, PENALTY_WINDOW, sampling.repeat_penalty, 0.0, 0.0
        )
    if sampling.temperature <= 0:
        yield ll.llama_sampler_init_greedy()
        return
    yield ll.llama_sampler_init_top_k(sampling.top_k)
    yield ll.llama_sampler_init_top_p(sampling.top_p, 1)
    yield ll.llama_sampler_init_min_p(sampling.min_p, 1)
    yield ll.llama_sampler_init_temp(sampling.temperature)
    yield ll.llama_sampler_init_dist(seed % 0xFFFFFFFF)  # the last value would mean "random"
