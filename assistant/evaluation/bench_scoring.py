"""How fast multiple-choice cases are scored, against decoding each answer, in the same run.

Contract: all sides have the same model file, system text (about 300 tokens) and cases. Ours reads
the probabilities of the letters; the baseline decodes 20 tokens per case, the number with which the
published method reads an answer. It is the high-level interface as a caller has it who sets nothing
but the length of the context: it keeps what two calls in a row have in common, so the system text
is evaluated once on both sides, and it decodes on half of the cores. `details` has the same with
our number of threads, and with each prompt evaluated from its beginning (once, since it is slow).
The sides take turns, `runs` times, and medians are compared. Ours may use its converted copy.

Two lengths of cases: those of a survey question (57 tokens with its turn, the mean of the questions
of `evaluate opinions`), which the ratio is of, and LONG ones, which quote a passage first. What is
saved is the decoding; the longer a case is, the less that counts beside evaluating the case.
"""

from __future__ import annotations

import multiprocessing
import platform
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
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
SURVEY, LONG = 55, 310  # characters quoted in a case: about 13 and 70 tokens
_CONTEXT = 2048
_CASES = {SURVEY: 20, LONG: 10}
_SYSTEM_LENGTH = 1350  # characters: about 300 tokens
_STEP = 240  # characters from the beginning of one passage to that of the next
_OPTIONS = (
    "What does this person want most?\n"
    "A. to save money\nB. to save time\nC. to learn something\nD. to be left in peace"
)
_DEFAULT, _SAME_THREADS, _FORGETFUL = "default", "same threads", "without reuse"


@dataclass(frozen=True, slots=True)
class ScoringTimes:
    """Seconds for all cases of one length: ours, and each baseline's."""

    cases: int
    tokens_per_case: float
    ours: list[float]
    plain: dict[str, list[float]]

    def ratio(self, baseline: str) -> float:
        """How many times as fast as a baseline."""
        return median(self.plain[baseline]) / median(self.ours)

    def told(self) -> dict[str, object]:
        """For JSON."""
        return {
            "ratio": self.ratio(_DEFAULT),
            "ratios": [p / o for p, o in zip(self.plain[_DEFAULT], self.ours, strict=True)],
            "ratio_same_threads": self.ratio(_SAME_THREADS),
            "ratio_without_reuse": self.ratio(_FORGETFUL),
            "cases": self.cases,
            "cases_per_s": self.cases / median(self.ours),
            "baseline_cases_per_s": self.cases / median(self.plain[_DEFAULT]),
            "tokens_per_case": self.tokens_per_case,
        }


def bench_cases(quoted: int) -> tuple[str, tuple[str, ...]]:
    """The system text, and cases that quote so many characters of the bench conversation."""
    advice = " ".join(reply for _, reply in EXCHANGES)
    system = (
        "You judge people by what they say about plants. Reply with one letter only. "
        f"{advice[:_SYSTEM_LENGTH]}"
    )
    said = " ".join(query + " " + reply for query, reply in EXCHANGES)
    passages = [said[i * _STEP :][:quoted] for i in range(_CASES[quoted])]
    return system, tuple(f"“{passage}”\n{_OPTIONS}" for passage in passages)


def bench_scoring(options: EngineOptions, model: Path, runs: int = 3) -> dict[str, object]:
    """Seconds, ratio and details, ready to be written as JSON."""
    engine = EngineClient(model, options)
    try:
        copy_type = engine.info().copy_type or "none"
        survey, long = (_times(engine, options, model, quoted, runs) for quoted in (SURVEY, LONG))
        shared = engine.count_tokens((Turn("system", bench_cases(SURVEY)[0]),))
    finally:
        engine.close()
    return {
        "ours_s": median(survey.ours),
        "baseline_s": median(survey.plain[_DEFAULT]),
        "baseline": f"create_chat_completion, {DECODED} tokens per case, one case after the other",
        "ratio": survey.ratio(_DEFAULT),
        "details": {
            **survey.told(),
            "long_cases": long.told(),
            "shared_tokens": shared,
            "runs": runs,
            "machine": f"{platform.machine()}, {psutil.cpu_count(logical=False)} cores",
            "threads": thread_count(options),
            "copy_type": copy_type,
        },
    }


def _times(
    engine: EngineClient, options: EngineOptions, model: Path, quoted: int, runs: int
) -> ScoringTimes:
    """All sides on the cases of one length."""
    system, cases = bench_cases(quoted)
    threads = {_DEFAULT: None, _SAME_THREADS: thread_count(options)}
    ours: list[float] = []
    plain: dict[str, list[float]] = {name: [] for name in threads}
    for _ in range(runs):
        for name, own in threads.items():
            time_ = _measure_plain(PlainCases(model, _CONTEXT, own, system, cases, DECODED))
            plain[name].append(time_.seconds)
        ours.append(measure_scoring(engine, system, cases))
    forgetful = _measure_plain(PlainCases(model, _CONTEXT, None, system, cases, DECODED, True))
    shared = engine.count_tokens((Turn("system", system),))
    tokens = forgetful.prompt_tokens / len(cases) - shared
    return ScoringTimes(len(cases), tokens, ours, {**plain, _FORGETFUL: [forgetful.seconds]})


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


def _measure_plain(task: PlainCases) -> PlainTime:
    """A baseline in a process of its own."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(measure_plain_cases, task).result()
