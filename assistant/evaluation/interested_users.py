"""Simulated users who care for hidden interests as well as for hidden style rules.

Contract: a user's utility of a reply = that of the StyleUser of the same seed, who has the same
rules and the same noise, plus how much its text shows of each hidden interest: an interest shown
counts as much as a rule followed. The interests are drawn from the seed and known to nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.evaluation.interest_measure import Embed, Floats, InterestMeasure
from assistant.evaluation.style_users import Measure, StyleUser


class InterestedUser(StyleUser):
    """A hidden taste with `count` interests; `read` gives vectors of texts."""

    def __init__(
        self, measure: Measure, seed: int, shown: InterestMeasure, read: Embed, count: int
    ) -> None:
        super().__init__(measure, seed)
        chance = np.random.default_rng([seed, 5])
        places = sorted(chance.choice(len(shown.interests), count, replace=False))
        self.interests = tuple(shown.interests[int(i)] for i in places)
        self._shown, self._read = shown, read

    def utilities(self, query: str, texts: Sequence[str]) -> Floats:
        """What replies are worth to the user, without noise."""
        worth, rows = super().utilities(query, texts), self._read(texts)
        for interest in self.interests:
            worth = worth + self._shown.of(interest, rows)
        return worth
