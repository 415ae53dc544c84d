"""Simulated people for the evaluation of the whole: hidden tastes, judged by the texts alone.

Contract: a person likes two interests and two styles; in one of the three topics of queries one of
each is another one, and those of every second pair change one of each after CHANGE_AFTER rankings.
What a text is worth is the sum over what is liked of how much of it the text has, plus half of how
close it stays to the query, each in standard units of the model's unguided replies, cut at CUT.
What is ranked is that plus Gumbel noise of one nat. Everything is drawn from the seed; neither tags
nor prompts are seen by whoever judges.

Balance, so that guidance in which nothing was learned gains nothing but by chance: people come in
pairs (numbers 0 and 1, 2 and 3, ...) who care for the same styles, and of everything that one wants
more the other wants less. How much a text shows of an interest is measured so that over all
interests every text is worth nothing (interest_measure.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.interest_measure import (
    Embed,
    Floats,
    InterestMeasure,
    moments,
    standard,
)

LIKED = 2  # interests, and styles, that a person likes at a time
CHANGE_AFTER = 20  # rankings after which every second person's taste changes
RELEVANCE = 0.5  # what staying with the query is worth, as a share of one liked thing
TOPICS = 3  # of the sample queries


def pair_of(number: int) -> int:
    """The pair that a person belongs to."""
    return number // 2


def _rate(pattern: str) -> Callable[[str], float]:
    """How often a pattern occurs for a hundred words."""
    sought = re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    return lambda text: 100 * len(sought.findall(text)) / max(1, len(text.split()))


def _sentence_length(text: str) -> float:
    """Words of a sentence, in the mean."""
    return len(text.split()) / max(1, len(re.findall(r"[.!?](?:\s|$)", text)))


# Counted independently of the features that the program learns with.
MEASURES: dict[str, Callable[[str], float]] = {
    "words": lambda text: float(np.log1p(len(text.split()))),
    "lists": _rate(r"^\s*(?:[-*•]|\d+[.)])\s"),
    "questions": _rate(r"\?"),
    "exclamations": _rate(r"!"),
    "figures": _rate(r"\b\d+\b(?![.)]\s)"),
    "bold": _rate(r"\*\*[^*\n]+\*\*"),
    "you": _rate(r"\byou(?:r|rs|rself)?\b"),
    "I": _rate(r"\b(?:I|my|me|I'm)\b"),
    "sentence length": _sentence_length,
    "examples": _rate(r"\bfor example\b|\bfor instance\b|\bsuch as\b|\be\.g\."),
}
STYLES = tuple(MEASURES)  # each of them wanted more by one of a pair, less by the other


@dataclass(frozen=True, slots=True)
class Taste:
    """What a person likes at a time, for one topic of queries: names of interests, styles."""

    interests: tuple[str, ...]
    styles: tuple[tuple[str, int], ...]


class Judge:
    """Measures texts in standard units of unguided replies; `interests` are all there are."""

    def __init__(self, unguided: Sequence[str], embed: Embed, interests: Sequence[str]) -> None:
        self._embed = embed
        self._rows = embed(unguided)
        self._counts = {
            name: moments(np.array([measure(text) for text in unguided]))
            for name, measure in MEASURES.items()
        }
        self._interests = InterestMeasure(self._rows, interests, embed)

    def worth(self, taste: Taste, query: str, texts: Sequence[str]) -> Floats:
        """What each text is worth to a taste, without noise."""
        rows, asked = self._embed(texts), self._embed([query])[0]
        worth = RELEVANCE * standard(rows @ asked, *moments(self._rows @ asked))
        for name in taste.interests:
            worth = worth + self._interests.of(name, rows)
        for name, sign in taste.styles:
            values = np.array([MEASURES[name](text) for text in texts])
            worth = worth + sign * standard(values, *self._counts[name])
        return np.asarray(worth)


class WholePerson:
    """One person; the same seed and number give the same one whatever the program shows."""

    def __init__(self, seed: int, number: int, interests: Sequence[str]) -> None:
        pair, side = pair_of(number), number % 2
        common = np.random.default_rng([seed, pair, 1])
        own = np.random.default_rng([seed, number, 4])
        styles = common.choice(len(STYLES), LIKED + 2, replace=False)
        signs = (1 - 2 * side) * (1 - 2 * common.integers(2, size=len(styles)))
        self._styles = [(STYLES[int(i)], int(s)) for i, s in zip(styles, signs, strict=True)]
        self._odd_topic = int(common.integers(TOPICS))
        self._liked = [str(x) for x in own.choice(list(interests), LIKED + 2, replace=False)]
        self._noise = (seed, number, 2)
        self._doubt = (seed, number, 5)
        self.changes = bool(pair % 2)

    def taste(self, topic: int, rankings: int) -> Taste:
        """What is liked in a topic after so many rankings."""
        interests, styles = self._liked[:LIKED], self._styles[:LIKED]
        if topic == self._odd_topic:
            interests, styles = [*interests[:-1], self._liked[-2]], [*styles[:-1], self._styles[-2]]
        if self.changes and rankings > CHANGE_AFTER:
            interests, styles = [self._liked[-1], *interests[1:]], [self._styles[-1], *styles[1:]]
        return Taste(tuple(interests), tuple(styles))

    def felt(self, worth: Floats, ranking: int) -> Floats:
        """What texts of that worth feel like at a ranking: with noise."""
        chance = np.random.default_rng([*self._noise, ranking])
        return np.asarray(worth + chance.gumbel(size=len(worth)))

    def said(self, worth: Floats, question: int) -> Floats:
        """What options of that worth feel like at a question of the interview: with noise."""
        chance = np.random.default_rng([*self._doubt, question])
        return np.asarray(worth + chance.gumbel(size=len(worth)))

    def described(self) -> Mapping[str, object]:
        """The hidden taste, for a report."""
        return {
            "interests": self._liked[:LIKED],
            "styles": [
                f"{'more' if sign > 0 else 'fewer'} {n}" for n, sign in self._styles[:LIKED]
            ],
            "other_topic": self._odd_topic,
            "changes": self.changes,
        }
