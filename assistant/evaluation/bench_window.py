"""How fast the window opens, against a bare one, and how smooth it stays under load.

Contract: both windows are real processes, started in turns in the same run, and timed from the
start of the process to the end of their first paint; medians are compared. Gaps are the times
between two ticks of a 1 ms timer on the window's thread, idle and under load in one process.
"""

from __future__ import annotations

import compileall
import platform
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import psutil

from assistant.evaluation.bench_load import QUERY, RANKINGS, REPLY_TOKENS
from assistant.evaluation.probing import Probed, probe, window_environment

BASELINE = "a bare PySide6 QMainWindow in a process of its own"
LIMIT_MILLISECONDS = 33.0  # two frames of a 60 Hz screen


def bench_window(runs: int = 7) -> dict[str, object]:
    """Seconds, ratio and gaps, ready to be written as JSON.

    Both sides start from compiled modules, as any second start does, whatever the environment says.
    """
    compileall.compile_dir(Path(__file__).parents[1], quiet=2)
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder:
        home = Path(folder)
        bare, ours = measure_starts(home, runs)
        loaded = probe("gaps", home)
    ours_s = median(one.seconds_to("painted") for one in ours)
    baseline_s = median(one.seconds_to("painted") for one in bare)
    return {
        "ours_s": ours_s,
        "baseline_s": baseline_s,
        "baseline": BASELINE,
        "ratio": ours_s / baseline_s,
        "details": {
            "runs": runs,
            "ours_all_s": [one.seconds_to("painted") for one in ours],
            "baseline_all_s": [one.seconds_to("painted") for one in bare],
            "usable_s": median(one.seconds_to("usable") for one in ours),
            "gaps": _gaps(loaded),
            "load": _load(loaded),
            "machine": f"{platform.machine()}, {psutil.cpu_count(logical=False)} cores",
            "platform": window_environment().get("QT_QPA_PLATFORM", "display"),
        },
    }


def measure_starts(home: Path, runs: int) -> tuple[list[Probed], list[Probed]]:
    """Bare windows and ours, in turns; one of each before, so that both find warm disks."""
    bare, ours = [], []
    for _ in range(runs + 1):
        bare.append(probe("bare", home))
        ours.append(probe("start", home))
    return bare[1:], ours[1:]


def summarise(gaps: Sequence[float]) -> dict[str, float]:
    """Percentiles of gaps in milliseconds.

    `p99_by_time_ms`: 99 % of the time lies in gaps of at most this length. It is the stricter
    figure, because many short gaps cannot hide a long one.
    """
    ordered = sorted(gaps)
    return {
        "p50_ms": _quantile(ordered, 0.5),
        "p99_ms": _quantile(ordered, 0.99),
        "max_ms": ordered[-1],
        "p99_by_time_ms": _quantile_by_time(ordered, 0.99),
        "over_limit": float(sum(gap > LIMIT_MILLISECONDS for gap in ordered)),
        "seconds": sum(ordered) / 1000,
    }


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _quantile_by_time(ordered: Sequence[float], share: float) -> float:
    passed, whole = 0.0, sum(ordered)
    for gap in ordered:
        passed += gap
        if passed >= share * whole:
            return gap
    return ordered[-1]


def _gaps(loaded: Probed) -> dict[str, object]:
    parts = {"idle": "idle_ms", "writing_and_learning": "writing_ms", "ranking": "ranking_ms"}
    return {name: summarise(loaded.report[key]) for name, key in parts.items()}


def _load(loaded: Probed) -> dict[str, object]:
    report = loaded.report
    return {
        "query": QUERY,
        "drafts": 3,
        "reply_tokens": REPLY_TOKENS,
        "tokens": report["tokens"],
        "writing_s": report["writing_s"],
        "learner": f"real steps on {RANKINGS} made-up rankings, over and over, never paused",
        "learner_cpu_share": report["learner_cpu_s"] / report["writing_s"],
    }
