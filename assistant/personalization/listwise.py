"""The Plackett-Luce model over dense features: likelihood, Laplace fit, evidence; pure functions.

`stages.py` has the same likelihood for a few features out of thousands; here each reply has a full
row. A stage says which of some replies won; its winner is number 0, padding is masked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 25
TOLERANCE = 1e-7  # largest change of a weight at which Newton's method stops
LONGEST_STEP = 2.0  # of any weight; keeps the first steps from a flat prior inside the sane


@dataclass(frozen=True, slots=True)
class DenseStages:
    """Stages S of up to C competitors with F features each."""

    value: Floats  # (S, C, F), 0 where nobody is
    present: NDArray[np.bool_]  # (S, C)


@dataclass(frozen=True, slots=True)
class Fit:
    """A Laplace approximation: mode, precision there, and log evidence up to a constant."""

    mode: Floats
    precision: Floats
    evidence: float


def dense_stages(rows: Sequence[Floats], size: int) -> DenseStages:
    """Pad stages, each the features of winner and losers."""
    competitors = max((len(row) for row in rows), default=1)
    value = np.zeros((len(rows), competitors, size))
    present = np.zeros((len(rows), competitors), dtype=bool)
    for s, row in enumerate(rows):
        value[s, : len(row)] = row
        present[s, : len(row)] = True
    return DenseStages(value, present)


def fit_steps(
    stages: DenseStages, mean: Floats, precision: Floats, start: Floats
) -> Iterator[Fit | None]:
    """Newton's method from `start` under a normal prior: None at each step, the Fit at the end."""
    weights = start.copy()
    for _ in range(STEPS):
        likely, _ = _likely(stages, weights)
        expected = np.einsum("sc,scf->sf", likely, stages.value)
        slope = (stages.value[:, 0] - expected).sum(axis=0) - precision @ (weights - mean)
        change = np.linalg.solve(precision + _curvature(stages, likely, expected), slope)
        largest = float(np.abs(change).max())
        weights = weights + change * min(1.0, LONGEST_STEP / max(largest, 1e-12))
        yield None
        if largest < TOLERANCE:
            break
    yield _laplace(stages, mean, precision, weights)


def fit(stages: DenseStages, mean: Floats, precision: Floats) -> Fit:
    """The fit in one go."""
    *_, last = fit_steps(stages, mean, precision, mean)
    assert last is not None, "the last step gives the fit"
    return last


def _laplace(stages: DenseStages, mean: Floats, precision: Floats, weights: Floats) -> Fit:
    """What is known at the mode."""
    likely, logarithms = _likely(stages, weights)
    expected = np.einsum("sc,scf->sf", likely, stages.value)
    at_mode = precision + _curvature(stages, likely, expected)
    away = weights - mean
    evidence = (
        float(logarithms[:, 0].sum())
        - 0.5 * float(away @ precision @ away)
        + 0.5 * float(np.linalg.slogdet(precision)[1] - np.linalg.slogdet(at_mode)[1])
    )
    return Fit(weights, at_mode, evidence)


def _likely(stages: DenseStages, weights: Floats) -> tuple[Floats, Floats]:
    """Probability of each competitor to win its stage, and the logarithm."""
    utility = np.where(stages.present, stages.value @ weights, -np.inf)
    top = utility.max(axis=1, keepdims=True) if len(utility) else utility
    logarithms = utility - top - np.log(np.exp(utility - top).sum(axis=1, keepdims=True))
    return np.exp(logarithms), logarithms


def _curvature(stages: DenseStages, likely: Floats, expected: Floats) -> Floats:
    """Minus the Hessian of the log-likelihood."""
    size = stages.value.shape[2]
    scaled = (np.sqrt(likely)[:, :, None] * stages.value).reshape(-1, size)
    return np.asarray(scaled.T @ scaled - expected.T @ expected)
