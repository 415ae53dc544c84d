"""The replay buffer of PREMIUM-Embed: which interactions each epoch learns from; pure functions.

PREMIUM, table 7. The buffer is filled with the first `buffer` interactions before the first
epoch; each later epoch begins when `fresh` new ones have taken the place of the oldest. An epoch
is `batches` batches of `batch_size` pairs, drawn from the buffer's pairs without replacement
within a batch (the paper does not say how). What epoch e learns from is thus a pure function of
the rankings' order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from assistant.personalization.learner import Example


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often and on what PREMIUM-Embed is trained; the paper's letters are in brackets."""

    buffer: int  # interactions kept (s)
    epochs: int | None  # None: an epoch for every `fresh` interactions, as long as they come
    fresh: int  # new interactions for each epoch (d)
    batches: int  # of each epoch (bnum)
    batch_size: int  # pairs (bsz)
    entropy: float  # weight of the entropy bonus (delta)
    learning_rate: float = 2e-4  # (lr)

    def epochs_due(self, interactions: int) -> int:
        """Epochs that have begun after so many interactions."""
        if interactions < self.buffer:
            return 0
        due = 1 + (interactions - self.buffer) // self.fresh
        return due if self.epochs is None else min(due, self.epochs)

    def known(self, epochs: int) -> int:
        """Interactions that have been in the buffer after so many epochs."""
        return self.buffer + (epochs - 1) * self.fresh if epochs else 0


PUBLISHED = {  # by the size of the tag library
    20: Schedule(buffer=25, epochs=15, fresh=3, batches=8, batch_size=20, entropy=0.0),
    50: Schedule(buffer=25, epochs=30, fresh=3, batches=8, batch_size=20, entropy=4e-3),
    100: Schedule(buffer=50, epochs=20, fresh=6, batches=10, batch_size=40, entropy=4e-3),
}


def published_schedule(library: int) -> Schedule:
    """The published schedule for the smallest library that holds this one, or for the largest."""
    fitting = [size for size in PUBLISHED if size >= library]
    return PUBLISHED[min(fitting, default=max(PUBLISHED))]


@dataclass(frozen=True, slots=True)
class Pair:
    """For this query, the set of tags `winner` was preferred to `loser`."""

    query: str
    winner: tuple[str, ...]
    loser: tuple[str, ...]


def pairs_of(example: Example) -> tuple[Pair, ...]:
    """All pairs that a ranking states; ties and "all bad" state none."""
    if not example.tiers:
        return ()
    sets = [reply.tags for reply in example.replies]
    levels = [*example.tiers, example.rest]
    return tuple(
        Pair(example.query, sets[winner], sets[loser])
        for upper, lower in combinations(levels, 2)
        for winner in upper
        for loser in lower
    )


def epoch_batches(
    schedule: Schedule, rankings: Sequence[Example], epoch: int, seed: int
) -> list[list[Pair]]:
    """The batches of epoch number `epoch` (from 0); none if the buffer states no pair."""
    last = schedule.known(epoch + 1)
    pairs = [
        pair for example in rankings[last - schedule.buffer : last] for pair in pairs_of(example)
    ]
    if not pairs:
        return []
    chance = np.random.default_rng([seed, epoch])
    size = min(schedule.batch_size, len(pairs))
    return [
        [pairs[i] for i in chance.choice(len(pairs), size, replace=False)]
        for _ in range(schedule.batches)
    ]
