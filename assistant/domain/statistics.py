"""Shares with honest intervals."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

RESAMPLES = 1000
SEED = 1


@dataclass(frozen=True, slots=True)
class Share:
    """A share of n cases with a 95 % interval; None where nothing was counted yet."""

    value: float | None
    n: int
    low: float | None
    high: float | None


def share_of_groups(groups: Sequence[tuple[float, int]]) -> Share:
    """Share of successes over groups of (successes, cases), e.g. the pairs of each ranking.

    Pairs of one ranking are not independent, so the interval comes from resampling whole groups
    (percentile bootstrap, seeded: equal input gives equal output).
    """
    total = sum(cases for _, cases in groups)
    if not total:
        return Share(None, 0, None, None)
    value = sum(successes for successes, _ in groups) / total
    chance = random.Random(SEED)
    shares = sorted(_resampled(groups, chance) for _ in range(RESAMPLES))
    low, high = shares[int(0.025 * RESAMPLES)], shares[int(0.975 * RESAMPLES) - 1]
    return Share(value, total, low, high)


def _resampled(groups: Sequence[tuple[float, int]], chance: random.Random) -> float:
    """The share in one bootstrap sample of the groups."""
    sample = chance.choices(groups, k=len(groups))
    return sum(successes for successes, _ in sample) / sum(cases for _, cases in sample)
