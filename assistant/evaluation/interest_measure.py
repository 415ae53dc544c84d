"""How much a text shows of an interest, for simulated users who judge by texts alone.

Contract: an interest is how much nearer the text is to the interest's name than to the names of all
interests in the mean, in standard units of unguided replies, cut at CUT. All interests share one
unit, so that over all interests every text is worth nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Embed = Callable[[Sequence[str]], Floats]  # one row of length one for each text

CUT = 3.0


class InterestMeasure:
    """Made from the vectors of unguided replies; `interests` are the names of all there are."""

    def __init__(self, unguided: Floats, interests: Sequence[str], embed: Embed) -> None:
        names = embed(interests)
        self.interests = tuple(interests)
        self._names = dict(zip(interests, names - names.mean(axis=0), strict=True))
        leanings = unguided @ (names - names.mean(axis=0)).T
        self._leanings = dict(zip(interests, leanings.mean(axis=0).tolist(), strict=True))
        self._spread = float(np.sqrt(leanings.var(axis=0).mean())) or 1.0

    def of(self, interest: str, rows: Floats) -> Floats:
        """What texts, by their vectors, show of an interest."""
        return standard(rows @ self._names[interest], self._leanings[interest], self._spread)


def moments(values: Floats) -> tuple[float, float]:
    """Mean and spread; 1 for a spread of nothing."""
    return float(values.mean()), float(values.std()) or 1.0


def standard(values: Floats, mean: float, spread: float) -> Floats:
    """Standard units, cut."""
    return np.asarray(np.clip((values - mean) / spread, -CUT, CUT))
