"""Losses over orders: exact for what can be worked out by hand."""

from __future__ import annotations

import math

import torch

from assistant.personalization.list_losses import (
    listwise_preference,
    plackett_luce,
    sums_by_owner,
)


def test_an_order_of_equals_costs_the_logarithm_of_all_orders():
    assert math.isclose(float(plackett_luce(torch.zeros(4))), math.log(24), rel_tol=1e-6)


def test_two_make_the_pairwise_loss():
    loss = plackett_luce(torch.tensor([0.3, -0.4]))
    assert math.isclose(float(loss), math.log(1 + math.exp(-0.7)), rel_tol=1e-6)


def test_nothing_gained_over_the_reference_costs_what_chance_costs():
    values = torch.tensor([-3.0, -9.0, -1.0])
    loss = listwise_preference(values, values.clone(), [[0, 1, 2]], beta=0.1)
    assert math.isclose(float(loss), math.log(6), rel_tol=1e-6)


def test_the_gradient_raises_the_best_and_lowers_the_worst():
    values = torch.zeros(3, requires_grad=True)
    listwise_preference(values, torch.zeros(3), [[2, 0, 1]], beta=0.5).backward()
    assert values.grad is not None
    best, middle, worst = (float(values.grad[i]) for i in (2, 0, 1))
    assert best < middle < worst
    assert best < 0 < worst


def test_a_list_of_one_states_nothing():
    values = torch.ones(1, requires_grad=True)
    loss = listwise_preference(values, torch.zeros(1), [[0]], beta=0.5)
    assert float(loss.detach()) == 0.0


def test_values_are_summed_by_owner():
    sums = sums_by_owner(torch.tensor([1.0, 2.0, 4.0]), torch.tensor([1, 0, 1]), 3)
    assert sums.tolist() == [2.0, 5.0, 0.0]
