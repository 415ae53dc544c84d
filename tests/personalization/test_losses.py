"""The published losses, against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest
import torch

from assistant.personalization.losses import (
    preference_loss,
    premium_loss,
    tag_entropy,
    tag_scores,
)


def test_a_score_is_the_dot_product_of_query_and_tag():
    queries = torch.tensor([[1.0, 2.0], [0.0, 1.0]])
    tags = torch.tensor([[3.0, 0.0], [1.0, 1.0], [0.0, -2.0]])
    assert tag_scores(queries, tags).tolist() == [[3.0, 3.0, -4.0], [0.0, 1.0, -2.0]]


def test_the_preference_loss_is_the_mean_surprise_at_each_pair():
    loss = preference_loss(torch.tensor([2.0, 0.0]), torch.tensor([0.0, 1.0]))
    expected = (math.log(1 + math.exp(-2)) + math.log(1 + math.exp(1))) / 2
    assert float(loss) == pytest.approx(expected)


def test_a_pair_that_is_wrong_by_far_costs_its_difference_and_no_overflow():
    loss = preference_loss(torch.tensor([-500.0]), torch.tensor([500.0]))
    assert float(loss) == pytest.approx(1000.0)


def test_the_entropy_is_highest_for_equal_scores_and_none_for_a_certain_tag():
    assert float(tag_entropy(torch.zeros(3, 8))) == pytest.approx(math.log(8))
    assert float(tag_entropy(torch.tensor([[100.0, 0.0, 0.0]]))) == pytest.approx(0.0)


def test_the_entropy_bonus_lowers_the_loss_by_its_weight():
    scores = torch.zeros(1, 4)
    pair = torch.tensor([1.0]), torch.tensor([0.0])
    plain = float(premium_loss(scores, *pair, entropy=0.0))
    assert float(premium_loss(scores, *pair, entropy=0.5)) == pytest.approx(
        plain - 0.5 * math.log(4)
    )


def test_going_down_the_loss_raises_the_winner_and_lowers_the_loser():
    winner = torch.tensor([0.0], requires_grad=True)
    loser = torch.tensor([0.0], requires_grad=True)
    preference_loss(winner, loser).backward()
    assert winner.grad is not None
    assert loser.grad is not None
    assert float(winner.grad) == pytest.approx(-0.5)
    assert float(loser.grad) == pytest.approx(0.5)
