"""Loss functions of the learners that are trained by gradient: pure functions of tensors.

One of the few modules that import torch; only ever loaded in a child process.
"""

from __future__ import annotations

import torch
from torch import Tensor


def tag_scores(queries: Tensor, tags: Tensor) -> Tensor:
    """Dot product of each query (q, d) with each tag (n, d), shape (q, n).

    PREMIUM, section 4: the softmax over the tags of one row is the chance to select each.
    """
    return queries @ tags.T


def preference_loss(winners: Tensor, losers: Tensor) -> Tensor:
    """Mean of -log sigmoid(winner - loser) over pairs; each value is a set's summed tag scores.

    PREMIUM, equation (1).
    """
    return -torch.nn.functional.logsigmoid(winners - losers).mean()


def tag_entropy(scores: Tensor) -> Tensor:
    """Entropy in nats of the softmax over each row's tags, mean over the rows.

    PREMIUM, section 4, "Trade-off between Exploration & Exploitation".
    """
    logarithms = torch.log_softmax(scores, dim=1)
    return -(logarithms.exp() * logarithms).sum(dim=1).mean()


def premium_loss(scores: Tensor, winners: Tensor, losers: Tensor, entropy: float) -> Tensor:
    """The preference loss less `entropy` times the entropy of the tags' distribution.

    PREMIUM, equation (1) with the weight delta of its table 7. Without a weight the entropy is
    not computed.
    """
    loss = preference_loss(winners, losers)
    return loss - entropy * tag_entropy(scores) if entropy else loss
