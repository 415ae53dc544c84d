"""The Plackett-Luce likelihood, checked by hand and by finite differences."""

from __future__ import annotations

import numpy as np

from assistant.personalization.learner import Example, Reply
from assistant.personalization.stages import (
    build_stages,
    competitions,
    curvature,
    slope,
    win_probabilities,
)

REPLIES = (Reply(("a",)), Reply(("b",)), Reply(("c",)))


def test_orders_become_competitions():
    full = Example(1, "q", REPLIES, ((1,), (0,), (2,)))
    best = Example(1, "q", REPLIES, ((1,),), (0, 2))
    tie = Example(1, "q", REPLIES, ((0, 1), (2,)))
    assert competitions(full) == [(1, 0, 2), (0, 2)]
    assert competitions(best) == [(1, 0, 2)]
    assert competitions(tie) == [(0, 2), (1, 2)]
    assert competitions(Example(1, "q", REPLIES, ((0, 1, 2),))) == []
    assert competitions(Example(1, "q", REPLIES, (), (0, 1, 2))) == [(None, 0, 1, 2)]


def test_slope_and_curvature_equal_finite_differences():
    stages = build_stages([[(1, 0, 2), (0, 2)], [(None, 0, 1)], []], width=3)
    utilities = np.array([0.3, -0.7, 0.2, 1.1, -0.4, 0.0, 0.5, 0.6, 0.7])

    def value(u):
        return float(np.log(win_probabilities(stages, u)[:, 0]).sum())

    def gradient(u):
        return slope(stages, win_probabilities(stages, u))

    step = 1e-6 * np.eye(9)
    near = [(value(utilities + s) - value(utilities - s)) / 2e-6 for s in step]
    np.testing.assert_allclose(gradient(utilities), near, atol=1e-6)
    bend = -np.array([(gradient(utilities + s) - gradient(utilities - s)) / 2e-6 for s in step])
    blocks = curvature(stages, win_probabilities(stages, utilities))
    for ranking in range(3):
        at = slice(3 * ranking, 3 * ranking + 3)
        np.testing.assert_allclose(blocks[ranking], bend[at, at], atol=1e-6)


def test_no_ranking_means_no_slope_and_no_curvature():
    stages = build_stages([], width=3)
    chance = win_probabilities(stages, np.zeros(0))
    assert not slope(stages, chance).size
    assert not curvature(stages, chance).size
