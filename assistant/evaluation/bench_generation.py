"""How fast drafts are written, against three plain calls in sequence, in the same run.

Contract: both sides have the same model file, threads, sampling, conversation and number of
tokens; the two take turns, `runs` times, and medians are compared. Cold: the model is loaded and
nothing evaluated. Warm: the conversation with its chosen reply was evaluated while idle, then the
next query comes. Ours may use its converted copy, which is part of what is measured.
"""

from __future__ import annotations

import multiprocessing
import platform
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import psutil

from assistant.domain.cancel import CancelToken
from assistant.evaluation.bench_conversation import (
    GUIDANCE,
    SYSTEM,
    cold_turns,
    read_turns,
    warm_turns,
)
from assistant.evaluation.bench_first_token import first_tokens
from assistant.generation.backend import (
    Backend,
    Draft,
    DraftFinished,
    DraftText,
    EngineOptions,
    GenerationRequest,
    ModelInfo,
    PrefixEvaluated,
    Sampling,
    Turn,
)
from assistant.generation.baseline import PlainTask, PlainTime, measure_plain
from assistant.generation.engine import EngineClient
from assistant.generation.engine_child import thread_count
from assistant.generation.gguf import read_header
from assistant.settings import EMPHASIS

TOKENS = 64
CONTEXT = 2048
PART_RUNS = 7  # a quarter of a second each
_SAMPLING = Sampling(max_tokens=TOKENS, ignore_end=True)


@dataclass(frozen=True, slots=True)
class OurTime:
    """One request: seconds to the last and to the first token, and what was reused."""

    seconds: float
    first: float
    prompt_tokens: int
    reused: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Run:
    """One cold and one warm turn on both sides, and ours with emphasis."""

    cold: OurTime
    warm: OurTime
    emphasised: OurTime
    plain_cold: PlainTime
    plain_warm: PlainTime
    memory_mb: float
    info: ModelInfo


def bench_generation(
    options: EngineOptions, model: Path, runs: int = 3
) -> dict[str, dict[str, object]]:
    """Seconds, speed-ups and details, ready to be written as JSON."""
    first = EngineClient(model, options)
    try:
        first.info()  # makes the converted copy, so that no run pays for it
        parts = first_tokens(first, PART_RUNS)
    finally:
        first.close()
    measured = [_run(options, model, number) for number in range(runs)]
    report = _report(options, model, measured)
    return {**report, "first_token": {**report["first_token"], "parts": parts}}


def _run(options: EngineOptions, model: Path, number: int) -> Run:
    seeds = tuple(100 * number + draft for draft in range(len(GUIDANCE)))
    plain_cold, plain_warm = _measure_plain(options, model, seeds)
    engine = EngineClient(model, options)
    try:
        info = engine.info()
        cold = measure_request(engine, cold_turns(), seeds)
        engine.warm(read_turns(), CancelToken())
        warm = measure_request(engine, warm_turns(), seeds)
        engine.warm(read_turns(), CancelToken())
        emphasised = measure_request(engine, warm_turns(), seeds, EMPHASIS.default)
        memory = psutil.Process(engine.pid).memory_full_info().uss / 1e6
    finally:
        engine.close()
    return Run(cold, warm, emphasised, plain_cold, plain_warm, memory, info)


def measure_request(
    backend: Backend, turns: tuple[Turn, ...], seeds: tuple[int, ...], emphasis: float = 0.0
) -> OurTime:
    """Let the backend write all drafts once and take the time."""
    drafts = tuple(Draft(text, seed) for text, seed in zip(GUIDANCE, seeds, strict=True))
    request = GenerationRequest(turns, drafts, replace(_SAMPLING, emphasis=emphasis))
    begun, first, tokens, prefix = time.perf_counter(), 0.0, 0, PrefixEvaluated(0, 0, 0, 0.0)
    for event in backend.generate(request, CancelToken()):
        if isinstance(event, PrefixEvaluated):
            prefix = event
        elif isinstance(event, DraftText) and not first:
            first = time.perf_counter() - begun
        elif isinstance(event, DraftFinished):
            tokens += event.tokens
    seconds = time.perf_counter() - begun
    return OurTime(seconds, first, prefix.tokens, prefix.reused, tokens)


def _measure_plain(
    options: EngineOptions, model: Path, seeds: tuple[int, ...]
) -> tuple[PlainTime, PlainTime]:
    task = PlainTask(
        model=model,
        context=min(CONTEXT, options.context),
        threads=thread_count(options),
        sampling=_SAMPLING,
        conversations=(cold_turns()[1:], warm_turns()[1:]),
        systems=tuple(f"{SYSTEM} {guidance}" for guidance in GUIDANCE),
        seeds=seeds,
    )
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        cold, warm = pool.submit(measure_plain, task).result()
    return cold, warm


def _report(options: EngineOptions, model: Path, runs: list[Run]) -> dict[str, dict[str, object]]:
    cold_first, warm_first = (
        median(run.cold.first for run in runs),
        median(run.warm.first for run in runs),
    )
    return {
        "cold": _compare([run.cold for run in runs], [run.plain_cold for run in runs]),
        "warm": _compare([run.warm for run in runs], [run.plain_warm for run in runs]),
        "first_token": {
            "warm_s": warm_first,
            "cold_s": cold_first,
            "fraction": warm_first / cold_first,
        },
        "emphasis": {
            "strength": EMPHASIS.default,
            "warm_s": median(run.emphasised.seconds for run in runs),
            "longer": median(run.emphasised.seconds / run.warm.seconds for run in runs) - 1,
        },
        "details": _details(options, model, runs),
    }


def _compare(ours: list[OurTime], plain: list[PlainTime]) -> dict[str, object]:
    ours_s, plain_s = median(t.seconds for t in ours), median(t.seconds for t in plain)
    return {
        "ours_s": ours_s,
        "baseline_s": plain_s,
        "speedup": plain_s / ours_s,
        "speedups": [p.seconds / o.seconds for o, p in zip(ours, plain, strict=True)],
        "prompt_tokens": ours[0].prompt_tokens,
        "reused_tokens": ours[0].reused,
        "tokens": ours[0].tokens,
        "baseline_prompt_tokens": plain[0].prompt_tokens,
        "baseline_tokens": sum(plain[0].tokens),
    }


def _details(options: EngineOptions, model: Path, runs: list[Run]) -> dict[str, object]:
    types = read_header(model).tensor_types
    return {
        "baseline": "three sequential create_chat_completion calls, tags in the system message",
        "runs": len(runs),
        "drafts": len(GUIDANCE),
        "tokens_per_draft": TOKENS,
        "machine": f"{platform.machine()}, {psutil.cpu_count(logical=False)} cores",
        "threads": thread_count(options),
        "model": runs[0].info.name,
        "sha256": runs[0].info.sha256,
        "quantisation": max(types, key=lambda name: types[name]),
        "copy_type": runs[0].info.copy_type or "none",
        "engine_uss_mb": max(run.memory_mb for run in runs),
    }
