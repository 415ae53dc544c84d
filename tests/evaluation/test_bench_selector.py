"""The cost of the tag selector."""

from __future__ import annotations

import pytest

from assistant.evaluation.bench_selector import selector_cost

RUNS = 5  # the least of these is what it costs; what is more, other programs have cost


@pytest.mark.parametrize("read", [False, True])
def test_cost_grows_no_faster_than_the_library(read: bool) -> None:
    (update, choice), (more_update, more_choice) = (least(size, read) for size in (200, 2000))
    assert update > 0
    assert choice > 0
    assert more_update < 10 * max(update, 1.0)
    assert more_choice < 10 * max(choice, 1.0)


def least(size: int, read: bool) -> tuple[float, float]:
    """Milliseconds of an update and of a choice."""
    costs = [selector_cost(size, 30, read=read, runs=1) for _ in range(RUNS)]
    return min(cost.update_ms for cost in costs), min(cost.choice_ms for cost in costs)
