"""The bench of the data file measures every step on both files."""

from __future__ import annotations

import pytest

from assistant.evaluation import bench_store


def test_each_step_is_compared_with_the_same_on_an_empty_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bench_store, "CONVERSATIONS", 20)  # only the size is made small
    figures = bench_store.bench_store(runs=1)
    assert {"ours_s", "baseline_s", "baseline", "ratio", "details"} <= figures.keys()
    details = figures["details"]
    assert isinstance(details, dict)
    assert details["messages"] == 200
    assert {"start", "list", "search_rare_word", "open_conversation"} <= details["steps"].keys()
    assert all(step["ours_s"] > 0 for step in details["steps"].values())
