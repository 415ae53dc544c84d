"""Simulated people for the evaluation of the whole: hidden tastes, judged by the texts alone.

Contract: a person likes two interests and two styles; in one of the three topics of queries one of
each is another one, and every second person changes one of each after CHANGE_AFTER rankings. What a
text is worth is the sum over what is liked of how much of it the text has, plus half of how close
it stays to the query, each in standard units of the model's unguided replies, cut at CUT. An
interest is the cosine of the text's vector and that of the interest's name; a style is something
counted in the text. What is ranked is that plus Gumbel noise of one nat. Everything is drawn from
the seed; neither tags nor prompts are seen by whoever judges.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Embed = Callable[[Sequence[str]], Floats]  # one row of length one for each text

LIKED = 2  # interests, and styles, that a person likes at a time
CHANGE_AFTER = 20  # rankings after which every second person's taste changes
CUT = 3.0
RELEVANCE = 0.5  # what staying with the query is worth, as a share of one liked thing
TOPICS = 3  # of the sample queries


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
# What people may like: a measure, and whether more or less of it. None stands here in both
# directions, so that two styles never contradict each other.
STYLES: tuple[tuple[str, int], ...] = (
    ("words", -1), ("lists", 1), ("questions", 1), ("exclamations", 1), ("figures", 1), ("bold", 1),
    ("you", 1), ("I", 1), ("sentence length", -1), ("examples", 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taste:
    """What a person likes at a time, for one topic of queries: names of interests, styles."""

    interests: tuple[str, ...]
    styles: tuple[tuple[str, int], ...]


class Judge:
    """Measures texts in standard units of unguided replies."""

    def __init__(self, unguided: Sequence[str], embed: Embed) -> None:
        self._embed = embed
        self._rows = embed(unguided)
        self._counts = {
            name: _moments(np.array([measure(text) for text in unguided]))
            for name, measure in MEASURES.items()
        }
        self._interests: dict[str, tuple[Floats, float, float]] = {}

    def worth(self, taste: Taste, query: str, texts: Sequence[str]) -> Floats:
        """What each text is worth to a taste, without noise."""
        rows, asked = self._embed(texts), self._embed([query])[0]
        worth = RELEVANCE * _standard(rows @ asked, *_moments(self._rows @ asked))
        for name in taste.interests:
            worth = worth + _standard(rows @ self._vector(name), *self._interests[name][1:])
        for name, sign in taste.styles:
            values = np.array([MEASURES[name](text) for text in texts])
            worth = worth + sign * _standard(values, *self._counts[name])
        return np.asarray(worth)

    def _vector(self, interest: str) -> Floats:
        """An interest's vector; its moments are then known too."""
        if interest not in self._interests:
            vector = self._embed([interest])[0]
            self._interests[interest] = (vector, *_moments(self._rows @ vector))
        return self._interests[interest][0]


class WholePerson:
    """One person; the same seed and number give the same one whatever the program shows."""

    def __init__(self, seed: int, number: int, interests: Sequence[str]) -> None:
        chance = np.random.default_rng([seed, number, 1])
        liked = [str(name) for name in chance.choice(list(interests), LIKED + 2, replace=False)]
        styles = [STYLES[int(i)] for i in chance.choice(len(STYLES), LIKED + 2, replace=False)]
        self._odd_topic = int(chance.integers(TOPICS))
        self._liked, self._styles = liked, styles
        self._noise = (seed, number, 2)
        self.changes = bool(number % 2)

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


def _moments(values: Floats) -> tuple[float, float]:
    """Mean and spread; 1 for a spread of nothing."""
    return float(values.mean()), float(values.std()) or 1.0


def _standard(values: Floats, mean: float, spread: float) -> Floats:
    """Standard units, cut."""
    return np.asarray(np.clip((values - mean) / spread, -CUT, CUT))
