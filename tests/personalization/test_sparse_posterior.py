"""Expectation propagation against posteriors computed without any shortcut."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.personalization.sparse_posterior import Mixture, Start, alone, felt, infer
from assistant.personalization.stages import build_stages, win_probabilities

GRID = np.linspace(-6, 8, 4001)


def mixture(weights, liked=0.2):
    share = np.tile([1 - liked - 0.05, liked, 0.05], (weights, 1))
    mean = np.tile([0.0, 1.5, -1.5], (weights, 1))
    return Mixture(np.log(share), mean, np.tile([0.01, 1.0, 1.0], (weights, 1)))


def density(prior, weight):
    parts = np.exp(
        prior.log_share[0] - (weight[:, None] - prior.mean[0]) ** 2 / prior.variance[0] / 2
    )
    return (parts / np.sqrt(prior.variance[0])).sum(axis=1)


def duels(wins, losses):
    """One reply with the tag against one without, as a design and its stages."""
    stages = build_stages([[(0, 1)]] * wins + [[(1, 0)]] * losses, width=2)
    return np.tile([[1.0], [0.0]], (wins + losses, 1)), stages


def last(design, stages, prior):
    return list(infer(design, stages, prior, Start.from_prior(prior)))[-1]


@pytest.mark.parametrize(("wins", "losses"), [(1, 0), (3, 1), (12, 2), (2, 9)])
def test_one_weight_has_the_moments_of_the_exact_posterior(wins, losses):
    prior = mixture(1)
    exact = density(prior, GRID) / (1 + np.exp(-GRID)) ** wins / (1 + np.exp(GRID)) ** losses
    exact /= exact.sum()
    middle = (exact * GRID).sum()
    spread = np.sqrt((exact * (GRID - middle) ** 2).sum())
    mean, variance = last(*duels(wins, losses), prior).marginals.moments()
    assert mean[0] == pytest.approx(middle, abs=0.25)
    assert np.sqrt(variance[0]) == pytest.approx(spread, rel=0.25)


def test_weights_and_replies_as_the_space_of_the_solution_agree():
    chance = np.random.default_rng(3)
    design = chance.integers(0, 2, size=(12, 40)).astype(float)
    stages = build_stages([[(0, 1, 2), (1, 2)]] * 4, width=3)
    wide = last(design, stages, mixture(40))  # more weights than replies
    used = np.linspace(0, 1, 40) < 0.15
    few = last(design[:, used], stages, mixture(int(used.sum())))
    alike = last(np.where(used, design, 0.0), stages, mixture(40))
    np.testing.assert_allclose(alike.mean[used], few.mean, atol=1e-6)
    assert np.isfinite(wide.mean).all()
    direction = np.eye(40)[3]
    covariance = np.linalg.inv(
        np.diag(wide.precision)
        + sum(
            design[3 * r : 3 * r + 3].T @ wide.blocks[r] @ design[3 * r : 3 * r + 3]
            for r in range(4)
        )
    )
    np.testing.assert_allclose(wide.covariances(direction), covariance[3], atol=1e-8)


def test_the_mean_is_where_likelihood_and_prior_hold_the_balance():
    design, stages = duels(8, 1)
    fit = last(design, stages, mixture(1))
    chance = win_probabilities(stages, design @ fit.mean)
    assert chance.shape == (9, 2)
    assert 0.6 < chance[0, 0] < 0.97


def test_evidence_is_the_mean_of_the_likelihood_over_the_prior():
    prior = mixture(1)
    weight = density(prior, GRID)
    pull, information = 2.3, 1.1
    felt = np.exp(pull * GRID - information * GRID**2 / 2)
    exact = np.log((weight * felt).sum() / weight.sum())
    found = prior.evidence(np.array([pull]), np.array([information]))[0]
    assert found == pytest.approx(exact, abs=1e-3)


def test_a_weight_judged_alone_is_liked_if_the_rankings_speak_for_it():
    design, stages = duels(10, 1)
    empty = last(np.zeros((22, 1)), stages, mixture(1))
    told = felt(empty, design)
    assert mixture(1).evidence(*told)[0] > 0
    assert alone(mixture(1), *told).moments()[0][0] > 0.5
