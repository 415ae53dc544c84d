"""What could be learned at all: the exact posterior over all sets of liked tags.

It knows what no program can know: how many tags a user likes, what one is worth, that nothing else
matters but relevance at its mean weight, and, where taste changes, when it does and that one liked
tag stays; where the library grows, that exactly one of the new tags is liked. Its drafts are chosen
as the program's are. A ceiling for the tables, not a competitor.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Tag
from assistant.evaluation.tag_task import Task
from assistant.evaluation.users import RELEVANCE, TagIndices, Tiers
from assistant.personalization.learner import Policy
from assistant.personalization.stages import Floats
from assistant.personalization.tag_choice import choose_tag_sets, promise

MOST = 500_000  # sets of liked tags; 3 of 100 are 161,700, 2 of 100 and one of 100 new 495,000
LEAST = 1e-12  # prior share of a set that seems impossible when taste changes


class Exact:
    """All sets of as many tags as users like, each with its log-posterior."""

    name = "exact"

    def __init__(self, task: Task, seed: int) -> None:
        setup = task.setup
        if setup.contextual or setup.pairs:
            raise UsageProblem(
                "The exact posterior is for plain set-ups and those with --change or --grow."
            )
        new = setup.grow_to - setup.library if setup.grow_to else 0
        liked = setup.tags - bool(new)
        if math.comb(setup.library, liked) * max(new, 1) > MOST:
            raise UsageProblem(f"{setup.tags} of {setup.library} tags are too many sets to list.")
        self._task = task
        self._seed = seed
        self._done = 0
        self.tags: tuple[Tag, ...] = task.tags[: setup.library]
        self._at = {tag.name: i for i, tag in enumerate(task.tags)}
        sets = itertools.combinations(range(setup.library), liked)
        self._sets = np.array(list(sets), dtype=np.int16)
        self._log = np.zeros(len(self._sets))
        self._liked = self._marginals()

    def liked(self, _query: str) -> Floats:
        """Probability that each tag is liked."""
        return self._liked

    def relevance(self, query: str) -> Floats:
        """Cosine of a query with each tag."""
        vectors = self._task.tag_vectors[: len(self.tags)].astype(np.float64)
        at = self._task.queries.index(query)
        return np.asarray(vectors @ self._task.query_vectors[at])

    def propose(self, query: int, drafts: int) -> list[TagIndices]:
        """What the program would choose if it knew as much."""
        policy = Policy(drafts, self._task.setup.tags, 0, plain_share=0.0)
        text, seed = self._task.queries[query], self._seed + self._done
        chosen = choose_tag_sets(self, text, policy, seed)
        return [tuple(self._at[name] for name in one.tags) for one in chosen]

    def learn(self, query: int, sets: Sequence[TagIndices], order: Tiers) -> None:
        """Add a ranking's log-likelihood under every set."""
        setup = self._task.setup
        if setup.change_after and self._done == setup.change_after:
            self._log = np.log(np.maximum(self._liked[self._sets].sum(axis=1), LEAST))
        self._done += 1
        ranked = [self._utilities(query, sets[draft]) for tier in order for draft in tier]
        for place, first in enumerate(ranked[:-1]):
            self._log += first - np.log(np.exp(ranked[place:]).sum(axis=0))
        self._liked = self._marginals()

    def top(self, query: int, k: int) -> TagIndices:
        """The likeliest tags."""
        scores = promise(self, self._task.queries[query])
        return tuple(int(i) for i in np.argsort(-scores, kind="stable")[:k])

    def grow(self, interests: int) -> None:
        """Every set so far with each new tag, all of these equally likely."""
        new = np.arange(len(self.tags), interests, dtype=np.int16)
        before = np.repeat(self._sets, len(new), axis=0)
        self._sets = np.column_stack([before, np.tile(new, len(self._sets))])
        self._log = np.repeat(self._log, len(new))
        self.tags = self._task.tags[:interests]
        self._liked = self._marginals()

    def _utilities(self, query: int, tags: TagIndices) -> Floats:
        """What a draft is worth under every set."""
        worth = np.zeros(len(self.tags))
        worth[list(tags)] = self._task.setup.beta
        cosines = self._task.tag_vectors[list(tags)] @ self._task.query_vectors[query]
        return np.asarray(worth[self._sets].sum(axis=1) + sum(RELEVANCE) / 2 * float(cosines.sum()))

    def _marginals(self) -> Floats:
        """Probability of each tag to be in the set."""
        share = np.exp(self._log - self._log.max())
        share /= share.sum()
        counts = [np.bincount(column, share, len(self.tags)) for column in self._sets.T]
        return np.asarray(np.sum(counts, axis=0))
