"""PREMIUM-Embed as a method of the tag experiments: the published baseline.

One draft's tags are sampled from the softmax over the library, those of the others are uniformly
random, as published. Style pairs: one of each pair, sampled among the two in the same way.
Needs torch, so it is loaded only where a method is built.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.domain.cancel import CancelToken
from assistant.evaluation.tag_task import Task
from assistant.evaluation.tager import Maker
from assistant.evaluation.users import TagIndices, Tiers
from assistant.personalization.learner import Example, Reply
from assistant.personalization.replay import published_schedule

if TYPE_CHECKING:
    from assistant.personalization.premium_embed import PremiumEmbed


def premium_maker(models: Path, frozen: bool = False) -> Maker:
    """Builds the method; `models` holds MiniLM. Frozen: only a matrix for each side is trained."""

    def make(task: Task, seed: int) -> PremiumMethod:
        from assistant.personalization.premium_embed import PremiumEmbed
        from assistant.personalization.premium_encoders import FineTunedEncoder, FrozenEncoder

        vectors = dict(zip([tag.name for tag in task.tags], task.tag_vectors, strict=True))
        vectors |= dict(zip(task.queries, task.query_vectors, strict=True))

        def build() -> FineTunedEncoder | FrozenEncoder:
            if frozen:
                size = task.tag_vectors.shape[1]
                return FrozenEncoder(lambda ts: np.stack([vectors[t] for t in ts]), size)
            return FineTunedEncoder(models)

        schedule = published_schedule(task.setup.library)
        learner = PremiumEmbed(task.tags, build, schedule, seed)
        return PremiumMethod(task, learner, seed, "premium-frozen" if frozen else learner.name)

    return make


class PremiumMethod:
    """The published selector behind the seam of the tag experiments."""

    def __init__(self, task: Task, learner: PremiumEmbed, seed: int, name: str) -> None:
        self.name = name
        self._task = task
        self._learner = learner
        self._chance = np.random.default_rng([seed, 1])
        self._examples: dict[int, Example] = {}
        self._usable = task.setup.library

    def propose(self, query: int, drafts: int) -> list[TagIndices]:
        """One set sampled from the softmax, the others uniformly random."""
        scores = self._learner.scores(self._task.queries[query])
        count = self._task.setup.tags
        # The largest of scores with Gumbel noise are a sample from the softmax, none twice.
        noise = self._chance.gumbel(size=(drafts, len(scores)))
        return [self._largest(noise[0] + scores, count)] + [
            self._largest(row, count) for row in noise[1:]
        ]

    def learn(self, query: int, sets: Sequence[TagIndices], order: Tiers) -> None:
        """Take the ranking into the buffer; train if an epoch is due."""
        names = [tuple(self._task.tags[i].name for i in chosen) for chosen in sets]
        number = len(self._examples)
        replies = tuple(Reply(tags) for tags in names)
        self._examples[number] = Example(number, self._task.queries[query], replies, order)
        for _ in self._learner.learn(self._examples, CancelToken()):
            pass

    def top(self, query: int, k: int) -> TagIndices:
        """The most likely tags."""
        return self._largest(self._learner.scores(self._task.queries[query]), k)

    def grow(self, interests: int) -> None:
        """Select from a larger library from now on."""
        self._usable = interests

    def _largest(self, scores: NDArray[np.float64], count: int) -> TagIndices:
        """The usable interests of the highest scores, then the higher style of each pair."""
        best = np.argsort(-scores[: self._usable], kind="stable")[:count]
        styles = (max(pair, key=lambda i: scores[i]) for pair in self._task.pairs)
        return (*(int(i) for i in best), *styles)
