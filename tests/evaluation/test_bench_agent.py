"""What is measured is what the program does, on the same examples for both sides."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from assistant.evaluation.bench_agent import RANKINGS, bench_agent, bench_task

TINY = Path(__file__).resolve().parent.parent / "generation" / "tiny_models.py"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    file = tmp_path / "base.gguf"
    runpy.run_path(str(TINY))["write_tiny_model"](file, "qwen2")
    return file


def test_the_task_has_fifty_different_queries_and_orders(base: Path, tmp_path: Path):
    task = bench_task(base, "0" * 64, tmp_path)
    assert len({example.prompt for example in task.examples}) == RANKINGS
    assert all(len(set(example.targets)) == 2 for example in task.examples)


@pytest.mark.slow
def test_the_figures_of_the_contract_are_there(base: Path, tmp_path: Path):
    figures = bench_agent(base, tmp_path / "cache", runs=1)
    assert set(figures) == {"ours_s", "baseline_s", "baseline", "ratio", "details"}
    details = figures["details"]
    assert isinstance(details, dict)
    assert details["rankings"] == RANKINGS
    assert details["peak_mb"] > 100
    assert details["swap_ms"] > 0
