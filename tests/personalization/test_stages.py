"""The Plackett-Luce likelihood, checked by hand and by finite differences."""

from __future__ import annotations

import numpy as np

from assistant.personalization.learner import Example, Reply
from assistant.personalization.stages import (
    build_stages,
    competitions,
    curvature,
    gradient,
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


def test_gradient_and_curvature_equal_finite_differences():
    rows = [
        (1, [((0, 1.0), (2, 0.5)), ((1, 1.0),), ((2, 2.0),)]),
        (2, [(), ((1, 1.0), (0, -1.0))]),
    ]
    stages = build_stages(rows)
    weights = np.array([0.3, -0.7, 0.2])

    def value(w):
        return float(np.log(win_probabilities(stages, w)[:, 0]).sum())

    def slope(w):
        return gradient(stages, win_probabilities(stages, w), 3)

    step = 1e-6 * np.eye(3)
    near = [(value(weights + s) - value(weights - s)) / 2e-6 for s in step]
    np.testing.assert_allclose(slope(weights), near, atol=1e-6)
    bend = [(slope(weights + s) - slope(weights - s)) / 2e-6 for s in step]
    ours = curvature(stages, win_probabilities(stages, weights), 3)
    np.testing.assert_allclose(ours, -np.array(bend), atol=1e-6)


def test_no_ranking_means_no_slope_and_no_curvature():
    stages = build_stages([])
    chance = win_probabilities(stages, np.zeros(4))
    assert not gradient(stages, chance, 4).any()
    assert not curvature(stages, chance, 4).any()
