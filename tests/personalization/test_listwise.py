"""The dense Plackett-Luce model against what is known of it."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.personalization.listwise import dense_stages, fit


def log_posterior(rows, weights, mean, precision):
    total = -0.5 * (weights - mean) @ precision @ (weights - mean)
    for row in rows:
        utility = row @ weights
        total += utility[0] - np.log(np.exp(utility).sum())
    return total


@pytest.fixture
def rows():
    chance = np.random.default_rng(1)
    return [chance.normal(size=(count, 4)) for count in (2, 3, 4) * 10]


def test_the_mode_is_a_maximum_of_the_posterior(rows):
    mean, precision = np.full(4, 0.3), np.eye(4) * 2
    mode = fit(dense_stages(rows, 4), mean, precision).mode
    best = log_posterior(rows, mode, mean, precision)
    for direction in np.eye(4):
        for step in (-1e-3, 1e-3):
            assert log_posterior(rows, mode + step * direction, mean, precision) < best


def test_the_precision_is_the_curvature_at_the_mode(rows):
    mean, precision = np.zeros(4), np.eye(4)
    found = fit(dense_stages(rows, 4), mean, precision)
    step = 1e-4
    for i, one in enumerate(np.eye(4)):
        for j, other in enumerate(np.eye(4)):
            corners = [
                a
                * b
                * log_posterior(rows, found.mode + step * (a * one + b * other), mean, precision)
                for a in (-1, 1)
                for b in (-1, 1)
            ]
            assert -sum(corners) / (4 * step**2) == pytest.approx(found.precision[i, j], abs=1e-3)


def test_without_stages_the_prior_stays():
    found = fit(dense_stages([], 3), np.arange(3.0), np.eye(3))
    assert np.allclose(found.mode, np.arange(3.0))
    assert found.evidence == pytest.approx(0)


def test_the_evidence_prefers_the_spread_that_the_weights_have():
    chance = np.random.default_rng(2)
    truth = chance.normal(scale=1.0, size=6)
    rows = []
    for _ in range(300):
        row = chance.normal(size=(2, 6))
        won = chance.random() < 1 / (1 + np.exp(-(row[0] - row[1]) @ truth))
        rows.append(row if won else row[::-1])
    stages = dense_stages(rows, 6)
    evidence = {sd: fit(stages, np.zeros(6), np.eye(6) / sd**2).evidence for sd in (0.01, 1.0, 100)}
    assert max(evidence, key=evidence.__getitem__) == 1.0
