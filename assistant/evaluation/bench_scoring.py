"""How fast multiple-choice cases are scored, against decoding each answer, in the same run.

Contract: both sides have the same model file, threads, system text (about 300 tokens) and cases
(about 120 tokens each). Ours reads the probabilities of the letters; the baseline decodes 20 tokens
per case, the number with which the published method reads an answer. The two take turns, `runs`
times, and medians are compared. The system text is evaluated beforehand on both sides, since one
prompt is scored on many more cases than these; the high-level interface keeps it between calls.
`details` also has the ratio to a baseline that evaluates the whole prompt of each case.
Ours may use its converted copy.
"""

from __future__ import annotations

import multiprocessing
import platform
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median

import psutil

from assistant.domain.cancel import CancelToken
from assistant.evaluation.bench_conversation import EXCHANGES
from assistant.generation.backend import Backend, EngineOptions, Turn
from assistant.generation.baseline import PlainCases, PlainTime, measure_plain_cases
from assistant.generation.engine import EngineClient
from assistant.generation.engine_child import thread_count

DECODED = 20  # tokens per case of the baseline
LETTERS = ("A", "B", "C", "D")
_CONTEXT = 2048
_CASES = 20
_SYSTEM_LENGTH, _PASSAGE_LENGTH = 1350, 310  # characters: about 300 and 70 tokens
_STEP = 240  # characters from the beginning of one passage to that of the next
_OPTIONS = (
    "What does this person want most?\n"
    "A. to save money\nB. to save time\nC. to learn something\nD. to be left in peace\n"
    "Reply with one letter only."
)


def bench_cases() -> tuple[str, tuple[str, ...]]:
    """The system text and the cases, cut from the conversation that generation is measured on."""
    advice = " ".join(reply for _, reply in EXCHANGES)
    system = f"You judge people by what they say about plants. {advice[:_SYSTEM_LENGTH]}"
    said = " ".join(query + " " + reply for query, reply in EXCHANGES)
    passages = [said[i * _STEP :][:_PASSAGE_LENGTH] for i in range(_CASES)]
    return system, tuple(f"“{passage}”\n\n{_OPTIONS}" for passage in passages)


def bench_scoring(options: EngineOptions, model: Path, runs: int = 3) -> dict[str, object]:
    """Seconds, ratio and details, ready to be written as JSON."""
    system, cases = bench_cases()
    engine = EngineClient(model, options)
    try:
        copy_type = engine.info().copy_type or "none"
        plain, forgetful, ours = [], [], []
        for _ in range(runs):
            plain.append(_measure_plain(options, model, system, cases))
            forgetful.append(_measure_plain(options, model, system, cases, forget=True))
            ours.append(measure_scoring(engine, system, cases))
        shared = engine.count_tokens((Turn("system", system),))
    finally:
        engine.close()
    plain_s, ours_s = median(time.seconds for time in plain), median(ours)
    return {
        "ours_s": ours_s,
        "baseline_s": plain_s,
        "baseline": f"create_chat_completion, {DECODED} tokens per case, one case after the other",
        "ratio": plain_s / ours_s,
        "details": {
            "ratios": [p.seconds / o for p, o in zip(plain, ours, strict=True)],
            "ratio_without_reuse": median(time.seconds for time in forgetful) / ours_s,
            "cases": len(cases),
            "cases_per_s": len(cases) / ours_s,
            "baseline_cases_per_s": len(cases) / plain_s,
            "shared_tokens": shared,
            "tokens_per_case": plain[0].prompt_tokens / len(cases) - shared,
            "decoded_tokens": sum(plain[0].tokens),
            "runs": runs,
            "machine": f"{platform.machine()}, {psutil.cpu_count(logical=False)} cores",
            "threads": thread_count(options),
            "copy_type": copy_type,
        },
    }


def measure_scoring(backend: Backend, system: str, cases: tuple[str, ...]) -> float:
    """Seconds to score all cases, the system text being evaluated already."""
    shared = (Turn("system", system),)
    backend.score((*shared, Turn("user", "")), LETTERS, CancelToken())
    begun = time.perf_counter()
    backend.score_cases(
        shared, tuple((Turn("user", case),) for case in cases), (LETTERS,) * len(cases),
        CancelToken(),
    )  # fmt: skip
    return time.perf_counter() - begun


def _measure_plain(
    options: EngineOptions, model: Path, system: str, cases: tuple[str, ...], forget: bool = False
) -> PlainTime:
    task = PlainCases(
        model=model,
        context=min(_CONTEXT, options.context),
        threads=thread_count(options),
        system=system,
        cases=cases,
        tokens=DECODED,
        forget=forget,
    )
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(measure_plain_cases, task).result()
