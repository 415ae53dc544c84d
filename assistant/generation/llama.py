"""A GGUF model in memory, through llama.cpp's low-level calls.

Contract: sequence 0 holds the evaluated prefix; `branch` copies it (by reference) to draft
sequences 1..m, which are decoded together. One thread only. What is evaluated and what the cache
holds never disagree, also after an abort. Raises ModelProblem if the file cannot be loaded.
This is one of two modules that import llama_cpp, the other is `baseline`; child processes only.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import llama_cpp.llama_cpp as ll

from assistant.domain.errors import ModelProblem
from assistant.generation.backend import EngineOptions, Sampling
from assistant.generation.prompt import Segment, common_length

PENALTY_WINDOW = 64
_ABORTED, _NO_ROOM = 2, 1  # what llama_decode returns
_LOG_ERROR = 4


class Aborted(Exception):
    """The abort callback ended an evaluation; what was done is kept for reuse."""


class CacheFull(Exception):
    """The context has no room for the next tokens."""


@dataclass(frozen=True, slots=True)
class Item:
    """One token to evaluate. `wanted`: its logits are sampled from."""

    token: int
    position: int
    sequence: int
    wanted: bool


class Log:
    """Keeps llama.cpp quiet and remembers its first complaint; those after it only repeat it."""

    def __init__(self) -> None:
        self.error = ""
        self._callback = ll.llama_log_callback(self._receive)  # must outlive the library's use
        ll.llama_log_set(self._callback, ctypes.c_void_p(0))

    def _receive(self, level: int, text: bytes, _: object) -> None:
        if level == _LOG_ERROR and not self.error:
            self.error = text.decode("utf-8", "replace").strip()


class LlamaModel:
    """Weights, vocabulary and one context with a unified cache."""

    def __init__(
        self,
        path: Path,
        options: EngineOptions,
        *,
        context: int,
        threads: int,
        aborted: Callable[[], bool],
    ) -> None:
        self._log = Log()
        ll.llama_backend_init()
        parameters = ll.llama_model_default_params()
        parameters.n_gpu_layers = 0
        self._model = ll.llama_model_load_from_file(str(path).encode(), parameters)
        if not self._model:
            raise ModelProblem(self._load_problem(path))
        self._vocab = ll.llama_model_get_vocab(self._model)
        self._context = ll.llama_init_from_model(
            self._model, _context_parameters(options, context, threads)
        )
        if not self._context:
            ll.llama_model_free(self._model)
            raise ModelProblem(self._load_problem(path))
        self._memory = ll.llama_get_memory(self._context)
        self.cells = int(ll.llama_n_ctx(self._context))
        self._batch_size = int(ll.llama_n_batch(self._context))
        self._batch = ll.llama_batch_init(self._batch_size, 0, 1)
        self._abort = ll.ggml_abort_callback(lambda _: aborted())
        self._evaluated: list[int] = []
        self._tokens_of = lru_cache(maxsize=4096)(self._tokenise_text)

    def _load_problem(self, path: Path) -> str:
        reason = self._log.error or "no reason given"
        return (
            f"The model file {path} could not be loaded ({reason}); "
            "choose a smaller model or one that this version of llama.cpp knows."
        )

    def close(self) -> None:
        """Give the memory back."""
        ll.llama_batch_free(self._batch)
        ll.llama_free(self._context)
        ll.llama_model_free(self._model)

    def tokenise(self, segments: tuple[Segment, ...], begin: bool) -> list[int]:
        """Tokens of the segments; with `begin`, what the model wants at a prompt's beginning."""
        tokens: list[int] = []
        for index, segment in enumerate(segments):
            tokens += self._tokens_of(segment.text, segment.literal, begin and index == 0)
        return tokens

    def _tokenise_text(self, text: str, special: bool, begin: bool) -> tuple[int, ...]:
        raw = text.encode("utf-8", "replace")
        room = (ll.llama_token * (len(raw) + 16))()
        count = ll.llama_tokenize(self._vocab, raw, len(raw), room, len(room), begin, special)
        assert count >= 0, "a token is at least one byte long"
        return tuple(room[:count])

    def piece(self, token: int, *, special: bool = False) -> bytes:
        """The bytes of one token; those of a control token only if `special`."""
        buffer = ctypes.create_string_buffer(256)
        count = ll.llama_token_to_piece(self._vocab, token, buffer, 256, 0, special)
        return buffer.raw[: max(count, 0)]

    def ends_reply(self, token: int) -> bool:
        """Whether the model says with this token that it is done."""
        return bool(ll.llama_vocab_is_eog(self._vocab, token))

    def evaluate_prefix(self, tokens: Sequence[int]) -> int:
        """Make sequence 0 hold exactly `tokens`; return how many were there already.

        Aborted if the abort callback said so; the part done stays and is reused next time.
        """
        kept = common_length(self._evaluated, tokens)
        if kept < len(self._evaluated):
            self._shorten(kept)
            kept = len(self._evaluated)
        with self.abortable():
            for start in range(kept, len(tokens), self._batch_size):
                chunk = tokens[start : start + self._batch_size]
                self._evaluate_chunk(chunk, start)
        return kept

    def _evaluate_chunk(self, chunk: Sequence[int], start: int) -> None:
        try:
            self.decode(Item(token, start + i, 0, False) for i, token in enumerate(chunk))
        except Aborted:
            done = int(ll.llama_memory_seq_pos_max(self._memory, 0)) + 1 - start
            self._evaluated += chunk[: max(done, 0)]
            raise
        self._evaluated += chunk

    def _shorten(self, length: int) -> None:
        if not ll.llama_memory_seq_rm(self._memory, 0, length, -1):
            ll.llama_memory_clear(self._memory, False)  # recurrent models cannot go back half-way
            length = 0
        del self._evaluated[length:]

    def branch(self, sequence: int) -> None:
        """Let a draft's sequence begin with the shared prefix."""
        self.drop(sequence)
        ll.llama_memory_seq_cp(self._memory, 0, sequence, -1, -1)

    def drop(self, sequence: int) -> None:
        """Give back what only this draft's sequence holds."""
        ll.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def batches(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """The items in pieces that one `decode` takes."""
        for start in range(0, len(items), self._batch_size):
            yield items[start : start + self._batch_size]

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
        code = int(ll.llama_decode(self._context, batch))
        if code == _ABORTED:
            raise Aborted
        if code == _NO_ROOM:
            raise CacheFull
        if code:
            raise RuntimeError(f"llama_decode failed with {code}: {self._log.error}")

    @contextmanager
    def abortable(self) -> Iterator[None]:
        """Ask the abort callback inside evaluations; decoding single tokens need not pay for it."""
        ll.llama_set_abort_callback(self._context, self._abort, None)
        try:
            yield
        finally:
            ll.llama_set_abort_callback(self._context, ll.ggml_abort_callback(), None)

    def sampler(self, sampling: Sampling, seed: int) -> Sampler:
        """A fresh sampler chain for one draft."""
        banned = self._end_tokens if sampling.ignore_end else []
        count = int(ll.llama_vocab_n_tokens(self._vocab))
        return Sampler(self._context, sampling, seed, count, banned)

    @cached_property
    def _end_tokens(self) -> list[int]:
        count = int(ll.llama_vocab_n_tokens(self._vocab))
        return [token for token in range(count) if self.ends_reply(token)]


class Sampler:
    """Draws the tokens of one draft; the same seed and logits give the same tokens."""

    def __init__(
        self, context: object, sampling: Sampling, seed: int, vocabulary: int, banned: list[int]
    ) -> None:
        self._context = context
        self._chain = ll.llama_sampler_chain_init(ll.llama_sampler_chain_default_params())
        for part in _sampler_parts(sampling, seed, vocabulary, banned):
            ll.llama_sampler_chain_add(self._chain, part)  # the chain owns its parts

    def draw(self, index: int) -> int:
        """The next token, from the logits of item `index` of the last decode."""
        return int(ll.llama_sampler_sample(self._chain, self._context, index))

    def close(self) -> None:
        """Give the memory back; a second call does nothing."""
        if self._chain:
            ll.llama_sampler_free(self._chain)
            self._chain = None


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


def _context_parameters(
    options: EngineOptions, context: int, threads: int
) -> ll.llama_context_params:
    parameters = ll.llama_context_default_params()
    parameters.n_ctx = context
    parameters.n_batch = min(options.batch, context)
    parameters.n_ubatch = min(options.micro_batch, context)
    parameters.n_seq_max = options.sequences
    parameters.n_outputs_max = options.sequences  # logits take 4 bytes x vocabulary each
    parameters.n_threads = parameters.n_threads_batch = threads
    parameters.flash_attn_type = int(options.flash_attention)
    parameters.kv_unified = True
    parameters.swa_full = True  # or a sliding window would forget the prefix that is to be reused
    parameters.no_perf = True
    return parameters


def cpu_features() -> frozenset[str]:
    """Names of the instruction sets that llama.cpp was built for and finds here."""
    text = ll.llama_print_system_info().decode()
    pairs = (part.rpartition(":")[2].split("=") for part in text.split("|") if "=" in part)
    return frozenset(name.strip() for name, value in pairs if value.strip() == "1")


def convert(source: Path, target: Path, type_name: str, threads: int) -> None:
    """Write `source` in another tensor format. OSError if llama.cpp cannot."""
    types = {
        "BF16": ll.LLAMA_FTYPE_MOSTLY_BF16,
        "F16": ll.LLAMA_FTYPE_MOSTLY_F16,
        "Q8_0": ll.LLAMA_FTYPE_MOSTLY_Q8_0,
    }
    log = Log()
    parameters = ll.llama_model_quantize_default_params()
    parameters.ftype, parameters.nthread = types[type_name], threads
    parameters.allow_requantize = True
    code = ll.llama_model_quantize(
        str(source).encode(), str(target).encode(), ctypes.byref(parameters)
    )
    if code:
        raise OSError(log.error or f"conversion ended with {code}")
