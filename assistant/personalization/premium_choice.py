"""PREMIUM-Embed in the program: how its probabilities become the tag sets of real drafts.

As published one draft is sampled from the softmax and the others are uniformly random; on top of
that the program's own rules hold: so many interests and styles, pinned tags always, banned ones
never, no two opposites, and now and then a draft without guidance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.domain.model import Origin, Tag, TagWeight, TopicWeight
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import ChosenTags, PlacePull, Policy, Reason, Reply
from assistant.personalization.premium_embed import PremiumEmbed
from assistant.personalization.premium_encoders import FineTunedEncoder
from assistant.personalization.replay import published_schedule
from assistant.personalization.selectors import tag_weights
from assistant.personalization.stages import Floats
from assistant.personalization.tag_choice import compose

DRAWS = 500  # seeded samples behind a propensity: an error of at most 0.02


class PremiumSelector(PremiumEmbed):
    """The published selector with the choice that goes with it."""

    def know_query(self, query: str, vector: Vectors) -> None:
        """Nothing to do: this selector has an encoder of its own."""

    def choose(self, query: str, policy: Policy, seed: int) -> tuple[ChosenTags, ...]:
        """One set sampled from the softmax, the others random, the last one maybe plain.

        The propensity is approximate: the product of the tags' own chances to be in such a set.
        """
        chance = np.random.default_rng(seed)
        share = policy.plain_share if policy.drafts >= 3 else 0.0
        plain = chance.random() < share
        nothing = np.zeros(len(self.tags))
        sets: list[ChosenTags] = []
        for draft in range(policy.drafts - int(plain)):
            scores = nothing if draft else self.scores(query)
            names = compose(self.tags, _noisy(scores, chance), policy)
            likely = self._chance_of(names, self._inclusion(scores, policy))
            last = draft > 0 and draft == policy.drafts - 1
            origin = Origin.EXPLORE if draft else Origin.EXPLOIT
            sets.append(ChosenTags(names, origin, likely * (1 - share if last else 1.0)))
        if plain:
            sets.append(ChosenTags((), Origin.PLAIN, share))
        return tuple(sets)

    def weights(self, policy: Policy) -> tuple[TagWeight, ...]:
        """Mean and spread of every tag's score over the queries learned from."""
        rows = np.stack([self.scores(query) for query in self.queries or ("",)])
        middle = rows.mean(axis=0)
        likely = self._inclusion(middle, policy) / policy.drafts
        likely += self._inclusion(np.zeros(len(middle)), policy) * (1 - 1 / policy.drafts)
        return tag_weights(self.tags, middle - middle.mean(), rows.std(axis=0), likely)

    def influences(self, tag: str) -> tuple[int, ...]:  # noqa: ARG002 (part of the seam)
        """None: the networks do not say which rankings a tag's score came from."""
        return ()

    def topics(self, tag: str) -> tuple[TopicWeight, ...]:  # noqa: ARG002 (part of the seam)
        """None: every query has a score of its own here."""
        return ()

    def reasons(
        self,
        query: str,  # noqa: ARG002 (part of the seam)
        replies: Sequence[Reply],
    ) -> tuple[tuple[Reason, ...], ...]:
        """None: the published method reads no replies."""
        return tuple(() for _ in replies)

    def place_pull(self) -> PlacePull | None:
        """Not measured: the published method has no term for it."""
        return None

    def _inclusion(self, scores: Floats, policy: Policy) -> Floats:
        """Each tag's chance to be in a set sampled from these scores, by seeded sampling."""
        chance = np.random.default_rng(0)
        found = np.zeros(len(self.tags))
        for _ in range(DRAWS):
            names = compose(self.tags, _noisy(scores, chance), policy)
            found[[self.place[name] for name in names]] += 1 / DRAWS
        return found

    def _chance_of(self, names: Sequence[str], inclusion: Floats) -> float:
        """The product of the tags' chances."""
        at = [self.place[name] for name in names]
        return float(np.prod(np.clip(inclusion[at], 1 / DRAWS, 1.0)))


def build_premium(tags: Sequence[Tag], models: Path) -> PremiumSelector:
    """The selector with MiniLM's encoders, nothing learned; it goes on as long as rankings come."""
    schedule = replace(published_schedule(len(tags)), epochs=None)
    return PremiumSelector(tags, lambda: FineTunedEncoder(models), schedule)


def _noisy(scores: Floats, chance: np.random.Generator) -> Floats:
    """Scores whose largest are a sample from the softmax, none twice (Gumbel noise)."""
    return np.asarray(scores + chance.gumbel(size=len(scores)))
