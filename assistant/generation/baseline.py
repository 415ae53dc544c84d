"""The plain way to get several guided replies, to measure against: one call after the other.

Contract: calls of llama-cpp-python's `create_chat_completion` in sequence, each with its tags in
the system message, as a program without shared prefixes would do it. Runs in a child process only,
which is why llama_cpp is imported inside the function; besides `llama` no other module imports it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

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


def measure_plain(task: PlainTask) -> list[PlainTime]:
    """Write all replies of each conversation in sequence; loading the model is not counted."""
    import llama_cpp

    model = llama_cpp.Llama(
        str(task.model),
        n_ctx=task.context,
        n_threads=task.threads,
        n_threads_batch=task.threads,
        verbose=False,
    )
    vocabulary = llama_cpp.llama_model_get_vocab(model.model)
    ends = [t for t in range(model.n_vocab()) if llama_cpp.llama_vocab_is_eog(vocabulary, t)]
    bias = {str(token): -100.0 for token in ends}  # exactly max_tokens on both sides
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
