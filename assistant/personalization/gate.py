"""What decides whether something newly trained may be used: pure functions, standard library only.

Contract: about a fifth of the rankings, fixed by their query and a salt of the data file, train
nothing that passes through here. A new adapter is accepted only if it is finite, within bounds, not
looping, and better on those rankings than what is in use; with too few of them it is taken on
trial if it is not worse, and then judged by the replies it wrote.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HELD_OUT_SHARE = 0.2
LARGEST_CHANGE = 0.5  # of a layer by its adapter, as a share of the layer's own norm
ENOUGH = 12  # held-out rankings from which a paired test can tell something
CHANCE_ALLOWED = 0.1  # one-sided, of taking over what is not better
EXACT = 14  # rankings up to which every pattern of signs is tried
RESAMPLES = 4000
TRIAL_ROUNDS = 20  # ranked rounds with a plain reply after which a trial ends
FEWEST_DISTINCT = 0.5  # share of three-word sequences that must differ in a sample
_SEQUENCE = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to use what was trained, and why, in a sentence for the user."""

    accepted: bool
    on_trial: bool
    reason: str
    before: float | None = None  # held-out accuracy of what is in use
    after: float | None = None  # of what was trained
    judged: int = 0  # held-out rankings behind both


@dataclass(frozen=True, slots=True)
class Trained:
    """What the gate looks at before any ranking: numbers of the training, and sample texts."""

    metrics: Mapping[str, float]
    samples: tuple[str, ...]


def held_out(query_id: int, salt: str) -> bool:
    """Whether a query's ranking is kept from training; the same for ever in one data file."""
    digest = hashlib.sha256(f"{salt}:{query_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < HELD_OUT_SHARE * 2**64


def judge(trained: Trained, new: Sequence[float], old: Sequence[float]) -> Verdict:
    """Decide by the share of right pairs in each held-out ranking, under the new and the old."""
    fault = fault_of(trained)
    count = len(new)
    before, after = (sum(s) / count if count else None for s in (old, new))
    if fault:
        return Verdict(False, False, fault, before, after, count)
    if not count or before is None or after is None:
        reason = "There is no held-out ranking yet; it is on trial against plain replies."
        return Verdict(True, True, reason, before, after, 0)
    told = f"{after:.0%} of the held-out pairs right, before {before:.0%}, in {count} rankings"
    if count < ENOUGH:
        if after < before:
            return Verdict(False, False, f"It is worse: {told}.", before, after, count)
        reason = f"Not worse, but too few to be sure: {told}. It is on trial."
        return Verdict(True, True, reason, before, after, count)
    chance = chance_of_no_gain([n - o for n, o in zip(new, old, strict=True)])
    if after > before and chance <= CHANCE_ALLOWED:
        return Verdict(True, False, f"Better: {told} (p = {chance:.2f}).", before, after, count)
    return Verdict(False, False, f"Not better: {told} (p = {chance:.2f}).", before, after, count)


def fault_of(trained: Trained) -> str:
    """Why something must not be used whatever the rankings say; "" if there is no such reason."""
    if not all(math.isfinite(value) for value in trained.metrics.values()):
        return "Its numbers are not finite."
    change = trained.metrics.get("norm", 0.0)
    if change > LARGEST_CHANGE:
        return f"It changes the model too much ({change:.2f} of a layer; {LARGEST_CHANGE} is most)."
    for text in trained.samples:
        if loops(text):
            return f"It writes in circles or nothing at all (“{text[:60]}”)."
    return ""


def loops(text: str) -> bool:
    """Whether a text is empty or says the same again and again."""
    words = text.split()
    if not words:
        return True
    sequences = [tuple(words[i : i + _SEQUENCE]) for i in range(len(words) - _SEQUENCE + 1)]
    if len(sequences) < 2 * _SEQUENCE:
        return False
    return len(set(sequences)) < FEWEST_DISTINCT * len(sequences)


def chance_of_no_gain(differences: Sequence[float]) -> float:
    """Paired sign-flip test: how often chance alone gives a mean at least this high."""
    seen = sum(differences)
    if len(differences) <= EXACT:
        patterns = list(itertools.product((1, -1), repeat=len(differences)))
        hits = sum(_at_least(differences, signs, seen) for signs in patterns)
        return hits / len(patterns)
    chance = random.Random(len(differences))
    hits = 1 + sum(
        _at_least(differences, chance.choices((1, -1), k=len(differences)), seen)
        for _ in range(RESAMPLES)
    )
    return hits / (RESAMPLES + 1)


def trial_verdict(won: int, lost: int) -> Verdict | None:
    """What live replies on trial say against plain ones; None while it is too early to tell.

    A loser is recognised before the trial's end if so many losses are no chance.
    """
    count = won + lost
    share = won / count if count else None
    told = f"its replies won {won} of {count} comparisons with plain ones"
    if count and lost > won and binomial_tail(lost, count) <= CHANCE_ALLOWED / 2:
        return Verdict(False, False, f"Rolled back: {told}.", 0.5, share, count)
    if count < TRIAL_ROUNDS:
        return None
    if won >= lost:
        return Verdict(True, False, f"Trial passed: {told}.", 0.5, share, count)
    return Verdict(False, False, f"Rolled back: {told}.", 0.5, share, count)


def binomial_tail(hits: int, count: int) -> float:
    """Probability of at least so many heads with a fair coin."""
    return sum(math.comb(count, k) for k in range(hits, count + 1)) / float(2**count)


def _at_least(differences: Sequence[float], signs: Sequence[int], seen: float) -> bool:
    """Whether the differences with these signs sum up to what was seen, or more."""
    total = sum(sign * d for sign, d in zip(signs, differences, strict=True))
    return total >= seen - 1e-12
