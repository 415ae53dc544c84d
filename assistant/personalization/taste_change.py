"""Forgetting: how much each ranking counts when the user's taste seems to have changed.

A taste has changed at some ranking if, from there on, tags that were liked no longer help: then
the log-likelihood of the later rankings grows as their weights are set to zero. The more it grows,
the less the rankings before count. Without such a sign all rankings count fully. A pure function
of the fit to all rankings, so an undo restores everything.
"""

from __future__ import annotations

import numpy as np

from assistant.personalization.sparse_posterior import Posterior
from assistant.personalization.stages import Floats

LATEST = 4  # rankings after a change that are needed at least
PRIOR = 4.0  # log odds against a change; without one the sign exceeds it once in fifty rankings
KEPT = 0.1  # how much a ranking before a sure change still counts
HOPEFUL = 0.2  # probability of being liked from which on a tag's loss is looked for


def rankings_count(fit: Posterior, tags: int) -> Floats | None:
    """The weight of each ranking, None if all count alike; tags are the first `tags` columns."""
    count, width = fit.blocks.shape[:2]
    liked = np.exp(fit.marginals.log_share[:tags, 1])
    hopeful = np.flatnonzero((liked > HOPEFUL) & (fit.mean[:tags] > 0))
    if count <= LATEST or not len(hopeful):
        return None
    pieces = fit.design[:, hopeful].reshape(count, width, -1)
    pull = (fit.pull.reshape(count, width, 1) * pieces).sum(axis=1)
    bend = ((fit.blocks @ pieces) * pieces).sum(axis=1)
    weight = fit.mean[hopeful]
    gain = -pull * weight - bend * weight**2 / 2  # (rankings, tags)
    since = gain[::-1].cumsum(axis=0)[::-1]  # from each ranking to the last
    signs = np.maximum(since, 0.0).sum(axis=1)[: count - LATEST + 1]
    turn = int(np.argmax(signs))
    changed = 1 / (1 + np.exp(PRIOR - signs[turn]))
    if turn == 0 or changed < 1 / 2:
        return None
    weights = np.ones(count)
    weights[:turn] = 1 - changed * (1 - KEPT)
    return weights
