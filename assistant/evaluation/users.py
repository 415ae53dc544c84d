"""Simulated users with hidden tags, who rank drafts by their tag sets.

Utility of a draft = beta x (liked tags in its set) + own relevance weight x sum of cos(query,
interest) + Gumbel noise, so that orders follow a Plackett-Luce model. Everything is drawn from
the seed; the same seed gives the same user whatever the method shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.tag_task import Task
from assistant.personalization.embedder import Vectors

TagIndices = tuple[int, ...]
Tiers = tuple[tuple[int, ...], ...]  # draft indices, best tier first, ties together
RELEVANCE = (0.0, 2.0)  # a user's weight of relevance is uniform between these


@dataclass(frozen=True, slots=True)
class Judgement:
    """One ranking, with what the user would have felt without the noise."""

    order: Tiers
    utilities: tuple[float, ...]  # of each draft, without noise
    read: Vectors | None = None  # (drafts, d): the texts, where there are any


class SimulatedUser:
    """One hidden taste. `moment` counts the rankings made; taste and library may depend on it."""

    def __init__(self, task: Task, seed: int) -> None:
        self._task = task
        self._noise = np.random.default_rng([seed, 2])
        self.moment = 0
        chance = np.random.default_rng([seed, 1])
        setup = task.setup
        topics = max(task.topics) + 1 if setup.contextual else 1
        self._relevance = chance.uniform(*RELEVANCE)
        first = setup.tags - (1 if setup.grow_after else 0)
        self._liked = [_some(chance, setup.library, first, set()) for _ in range(topics)]
        self._styles = {pair[int(chance.integers(2))] for pair in task.pairs}
        self._later = [
            self._changed(liked, chance) if setup.change_after else liked for liked in self._liked
        ]
        if setup.grow_after:
            new = int(chance.integers(setup.library, setup.grow_to))
            self._later = [liked | {new} for liked in self._later]

    def liked(self, query: int) -> set[int]:
        """The interests liked for a query now."""
        topic = self._task.topics[query] if self._task.setup.contextual else 0
        setup = self._task.setup
        turn = setup.change_after or setup.grow_after
        return self._later[topic] if turn and self.moment >= turn else self._liked[topic]

    @property
    def styles(self) -> set[int]:
        """The liked style of each pair."""
        return self._styles

    def utility(self, query: int, tags: Sequence[int]) -> float:
        """What a draft with these tags is worth for a query, without noise."""
        right = len((self.liked(query) | self._styles) & set(tags))
        interests = [tag for tag in tags if tag < self._task.interests]
        cosines = self._task.tag_vectors[interests] @ self._task.query_vectors[query]
        return self._task.setup.beta * right + self._relevance * float(cosines.sum())

    def utilities(self, query: int, sets: Sequence[TagIndices]) -> tuple[float, ...]:
        """What each draft of a round is worth, without noise."""
        return tuple(self.utility(query, tags) for tags in sets)

    def rank(self, query: int, sets: Sequence[TagIndices]) -> Judgement:
        """A noisy order of the drafts; time goes on by one."""
        utilities = self.utilities(query, sets)
        felt = np.array(utilities) + self._noise.gumbel(size=len(sets))
        self.moment += 1
        return Judgement(tuple((int(i),) for i in np.argsort(-felt)), utilities)

    def _changed(self, liked: set[int], chance: np.random.Generator) -> set[int]:
        """All liked tags but one exchanged for others."""
        kept = set(sorted(liked)[:1])
        return kept | _some(chance, self._task.setup.library, len(liked) - 1, liked)


def _some(chance: np.random.Generator, among: int, count: int, but: set[int]) -> set[int]:
    """`count` different indices below `among` that are not in `but`."""
    free = [i for i in range(among) if i not in but]
    return {int(i) for i in chance.choice(free, count, replace=False)}
