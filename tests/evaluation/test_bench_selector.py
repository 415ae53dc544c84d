"""The cost of the tag selector."""

from __future__ import annotations

import pytest

from assistant.evaluation.bench_selector import selector_cost


@pytest.mark.parametrize("read", [False, True])
def test_cost_grows_no_faster_than_the_library(read: bool):
    small, large = (selector_cost(size, 30, read=read, runs=3) for size in (200, 2000))
    assert small.update_ms > 0
    assert small.choice_ms > 0
    assert large.update_ms < 10 * max(small.update_ms, 1.0)
    assert large.choice_ms < 10 * max(small.choice_ms, 1.0)
