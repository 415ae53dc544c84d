"""Simulated users who see nothing but the texts of replies that a real chat model wrote.

A reply is read sentence by sentence, and speaks of a tag if its nearest sentence is near enough, by
the cosine of MiniLM's vectors; there is a narrow band in which it does so half. Utility = beta x
liked tags that it speaks of; to it comes the same noise as with users who see the tags.
What the tags of a draft were, the user never learns. The replies are written as the
program writes them, all drafts of a round side by side, and kept, so that a run can go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.domain.events import Progress
from assistant.domain.statistics import Share, share_of_groups
from assistant.evaluation.agent_replies import Drafted, ReplyWriter
from assistant.evaluation.tag_task import Task
from assistant.evaluation.tager import Meet, seed_of
from assistant.evaluation.users import Judgement, SimulatedUser, TagIndices
from assistant.generation.prompt import guidance_text
from assistant.personalization.embedder import Embedder, Vectors

# Cosine at which a reply half speaks of a tag, and the width of the band. Of the tags that guide a
# reply of the embedded model a quarter are above it, of other tags one in thirty.
NOTICED, WIDTH = 0.35, 0.03
SENTENCES = re.compile(r"(?<=[.!?:])\s+|\n+")
LEAST_LETTERS = 3  # shorter pieces are numbers of a list
SEEDS = 100_000  # of drafts, for each user
USERS = 20_000  # that have seeds of their own; an engine's seed has 31 bits
COMPARED = 20  # pairs of replies for each user, where the effect of guidance is measured
EFFECT_SEED = 3  # purpose of the seeds of these pairs


@dataclass(frozen=True, slots=True)
class Writing:
    """What text users need: a chat model that writes, and an embedder that reads."""

    writer: ReplyWriter
    embedder: Embedder


@dataclass(frozen=True, slots=True)
class Effect:
    """How often the reply guided by a liked tag is preferred to one with another in its place."""

    quiet: Share  # by utility, without noise
    felt: Share  # with noise, as users rank


class TextUser(SimulatedUser):
    """Ranks drafts by their texts alone; the utilities told are those of the texts."""

    def __init__(self, task: Task, seed: int, writing: Writing) -> None:
        super().__init__(task, seed)
        self._writing = writing
        self._first_seed = seed % USERS * SEEDS

    def rank(self, query: int, sets: Sequence[TagIndices]) -> Judgement:
        """A noisy order of the drafts, with the vectors of their whole texts."""
        texts = self._texts(query, sets)  # time goes on with the ranking
        return replace(super().rank(query, sets), read=self._writing.embedder.embed(texts))

    def utilities(self, query: int, sets: Sequence[TagIndices]) -> tuple[float, ...]:
        """What the texts that the model writes with these tags are worth."""
        wanted = self._task.tag_vectors[sorted(self.liked(query) | self.styles)]
        texts = self._texts(query, sets)
        return tuple(self._task.setup.beta * self._spoken_of(t, wanted) for t in texts)

    def _texts(self, query: int, sets: Sequence[TagIndices]) -> list[str]:
        """What the model writes with these tags at this moment."""
        seed = self._first_seed + self.moment * len(sets)
        drafts = [
            Drafted(guidance_text([self._task.tags[i].instruction for i in tags]), seed + place)
            for place, tags in enumerate(sets)
        ]
        return self._writing.writer.replies(self._task.queries[query], drafts)

    def _spoken_of(self, text: str, wanted: Vectors) -> float:
        """How many of the wanted tags a text speaks of."""
        pieces = [p for p in SENTENCES.split(text) if sum(map(str.isalpha, p)) >= LEAST_LETTERS]
        nearest = (self._writing.embedder.embed(pieces or [text]) @ wanted.T).max(axis=0)
        return float((1 / (1 + np.exp((NOTICED - nearest) / WIDTH))).sum())


def guidance_effect(task: Task, meet: Meet, users: int, seed: int) -> Iterator[Progress | Effect]:
    """Progress with every user, in the end the Effect: COMPARED pairs of replies for each.

    The replies of a pair carry the same tags but for one, which is liked or is not.
    """
    quiet, felt = [], []
    for number in range(users):
        yield Progress("Comparing replies", number, users)
        user = meet(task, seed_of(seed, number, 0))
        chance = np.random.default_rng(seed_of(seed, number, EFFECT_SEED))
        wins = [0, 0]
        for query in chance.choice(task.train, COMPARED):
            liked = user.liked(int(query))
            others = [i for i in range(task.setup.library) if i not in liked]
            instead, *common = (int(i) for i in chance.choice(others, task.setup.tags, False))
            place = int(chance.integers(task.setup.tags))
            pair = [
                (*common[:place], tag, *common[place:])
                for tag in (int(chance.choice(sorted(liked))), instead)
            ]
            judged = user.rank(int(query), pair)
            wins[0] += judged.utilities[0] > judged.utilities[1]
            wins[1] += judged.order[0] == (0,)
        quiet.append((wins[0], COMPARED))
        felt.append((wins[1], COMPARED))
    yield Effect(share_of_groups(quiet), share_of_groups(felt))
