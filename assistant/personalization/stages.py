"""Rankings as the stages of a Plackett-Luce model over sparse features; functions of values.

A stage says: of these replies, the first one won. A full order of m replies has m - 1 stages; a
tied reply competes with everything below its tier; "all bad" lets nothing at all (utility 0) win.
Arrays have shape (stages S, competitors C, features K of one reply); padding has value 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.personalization.learner import Example

Sparse = tuple[tuple[int, float], ...]  # (feature, value) of one reply
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stages:
    """All stages of all rankings; `owner` is the ranking id of each stage."""

    index: NDArray[np.int64]  # (S, C, K) feature of each value
    value: Floats  # (S, C, K)
    present: NDArray[np.bool_]  # (S, C) which competitors are there; the winner is number 0
    owner: NDArray[np.int64]  # (S,)


def competitions(example: Example) -> list[tuple[int | None, ...]]:
    """Winner and losers of each stage as indices into the replies; None is "none of these"."""
    if not example.tiers:
        return [(None, *range(len(example.replies)))]
    levels = [*example.tiers, example.rest]
    found: list[tuple[int | None, ...]] = []
    for depth, tier in enumerate(example.tiers):
        below = tuple(i for level in levels[depth + 1 :] for i in level)
        if below:
            found += [(winner, *below) for winner in tier]
    return found


def build_stages(rows: Sequence[tuple[int, Sequence[Sparse]]]) -> Stages:
    """Pad stages, each (ranking id, features of winner and losers), into arrays."""
    stages = len(rows)
    competitors = max((len(replies) for _, replies in rows), default=1)
    features = max((len(reply) for _, replies in rows for reply in replies), default=1) or 1
    index = np.zeros((stages, competitors, features), dtype=np.int64)
    value = np.zeros((stages, competitors, features))
    present = np.zeros((stages, competitors), dtype=bool)
    for s, (_, replies) in enumerate(rows):
        present[s, : len(replies)] = True
        for c, reply in enumerate(replies):
            for k, (feature, amount) in enumerate(reply):
                index[s, c, k], value[s, c, k] = feature, amount
    owner = np.array([ranking for ranking, _ in rows], dtype=np.int64)
    return Stages(index, value, present, owner)


def win_probabilities(stages: Stages, weights: Floats) -> Floats:
    """Softmax over the competitors of each stage, shape (S, C)."""
    utility = (weights[stages.index] * stages.value).sum(axis=2)
    utility = np.where(stages.present, utility, -np.inf)
    exponent = np.exp(utility - utility.max(axis=1, keepdims=True))
    return np.asarray(exponent / exponent.sum(axis=1, keepdims=True))


def residuals(stages: Stages, probability: Floats) -> Floats:
    """What each value contributes to the gradient of the log-likelihood, shape (S, C, K)."""
    won = np.zeros_like(probability)
    won[:, 0] = 1.0
    return np.asarray((won - probability)[:, :, None] * stages.value)


def gradient(stages: Stages, probability: Floats, size: int) -> Floats:
    """Gradient of the log-likelihood with respect to the weights, shape (size,)."""
    parts = residuals(stages, probability)
    summed = np.bincount(stages.index.ravel(), parts.ravel(), minlength=size)
    return np.asarray(summed, dtype=np.float64)


def curvature(stages: Stages, probability: Floats, size: int) -> Floats:
    """Minus the Hessian of the log-likelihood, shape (size, size); positive semi-definite."""
    index, value = stages.index, stages.value
    if not len(index):
        return np.zeros((size, size))
    weighted = probability[:, :, None] * value
    count = len(index)
    own = weighted[:, :, :, None] * value[:, :, None, :]
    own_at = index[:, :, :, None] * size + index[:, :, None, :]
    flat, flat_index = weighted.reshape(count, -1), index.reshape(count, -1)
    mean = flat[:, :, None] * flat[:, None, :]
    mean_at = flat_index[:, :, None] * size + flat_index[:, None, :]
    total = np.bincount(own_at.ravel(), own.ravel(), minlength=size * size)
    total -= np.bincount(mean_at.ravel(), mean.ravel(), minlength=size * size)
    return np.asarray(total, dtype=np.float64).reshape(size, size)
