"""The Gaussian of a fit against plain matrix algebra, in both spaces."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.personalization.ranking_gaussian import gaussian, gaussian_mean, invert_lower
from assistant.personalization.stages import build_stages, curvature, weigh, win_probabilities

RANKINGS = 30


def problem(weights, stages_of):
    """Design, curvature, precision, linear part, and the covariance in full."""
    chance = np.random.default_rng(weights)
    design = chance.integers(0, 2, size=(RANKINGS * 3, weights)).astype(float)
    stages = build_stages([stages_of] * RANKINGS, width=3)
    stages = weigh(stages, chance.uniform(0.1, 1.0, RANKINGS))
    blocks = curvature(stages, win_probabilities(stages, chance.normal(size=RANKINGS * 3)))
    precision, target = chance.uniform(0.05, 100.0, weights), chance.normal(size=weights)
    pieces = design.reshape(RANKINGS, 3, weights)
    whole = np.einsum("rcp,rcd,rdq->pq", pieces, blocks, pieces) + np.diag(precision)
    return precision, design, blocks, target, np.linalg.inv(whole)


@pytest.mark.parametrize("weights", [5, 55, 60, 61, 150])
@pytest.mark.parametrize(
    "stages_of",
    [[(0, 1, 2), (1, 2)], [(None, 0, 1, 2)], [(2, 0), (1, 0)]],
    ids=["full", "all bad", "ties"],
)
def test_mean_and_variances_are_those_of_plain_algebra(weights, stages_of):
    *known, covariance = problem(weights, stages_of)
    mean, variance = gaussian(*known)
    np.testing.assert_allclose(mean, covariance @ known[3], atol=1e-8)
    np.testing.assert_allclose(variance, np.diag(covariance), rtol=1e-8)
    np.testing.assert_allclose(gaussian_mean(*known), mean, atol=1e-9)


def test_the_same_rankings_give_the_same_bits():
    *known, _ = problem(150, [(0, 1, 2), (1, 2)])
    first, again = gaussian(*known), gaussian(*known)
    assert [part.tobytes() for part in first] == [part.tobytes() for part in again]


@pytest.mark.parametrize("size", [1, 47, 49, 133])
def test_a_triangle_times_its_inverse_is_one(size):
    chance = np.random.default_rng(size)
    lower = np.tril(chance.normal(size=(size, size)), -1) / size + np.diag(
        chance.uniform(1, 2, size)
    )
    np.testing.assert_allclose(invert_lower(lower) @ lower, np.eye(size), atol=1e-12)
