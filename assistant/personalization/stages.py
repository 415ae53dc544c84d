"""Rankings as the stages of a Plackett-Luce model; functions of values.

A stage says: of these replies, the first one won. A full order of m replies has m - 1 stages; a
tied reply competes with everything below its tier; "all bad" lets nothing at all (utility 0) win.
Replies have slots, `width` for each ranking, so that the curvature of the log-likelihood is one
small block (width x width) for each ranking. Slot number rankings x width is "nothing at all".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.personalization.learner import Example

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stages:
    """All stages of all rankings, with what would else be computed at every step."""

    rankings: int
    width: int  # slots of one ranking
    slots: Integers  # (stages, competitors); the winner comes first
    absent: NDArray[np.bool_]  # (stages, competitors): padding, or not there
    weight: Floats  # (stages, 1): how much each counts, 1 if nothing is forgotten
    owner: Integers  # (stages,): the ranking that each belongs to
    real: NDArray[np.bool_]  # (stages, competitors): replies, neither padding nor nothing
    block: Integers  # (stages, competitors, competitors): place of each product in the blocks


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


def build_stages(
    rankings: Sequence[Sequence[tuple[int | None, ...]]],
    width: int,
) -> Stages:
    """The stages of all rankings (each a list of competitions) as padded arrays."""
    nothing = len(rankings) * width
    rows = [
        ([nothing if i is None else r * width + i for i in stage], r)
        for r, stages in enumerate(rankings)
        for stage in stages
    ]
    most = max((len(row) for row, _ in rows), default=1)
    slots = np.array([row + [nothing] * (most - len(row)) for row, _ in rows], dtype=np.int64)
    slots = slots.reshape(len(rows), most)
    sizes = np.array([len(row) for row, _ in rows], dtype=np.int64)
    absent = np.arange(most) >= sizes[:, None]
    within = np.where(slots == nothing, 0, slots % max(1, width))
    block = slots[:, :, None] * width + within[:, None, :]
    return Stages(
        rankings=len(rankings),
        width=width,
        slots=slots,
        absent=absent,
        weight=np.ones((len(rows), 1)),
        owner=np.array([r for _, r in rows], dtype=np.int64),
        real=slots != nothing,
        block=np.minimum(block, nothing * width),
    )


def weigh(stages: Stages, weights: Floats) -> Stages:
    """The same stages with a weight for each ranking."""
    return replace(stages, weight=weights[stages.owner][:, None])


def win_probabilities(stages: Stages, utilities: Floats) -> Floats:
    """Softmax over the competitors of each stage; `utilities` has one value for each slot."""
    felt = np.append(utilities, 0.0)[stages.slots]
    felt[stages.absent] = -np.inf
    exponent = np.exp(felt - felt.max(axis=1, keepdims=True))
    return np.asarray(exponent / exponent.sum(axis=1, keepdims=True))


def slope(stages: Stages, chance: Floats) -> Floats:
    """Gradient of the log-likelihood with respect to the utility in each slot."""
    pull = -chance * stages.weight
    pull[:, :1] += stages.weight
    size = stages.rankings * stages.width
    total = np.bincount(stages.slots.ravel(), pull.ravel(), minlength=size + 1)
    return np.asarray(total[:size], dtype=np.float64)


def curvature(stages: Stages, chance: Floats) -> Floats:
    """Minus the Hessian with respect to the utilities, (rankings, width, width)."""
    kept = chance * stages.real
    parts = -(kept * stages.weight)[:, :, None] * kept[:, None, :]
    at = np.arange(kept.shape[1])
    parts[:, at, at] += kept * stages.weight
    size = stages.rankings * stages.width**2
    total = np.bincount(stages.block.ravel(), parts.ravel(), minlength=size + 1)[:size]
    return np.asarray(total, dtype=np.float64).reshape(-1, stages.width, stages.width)
