"""How sure the program may be: what expected utilities mean as chances, by the user's own rankings.

Utilities order replies well before they are right in size: what is learned from few rankings is
sure of itself too soon, and users are more or less consistent. So a user's order is taken as
Plackett's and Luce's with the utilities times a factor, which is learned from the rankings that
were expected before they were made; chances are means over what the factor may be. Pure functions
of values, no numpy: the window's process uses them too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log

from assistant.domain.model import Order
from assistant.domain.preferences import preferences_of

# Factors that are thought possible, and their prior: log-normal. With simulated people who rank the
# embedded model's replies, the best factor over all rankings was .26; single people reach 1.
FACTORS = tuple(exp(log(0.02) + log(100) * step / 30) for step in range(31))
MEDIAN, SPREAD = 0.3, 1.0  # of the prior, the spread in logarithms


@dataclass(frozen=True, slots=True)
class Certainty:
    """What is known of the factor: the log-posterior of each of FACTORS, up to a constant."""

    log: tuple[float, ...]

    def after(self, order: Order, utilities: Mapping[str, float]) -> Certainty:
        """The same after one ranking that was expected to follow these utilities."""
        races = _races(order, utilities)
        found = (
            known - sum(_log_worth(race, factor) for race in races)
            for known, factor in zip(self.log, FACTORS, strict=True)
        )
        return Certainty(tuple(found))

    def chances_of_first(self, utilities: Mapping[str, float]) -> dict[str, float]:
        """Probability of each letter to be ranked first; empty for no letter."""
        top = max(self.log)
        weights = [exp(one - top) for one in self.log]
        highest, whole = max(utilities.values(), default=0.0), sum(weights)
        found = dict.fromkeys(utilities, 0.0)
        for weight, factor in zip(weights, FACTORS, strict=True):
            worth = {letter: exp(factor * (u - highest)) for letter, u in utilities.items()}
            share = weight / whole / sum(worth.values()) if worth else 0.0
            for letter, one in worth.items():
                found[letter] += share * one
        return found


UNTRIED = Certainty(tuple(-0.5 * (log(factor / MEDIAN) / SPREAD) ** 2 for factor in FACTORS))


def _races(order: Order, utilities: Mapping[str, float]) -> list[list[float]]:
    """For each letter preferred to others: how far they and it lie above it. Ties say nothing."""
    races: dict[str, list[float]] = {}
    for winner, loser in preferences_of(order):
        races.setdefault(winner, [0.0]).append(utilities[loser] - utilities[winner])
    return list(races.values())


def _log_worth(race: list[float], factor: float) -> float:
    """Log of all worth in a race with the winner's as unit: minus log of its chance to win."""
    highest = max(race)
    return factor * highest + log(sum(exp(factor * (above - highest)) for above in race))
