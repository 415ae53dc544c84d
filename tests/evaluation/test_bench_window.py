"""Percentiles are what they say, and both windows are really opened and timed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.bench_window import bench_window, measure_starts, summarise


def test_percentiles_are_of_the_gaps_and_of_the_time() -> None:
    gaps = [1.0] * 990 + [40.0] * 10
    figures = summarise(gaps)
    assert figures["p50_ms"] == 1
    assert figures["p99_ms"] == 40
    assert figures["max_ms"] == 40
    assert figures["over_limit"] == 10
    assert figures["seconds"] == pytest.approx(1.39)


def test_a_long_gap_among_many_short_ones_shows_in_the_share_of_time() -> None:
    figures = summarise([1.0] * 1000 + [200.0])
    assert figures["p99_ms"] == 1
    assert figures["p99_by_time_ms"] == 200


def test_both_windows_are_painted_and_ours_can_be_used_then(tmp_path: Path) -> None:
    (bare,), (ours,) = measure_starts(tmp_path, runs=1)
    assert 0 < bare.seconds_to("painted") < ours.seconds_to("painted") < ours.seconds_to("usable")


@pytest.mark.slow
def test_the_window_opens_fast_and_stays_smooth(embedded_model: Path) -> None:
    assert embedded_model.is_file()
    figures = bench_window(runs=5)
    assert figures["ratio"] < 2.5
    details = figures["details"]
    assert details["load"]["tokens"] > 100
    assert details["gaps"]["writing_and_learning"]["p99_ms"] < 33
    assert details["gaps"]["writing_and_learning"]["max_ms"] < 150
