from __future__ import annotations

import numpy as np

from assistant.evaluation.conditional_logit import fit_weights, log_softmax


def test_weights_that_made_the_choices_are_found_again() -> None:
    chance = np.random.default_rng(1)
    true = np.array([1.5, -0.7])
    choices = []
    for _ in range(3000):
        features = chance.normal(size=(3, 2))
        utilities = features @ true + chance.gumbel(size=3)
        choices.append((features, int(utilities.argmax())))
    assert np.abs(fit_weights(choices, np.zeros(2)) - true).max() < 0.1


def test_without_choices_the_prior_stays() -> None:
    prior = np.array([1.0, 0.0])
    assert np.allclose(fit_weights([], prior), prior)


def test_log_softmax_sums_to_one_and_survives_large_utilities() -> None:
    rows = log_softmax(np.array([1000.0, 999.0]))
    assert np.isclose(np.exp(rows).sum(), 1.0)
