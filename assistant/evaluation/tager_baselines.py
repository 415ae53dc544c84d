"""What the tag selector must beat: chance, retrieval, counting, and what other people like."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.tag_task import Task
from assistant.evaluation.users import SimulatedUser, TagIndices, Tiers

Floats = NDArray[np.float64]
OTHERS = 10  # people whose rankings the population model is trained on, as in the paper
OTHERS_SEED = 50_000  # added to the seed, so that nobody is among their own population
PRIOR_WINS = 1.0  # pseudo-count of frequency counting


class Scored(ABC):
    """Selects the tags of the highest score; one draft exploits, the others are random.

    (One draft of the model and the others random is the published way of sampling.)
    """

    name = "scored"

    def __init__(self, task: Task, seed: int) -> None:
        self.task = task
        self.chance = np.random.default_rng(seed)
        self.size = task.setup.library

    @abstractmethod
    def scores(self, query: int) -> Floats:
        """A score for each tag of the task."""

    def propose(self, query: int, drafts: int) -> list[TagIndices]:
        """The best set, then random ones."""
        first = self.top(query, self.task.setup.tags)
        return [first, *(self.random_set() for _ in range(drafts - 1))]

    def learn(  # noqa: B027 (not abstract: most have nothing to learn)
        self, query: int, sets: Sequence[TagIndices], order: Tiers
    ) -> None:
        """Nothing to learn here."""

    def top(self, query: int, k: int) -> TagIndices:
        """The interests of the highest scores, chance among equals."""
        scores = self.scores(query) + 1e-9 * self.chance.random(len(self.task.tags))
        interests = np.argsort(-scores[: self.size])[:k]
        styles = [a if scores[a] >= scores[b] else b for a, b in self.task.pairs]
        return (*(int(i) for i in interests), *styles)

    def grow(self, interests: int) -> None:
        """More tags."""
        self.size = interests

    def random_set(self) -> TagIndices:
        """Interests and one style of each pair, by chance."""
        chosen = self.chance.choice(self.size, self.task.setup.tags, replace=False)
        styles = [pair[int(self.chance.integers(2))] for pair in self.task.pairs]
        return (*(int(i) for i in chosen), *styles)


class Random(Scored):
    """Tags by chance."""

    name = "random"

    def scores(self, query: int) -> Floats:  # noqa: ARG002 (part of the seam)
        """Chance."""
        return self.chance.random(len(self.task.tags))


class Retrieval(Scored):
    """Tags nearest to the query by the untrained encoder."""

    name = "ralm"

    def scores(self, query: int) -> Floats:
        """Cosines."""
        return np.asarray(self.task.tag_vectors @ self.task.query_vectors[query], dtype=float)


class Frequency(Scored):
    """Share of comparisons that the drafts with a tag have won."""

    name = "frequency"

    def __init__(self, task: Task, seed: int) -> None:
        super().__init__(task, seed)
        self._won = np.zeros(len(task.tags))
        self._met = np.zeros(len(task.tags))

    def scores(self, query: int) -> Floats:  # noqa: ARG002 (part of the seam)
        """The shares, drawn towards one half."""
        return (self._won + PRIOR_WINS) / (self._met + 2 * PRIOR_WINS)

    def learn(
        self,
        query: int,  # noqa: ARG002 (part of the seam)
        sets: Sequence[TagIndices],
        order: Tiers,
    ) -> None:
        """Count each pair of drafts."""
        for better, worse in pairs_of(order):
            for tag in sets[better]:
                self._won[tag] += 1
                self._met[tag] += 1
            for tag in sets[worse]:
                self._met[tag] += 1


class Population(Scored):
    """One linear model of tag weights, fitted to the rankings of ten other users."""

    name = "population"

    def __init__(self, task: Task, seed: int) -> None:
        super().__init__(task, seed)
        self._weights = np.zeros(len(task.tags))
        rounds: list[tuple[Floats, Floats]] = []
        for other in range(OTHERS):
            user = SimulatedUser(task, OTHERS_SEED + other + seed)
            for query in self.chance.permutation(task.train)[: task.setup.interactions]:
                sets = [self.random_set() for _ in range(task.setup.shown)]
                order = user.rank(int(query), sets).order
                rounds += [(self._row(sets[a]), self._row(sets[b])) for a, b in pairs_of(order)]
        self._fit(np.stack([a - b for a, b in rounds]))

    def scores(self, query: int) -> Floats:  # noqa: ARG002 (part of the seam)
        """What the others like."""
        return self._weights

    def _row(self, tags: TagIndices) -> Floats:
        """The indicators of a tag set."""
        row = np.zeros(len(self.task.tags))
        row[list(tags)] = 1.0
        return row

    def _fit(self, differences: Floats, steps: int = 20) -> None:
        """Logistic regression with a unit prior, by Newton's method."""
        for _ in range(steps):
            lost = 1 / (1 + np.exp(differences @ self._weights))
            slope = differences.T @ lost - self._weights
            bend = (differences * (lost * (1 - lost))[:, None]).T @ differences
            self._weights += np.linalg.solve(bend + np.eye(len(bend)), slope)


def pairs_of(order: Tiers) -> list[tuple[int, int]]:
    """(better, worse) drafts of an order."""
    return [
        (better, worse)
        for depth, tier in enumerate(order)
        for better in tier
        for lower in order[depth + 1 :]
        for worse in lower
    ]
