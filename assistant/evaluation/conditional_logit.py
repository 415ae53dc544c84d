"""Conditional logit: which of some options is chosen, from features of the options."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 30  # Newton needs about six; the rest is for nearly separable data
TOLERANCE = 1e-7


def fit_weights(
    choices: Sequence[tuple[Floats, int]], prior: Floats, precision: float = 1.0
) -> Floats:
    """Weights at the posterior's mode: prior N(prior, 1/precision), Newton's method.

    Each choice is a matrix (options x features) and the index of the option chosen.
    """
    weights = prior.astype(float).copy()
    for _ in range(STEPS):
        slope = -precision * (weights - prior)
        curvature = precision * np.eye(len(weights))
        for features, chosen in choices:
            likely = np.exp(log_softmax(features @ weights))
            centred = features - likely @ features
            slope += centred[chosen]
            curvature += centred.T @ (centred * likely[:, None])
        step = np.linalg.solve(curvature, slope)
        weights = weights + step
        if float(np.abs(step).max()) < TOLERANCE:
            break
    return weights


def log_softmax(utilities: Floats) -> Floats:
    """Log-probabilities of the options, safe for large utilities."""
    shifted = utilities - utilities.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()))
