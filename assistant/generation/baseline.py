"""The plain ways to measure against: one call after the other of the high-level interface.

Contract: calls of llama-cpp-python's `create_chat_completion` in sequence. Guided replies have
their tags in the system message, as a program without shared prefixes would do it; multiple-choice
cases are each answered in a few words. What two calls in a row have in common at their beginning
is evaluated once, since that interface does so by itself, unless told to forget it.
Runs in a child process only, which is why llama_cpp is imported inside a function; besides `llama`
no other module imports it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.generation.backend import Sampling, Turn


@dataclass(frozen=True, slots=True)
class PlainTask:
    """Conversations to reply to, each with one system text per reply, by one loaded model."""

    model: Path
    context: int
    threads: int
    sampling: Sampling
    conversations: tuple[tuple[Turn, ...], ...]  # without system turns
    systems: tuple[str, ...]
    seeds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlainTime:
    """What one conversation took: all replies, and the first one's tokens."""

    seconds: float
    tokens: tuple[int, ...]
    prompt_tokens: int


@dataclass(frozen=True, slots=True)
class PlainCases:
    """Cases to answer one after the other, behind one system text, in `tokens` tokens each."""

    model: Path
    context: int
    threads: int | None  # None: what that interface takes if it is not told
    system: str
    cases: tuple[str, ...]
    tokens: int
    forget: bool = False  # evaluate each prompt from its beginning


def measure_plain(task: PlainTask) -> list[PlainTime]:
    """Write all replies of each conversation in sequence; loading the model is not counted."""
    model, bias = _load(task.model, task.context, task.threads)
    sampling, times = task.sampling, []
    for turns in task.conversations:
        begun, tokens, prompt_tokens = time.perf_counter(), [], 0
        for system, seed in zip(task.systems, task.seeds, strict=True):
            result = model.create_chat_completion(
                [
                    {"role": "system", "content": system},
                    *({"role": turn.role, "content": turn.text} for turn in turns),
                ],
                temperature=sampling.temperature,
                top_k=sampling.top_k,
                top_p=sampling.top_p,
                min_p=sampling.min_p,
                repeat_penalty=sampling.repeat_penalty,
                max_tokens=sampling.max_tokens,
                seed=seed,
                logit_bias=bias,
            )
            tokens.append(int(result["usage"]["completion_tokens"]))
            prompt_tokens = int(result["usage"]["prompt_tokens"])
        times.append(PlainTime(time.perf_counter() - begun, tuple(tokens), prompt_tokens))
    model.close()
    return times


def measure_plain_cases(task: PlainCases) -> PlainTime:
    """Answer all cases; loading the model and evaluating the system text are not counted."""
    model, bias = _load(task.model, task.context, task.threads)

    def answer(case: str, most: int) -> dict[str, int]:
        if task.forget:
            model.reset()
        result = model.create_chat_completion(
            [{"role": "system", "content": task.system}, {"role": "user", "content": case}],
            temperature=0.0,
            max_tokens=most,
            logit_bias=bias,
        )
        usage: dict[str, int] = result["usage"]
        return usage

    answer("", 1)
    begun = time.perf_counter()
    usages = [answer(case, task.tokens) for case in task.cases]
    seconds = time.perf_counter() - begun
    model.close()
    tokens = tuple(usage["completion_tokens"] for usage in usages)
    return PlainTime(seconds, tokens, sum(usage["prompt_tokens"] for usage in usages))


def _load(path: Path, context: int, threads: int | None) -> tuple[Any, dict[str, float]]:
    """The model, and a bias against all ends, so that both sides write exactly as many tokens."""
    import llama_cpp

    from assistant.generation.llama import model_parameters

    # That interface lets nobody choose them; this process loads nothing else.
    llama_cpp.llama_cpp.llama_model_default_params = model_parameters
    model = llama_cpp.Llama(
        str(path), n_ctx=context, n_threads=threads, n_threads_batch=threads, verbose=False
    )
    vocabulary = llama_cpp.llama_model_get_vocab(model.model)
    ends = [t for t in range(model.n_vocab()) if llama_cpp.llama_vocab_is_eog(vocabulary, t)]
    return model, {str(token): -100.0 for token in ends}
