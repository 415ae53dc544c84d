"""Forgetting: how much each ranking counts when the user's taste seems to have changed.

A taste has changed at some ranking if tags are better explained by one weight before it and
another from there on. For some rankings that may be the turn, each tag's log odds of having two
weights are found beside a fit to all rankings, everything else as it is, and summed over the tags
that gain by it. The larger the sum, the less the rankings before the turn count. Without such a
sign all count fully. A pure function of the fit, so an undo restores everything.
What texts show of the tags does not count here: every text shows a little of every interest, and
the many small odds would add up to a change where there is none.
"""

from __future__ import annotations

import numpy as np

from assistant.personalization.sparse_posterior import Mixture, Posterior
from assistant.personalization.stages import Floats, Integers

AGES = (4, 5, 7, 9, 12, 15, 19, 24, 30, 38, 48, 60)  # rankings since a turn that is looked for
PRIOR = 4.0  # log odds against a change; steady users exceed them once in fifty rankings
KEPT = 0.1  # how much a ranking before a sure change still counts


def rankings_count(fit: Posterior, prior: Mixture, asked: Floats) -> Floats | None:
    """The weight of each ranking, None if all count alike.

    `asked` (slots, tags) is what replies were asked for; its columns are the first of the fit's.
    """
    count = len(fit.blocks)
    turns = np.array([count - age for age in AGES if count - age >= AGES[0]], dtype=np.int64)
    if not len(turns):
        return None
    signs = change_signs(fit, prior, asked, turns)
    best = int(np.argmax(signs))
    changed = 1 / (1 + np.exp(PRIOR - signs[best]))
    if changed < 1 / 2:
        return None
    weights = np.ones(count)
    weights[: turns[best]] = 1 - changed * (1 - KEPT)
    return weights


def change_signs(fit: Posterior, prior: Mixture, asked: Floats, turns: Integers) -> Floats:
    """Log odds, without PRIOR, that tastes changed just before each of these rankings."""
    count, width = fit.blocks.shape[:2]
    some = np.flatnonzero(asked.any(axis=0))  # what nobody was asked for gives no sign
    pieces = asked[:, some].reshape(count, width, -1)
    bend = ((fit.blocks @ pieces) * pieces).sum(axis=1)
    pull = (fit.pull.reshape(count, width, 1) * pieces).sum(axis=1)
    pull += bend * fit.mean[some]
    after = [part[::-1].cumsum(axis=0)[::-1][turns] for part in (pull, bend)]
    whole = [np.broadcast_to(part.sum(axis=0), after[0].shape) for part in (pull, bend)]
    before = [all_ - part for all_, part in zip(whole, after, strict=True)]
    rows = np.tile(some, len(turns))
    each = Mixture(prior.log_share[rows], prior.mean[rows], prior.variance[rows])
    parts = [each.evidence(p.ravel(), b.ravel()) for p, b in (before, after, whole)]
    odds = (parts[0] + parts[1] - parts[2]).reshape(len(turns), len(some))
    return np.asarray(np.maximum(odds, 0.0).sum(axis=1))
