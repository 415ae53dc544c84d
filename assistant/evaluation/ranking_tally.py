"""Counting how much of some rankings was expected: pairs, first places, calibration."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.domain.statistics import Share, share_of_groups
from assistant.personalization.learner import Example

BINS = 5  # of the expected probability of the likelier order, from 50 % to 100 %


@dataclass(slots=True)
class Tally:
    """Sums over rankings; shares of them come out as properties of groups."""

    rankings: int = 0
    pairs: int = 0
    right: float = 0.0
    first: float = 0.0
    tau: float = 0.0
    log_loss: float = 0.0
    bins: list[tuple[float, float, int]] = field(default_factory=lambda: [(0.0, 0.0, 0)] * BINS)

    def __iadd__(self, other: Tally) -> Tally:
        """Add another's sums."""
        self.rankings += other.rankings
        self.pairs += other.pairs
        self.right += other.right
        self.first += other.first
        self.tau += other.tau
        self.log_loss += other.log_loss
        self.bins = [
            (a + d, b + e, c + f)
            for (a, b, c), (d, e, f) in zip(self.bins, other.bins, strict=True)
        ]
        return self


def tally_of(example: Example, utilities: Sequence[float]) -> Tally:
    """One ranking against the utilities that were expected; an even pair counts one half."""
    levels = [tier for tier in (*example.tiers, example.rest) if tier]
    total = Tally()
    for depth, upper in enumerate(levels):
        for winner in upper:
            for loser in (i for level in levels[depth + 1 :] for i in level):
                _count_pair(total, utilities[winner] - utilities[loser])
    if not total.pairs:
        return total
    best = max(utilities)
    favourites = [i for i, utility in enumerate(utilities) if utility == best]
    total.rankings = 1
    total.first = sum(i in levels[0] for i in favourites) / len(favourites)
    total.tau = 2 * total.right / total.pairs - 1
    return total


def pair_accuracy(tallies: Iterable[Tally]) -> Share:
    """Share of pairs, with an interval over people."""
    return share_of_groups([(tally.right, tally.pairs) for tally in tallies])


def top1(tallies: Iterable[Tally]) -> Share:
    """Share of rankings whose first place was expected."""
    return share_of_groups([(tally.first, tally.rankings) for tally in tallies])


def kendall_tau(tallies: Iterable[Tally]) -> Share:
    """Mean rank correlation of a ranking with the expected order."""
    return share_of_groups([(tally.tau, tally.rankings) for tally in tallies])


def calibration(tallies: Iterable[Tally]) -> list[dict[str, float]]:
    """Expected against observed share of the likelier order, by bins of the former."""
    total = Tally()
    for tally in tallies:
        total += tally
    return [
        {"expected": expected / n, "observed": observed / n, "pairs": n}
        for expected, observed, n in total.bins
        if n
    ]


def _count_pair(total: Tally, difference: float) -> None:
    """One stated pair, of which the first was preferred."""
    right = 0.5 if difference == 0 else float(difference > 0)
    total.pairs += 1
    total.right += right
    total.log_loss += math.log1p(math.exp(-max(-30.0, min(30.0, difference))))
    likely = 1 / (1 + math.exp(-min(30.0, abs(difference))))
    at = min(BINS - 1, int((likely - 0.5) * 2 * BINS))
    expected, observed, n = total.bins[at]
    total.bins[at] = (expected + likely, observed + right, n + 1)
