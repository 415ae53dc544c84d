"""Simulated users with three hidden style rules, who rank real replies by their texts.

Contract: a user's utility of a reply = sum over the hidden rules of how much each holds for its
text (a text feature in standard units of unguided replies, cut at CUT); what is ranked is that plus
Gumbel noise of one nat. The rules are drawn from the seed and known to nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.interest_measure import CUT, Floats
from assistant.personalization.learner import Example, Reply
from assistant.personalization.text_features import FEATURES, features_of

# What users may care for: features with a rule text that asks for something to be seen in a few
# sentences. No feature stands here in both directions, so that three drawn ones never conflict.
STYLES = (
    ("length", -1), ("lists", 1), ("emphasis", 1), ("questions", 1), ("exclamations", 1),
    ("numbers", 1), ("examples", 1), ("comparisons", 1), ("first_person", 1), ("reader", 1),
    ("warmth", 1), ("formality", 1),
)  # fmt: skip
HIDDEN = 3


@dataclass(frozen=True, slots=True)
class Measure:
    """Text features in standard units: means and spreads over unguided replies."""

    mean: Floats
    spread: Floats

    def of(self, query: str, texts: Sequence[str]) -> Floats:
        """The features of replies to a query, shape (replies, features)."""
        raw = (features_of(query, texts) - self.mean) / self.spread
        return np.asarray(np.clip(raw, -CUT, CUT))


def measure_from(queries: Sequence[str], replies: Sequence[Sequence[str]]) -> Measure:
    """The measure that the unguided replies to some queries give."""
    rows = np.concatenate([features_of(q, t) for q, t in zip(queries, replies, strict=True)])
    spread = rows.std(axis=0)
    spread[spread == 0] = 1.0
    return Measure(rows.mean(axis=0), spread)


def detectors() -> tuple[str, ...]:
    """The styles that users may care for, as detectors of rules."""
    return tuple(f"feature:{name}:{direction:+d}" for name, direction in STYLES)


class StyleUser:
    """One hidden taste; the same seed gives the same user."""

    interests: tuple[str, ...] = ()  # names of the hidden ones; nobody has any here

    def __init__(self, measure: Measure, seed: int) -> None:
        chance = np.random.default_rng([seed, 1])
        self.rules = tuple(
            STYLES[int(i)] for i in sorted(chance.choice(len(STYLES), HIDDEN, replace=False))
        )
        self._measure = measure
        self._seed = seed
        self._weights = np.zeros(len(FEATURES))
        for column, feature in enumerate(FEATURES):
            self._weights[column] = dict(self.rules).get(feature.key, 0)

    def utilities(self, query: str, texts: Sequence[str]) -> Floats:
        """What replies are worth to the user, without noise."""
        return np.asarray(self._measure.of(query, texts) @ self._weights)

    def rank(
        self,
        number: int,
        query: str,
        texts: Sequence[str],
        tags: Sequence[tuple[str, ...]] = (),
        *,
        turned: bool = False,
    ) -> Example:
        """A noisy order of replies as the ranking of that number, or the same order `turned`.

        `tags` are those that each reply was asked for, if any; the user does not see them.
        """
        noise = np.random.default_rng([self._seed, 2, number]).gumbel(size=len(texts))
        felt = self.utilities(query, texts) + noise
        order = np.argsort(felt if turned else -felt, kind="stable")
        asked = tags or [()] * len(texts)
        replies = tuple(
            Reply(names, place, len(text), text)
            for place, (names, text) in enumerate(zip(asked, texts, strict=True))
        )
        return Example(number, query, replies, tuple((int(i),) for i in order))
