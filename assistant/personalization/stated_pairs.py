"""The pairs of replies that a ranking puts in an order: pure functions, standard library only."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.personalization.learner import Example


def agreement_of(example: Example, utilities: Sequence[float]) -> tuple[float, int]:
    """How many of a ranking's pairs the utilities get right, equal ones counting one half."""
    right, pairs = 0.0, 0
    for winner, loser in pairs_of(example):
        difference = utilities[winner] - utilities[loser]
        right += 0.5 if difference == 0 else float(difference > 0)
        pairs += 1
    return right, pairs


def pairs_of(example: Example) -> list[tuple[int, int]]:
    """Every (preferred, other) pair that a ranking states."""
    if not example.tiers:
        return []
    levels = [*example.tiers, example.rest]
    return [
        (winner, loser)
        for upper, tier in enumerate(levels)
        for winner in tier
        for lower in levels[upper + 1 :]
        for loser in lower
    ]
