"""How fast the preference agent is trained, against a plain loop, and what training costs.

Contract: both sides train the same base with an adapter of the same shape on the same 50 rankings,
with the same threads, step and batch in turns in one process, so that whatever else the machine
does slows both; the median of the rounds' ratios counts. Padding does not count. Time and memory
of a whole run, loading from the cache included, are measured in processes of their own.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

from assistant.generation.backend import EngineOptions, Turn
from assistant.generation.engine import EngineClient
from assistant.generation.gguf import read_header
from assistant.generation.templates import choose_template
from assistant.personalization.agent_task import (
    AgentExample,
    AgentOptions,
    AgentTask,
    MeasuredTraining,
    Piece,
)
from assistant.personalization.agent_words import agent_messages, rules_text
from assistant.personalization.tasks import restrain_torch, write_agent

T = TypeVar("T")

RANKINGS = 50
THREADS = 2
SWAPS = 5
SUBJECTS = (
    "sourdough bread", "a trip to Lisbon", "compound interest", "tides", "a toast for a wedding",
    "vaccines", "a cover letter", "learning the piano", "house plants", "the French Revolution",
)  # fmt: skip
FORMS = (
    "Explain {}.",
    "What should I know about {} before I begin?",
    "Write me a short text about {}, please, for a newsletter that my neighbours read.",
    "I have an hour. What is the best thing to do about {}?",
    "Why do people disagree about {}? Give both sides and then say what you think yourself.",
)
RULES = (
    "keep it short: a few sentences at most",
    "give a concrete example",
    "answer first, then explain",
    "use a list with one point per line",
    "be warm and encouraging",
    "use no headings",
)


def bench_agent(model: Path, cache: Path, runs: int) -> dict[str, object]:
    """Speeds, their ratio, and details, ready to be written as JSON."""
    engine = EngineClient(model, EngineOptions(context=1024, threads=THREADS, cache=cache))
    try:
        task = bench_task(model, engine.info().sha256, cache)
        speeds = _in_child(_speeds, task)  # fills the cache
        whole = [_in_child(_whole, task) for _ in range(runs)]
        swaps = _swap_times(engine, task, whole[-1].adapter)
    finally:
        engine.close()
    return _report(task, speeds, whole, swaps)


def bench_task(model: Path, sha256: str, cache: Path) -> AgentTask:
    """Fifty rankings with one to three rules for the best reply and as many for the worst."""
    template = choose_template(read_header(model).template)
    examples = []
    for number in range(RANKINGS):
        query = FORMS[number % len(FORMS)].format(SUBJECTS[number // len(FORMS)])
        rules = [RULES[(number + step) % len(RULES)] for step in range(2 * (1 + number % 3))]
        half = len(rules) // 2
        turns = tuple(Turn(role, text) for role, text in agent_messages(query))
        pieces = tuple(Piece(s.text, s.literal) for s in template.render(turns, True))
        targets = (rules_text(rules[:half]), rules_text(rules[half:]))
        examples.append(AgentExample(pieces, targets))
    questions = tuple(example.prompt for example in examples[:: RANKINGS // 10])
    return AgentTask(
        source=model,
        sha256=sha256,
        cache=cache,
        examples=tuple(examples),
        questions=questions,
        choices=RULES,
        end=template.end,
        options=AgentOptions(threads=THREADS),
    )


def _in_child(measure: Callable[[AgentTask], T], task: AgentTask) -> T:
    """Run a measurement in a fresh process."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(measure, task).result()


def _whole(task: AgentTask) -> MeasuredTraining:
    restrain_torch()  # as the learner process does
    from assistant.personalization.agent_bench import measure_whole  # torch, in the child only

    return measure_whole(task)


def _speeds(task: AgentTask) -> list[tuple[float, float]]:
    restrain_torch()
    from assistant.personalization.agent_bench import measure_speeds

    return measure_speeds(task)


def _swap_times(engine: EngineClient, task: AgentTask, adapter: bytes) -> list[float]:
    """Seconds from one adapter to the next, the first token with it included."""
    path = _in_child(partial(_written, adapter), task)
    engine.load_adapter(path)
    engine.top_tokens([1], agent=True)  # makes the agent's context, once
    times = []
    for _ in range(SWAPS):
        engine.load_adapter(None)
        engine.top_tokens([1], agent=True)
        begun = time.perf_counter()
        engine.load_adapter(path)
        engine.top_tokens([1], agent=True)
        times.append(time.perf_counter() - begun)
    return times


def _written(adapter: bytes, task: AgentTask) -> Path:
    return write_agent(adapter, task.source, task.sha256, task.cache)


def _report(
    task: AgentTask,
    speeds: list[tuple[float, float]],
    whole: list[MeasuredTraining],
    swaps: list[float],
) -> dict[str, object]:
    return {
        "ours_s": median(run.whole_s for run in whole),
        "baseline_s": None,  # the baseline has no preference step; the speeds are compared
        "baseline": "plain loop over transformers and peft: fp32, padded batches of 8",
        "ratio": median(ours / plain for ours, plain in speeds),
        "details": {
            "tokens_per_s": median(ours for ours, _ in speeds),
            "baseline_tokens_per_s": median(plain for _, plain in speeds),
            "ratios": [ours / plain for ours, plain in speeds],
            "rankings": len(task.examples),
            "whole_s": [run.whole_s for run in whole],
            "load_s": median(run.load_s for run in whole),
            "longest_step_s": median(run.longest_step_s for run in whole),
            "peak_mb": max(run.peak_mb for run in whole),
            "swap_ms": 1000 * median(swaps),
            "bf16": whole[0].half,
            "threads": THREADS,
        },
    }
