"""Losses over lists of targets: pure functions of torch tensors.

All are means over lists, so that rows of different sizes count alike in their gradient's scale.
"""

from __future__ import annotations

import torch
from torch import Tensor


def sums_by_owner(values: Tensor, owners: Tensor, count: int) -> Tensor:
    """The sum of the values of each owner, shape (count,)."""
    return torch.zeros(count, dtype=values.dtype).index_add(0, owners, values)


def plackett_luce(utilities: Tensor) -> Tensor:
    """Negative log-probability of the order given, best first, under its utilities.

    One term for each place: the best against all, the second against what is left, and so on.
    """
    left = torch.logcumsumexp(utilities.flip(0), dim=0).flip(0)
    return (left - utilities).sum()


def listwise_preference(
    log_probs: Tensor, reference: Tensor, lists: list[list[int]], beta: float
) -> Tensor:
    """Direct preference optimisation over whole orders instead of pairs.

    The utility of a target is beta times its log-probability's gain over the reference; each
    list names targets from best to worst.
    """
    gains = beta * (log_probs - reference)
    losses = [plackett_luce(gains[torch.tensor(order)]) for order in lists if len(order) > 1]
    return torch.stack(losses).mean() if losses else gains.sum() * 0.0
