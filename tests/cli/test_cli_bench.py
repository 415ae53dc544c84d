"""attune bench window and memory on the real program."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


def bench(*arguments):
    command = [sys.executable, "-m", "assistant", "bench", *arguments, "--json"]
    return subprocess.run(command, capture_output=True, text=True, timeout=290)


def test_at_least_one_window_must_be_opened() -> None:
    ran = bench("window", "--runs", "0")
    assert ran.returncode == 2
    assert "--runs" in ran.stderr


@pytest.mark.slow
def test_window_gives_one_object_with_both_times(embedded_model) -> None:
    ran = bench("window", "--runs", "1")
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout)
    assert figures["ratio"] == pytest.approx(figures["ours_s"] / figures["baseline_s"])
    assert {"idle", "writing_and_learning", "ranking"} == set(figures["details"]["gaps"])


@pytest.mark.slow
def test_memory_gives_one_object_with_every_process(embedded_model) -> None:
    ran = bench("memory")
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout)
    sizes = [values["uss_mb"] for values in figures["processes"].values()]
    assert figures["total_mb"] == pytest.approx(sum(sizes))
    assert figures["details"]["kv_cache_mb"] > 0
