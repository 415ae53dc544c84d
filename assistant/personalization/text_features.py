"""Forty-odd features of a reply that a person can name, each a number; pure functions of texts.

Contract: `features_of(query, text)` gives one value per entry of FEATURES, finite for any text, in
about a millisecond. Rates are per hundred words, so that length has a feature of its own. What
more and less of each feature is called in words stands beside it: predictions are explained and
rules are worded with these names, so they must read well behind "You seem to prefer ...".
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.personalization import text_words as known
from assistant.personalization.text_parts import Parts, take_apart

_LIST_ITEM = re.compile(r"\s*(?:[-*•+]|\d+[.)])\s+\S")
_NUMBERED = re.compile(r"\s*\d+[.)]\s+\S")
_HEADING = re.compile(r"\s*(?:#{1,6}\s+\S|\*\*[^*]+\*\*:?\s*$|[^.!?]{3,60}:\s*$)")
_EMPHASIS = re.compile(r"\*\*[^*]+\*\*|__[^_]+__|(?<!\w)\*[^*\s][^*]*\*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTE = re.compile(r"[\"“”]")
_DASH = re.compile(r"—|–|\s--?\s")
_TRIAD = re.compile(r"\w, (?:\w{1,30} ){1,3}(?:\w{1,30}, )?and \w")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")
_VOWELS = re.compile(r"[aeiouy]+")
_FINISHED = re.compile(r"[.!?…\"”'’)\]`:*|]\s*\Z")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feature may look at: the reply taken apart, and the query's words of content."""

    reply: Parts
    asked: frozenset[str]

    def rate(self, words: frozenset[str]) -> float:
        """Occurrences of the words per hundred words."""
        return sum(1 for word in self.reply.words if word in words) / self.reply.hundred_words

    def hits(self, pattern: re.Pattern[str]) -> float:
        """Occurrences of a pattern per hundred words."""
        return len(pattern.findall(self.reply.text)) / self.reply.hundred_words

    def signs(self, characters: str) -> float:
        """Occurrences of some characters per hundred words."""
        text = self.reply.text
        return sum(text.count(sign) for sign in characters) / self.reply.hundred_words


@dataclass(frozen=True, slots=True)
class TextFeature:
    """One feature: its key, what more and less of it is called, and how it is measured."""

    key: str
    more: str
    less: str
    measure: Callable[[Subject], float]


def features_of(query: str, texts: Sequence[str]) -> NDArray[np.float64]:
    """The features of each reply to a query, shape (replies, features)."""
    asked = frozenset(w for w in take_apart(query).words if w not in known.FUNCTION)
    subjects = [Subject(take_apart(text), asked) for text in texts]
    rows = [[feature.measure(subject) for feature in FEATURES] for subject in subjects]
    return np.array(rows, dtype=np.float64).reshape(len(texts), len(FEATURES))


def _sentence_lengths(s: Subject) -> list[int]:
    """Words of each sentence, at least one."""
    return [max(1, sentence.count(" ") + 1) for sentence in s.reply.sentences] or [1]


def _sentence_length(s: Subject) -> float:
    lengths = _sentence_lengths(s)
    return math.log(sum(lengths) / len(lengths))


def _rhythm(s: Subject) -> float:
    lengths = _sentence_lengths(s)
    mean = sum(lengths) / len(lengths)
    return math.sqrt(sum((n - mean) ** 2 for n in lengths) / len(lengths)) / mean


def _lines(pattern: re.Pattern[str]) -> Callable[[Subject], float]:
    """Share of lines that match."""

    def measure(s: Subject) -> float:
        return sum(1 for line in s.reply.lines if pattern.match(line)) / max(1, len(s.reply.lines))

    return measure


def _sentences(ending: str) -> Callable[[Subject], float]:
    """Share of sentences with this sign near their end."""

    def measure(s: Subject) -> float:
        found = sum(1 for sentence in s.reply.sentences if ending in sentence[-3:])
        return found / max(1, len(s.reply.sentences))

    return measure


def _ending(*endings: str) -> Callable[[Subject], float]:
    """Rate of words of more than five letters that end so."""

    def measure(s: Subject) -> float:
        found = sum(1 for word in s.reply.words if len(word) > 5 and word.endswith(endings))
        return found / s.reply.hundred_words

    return measure


def _past(s: Subject) -> float:
    words = s.reply.words
    found = sum(1 for w in words if w in known.PAST or (len(w) > 4 and w.endswith("ed")))
    return found / s.reply.hundred_words


def _word_length(s: Subject) -> float:
    return sum(map(len, s.reply.words)) / max(1, len(s.reply.words))


def _variety(s: Subject) -> float:
    """Herdan's C, nearly independent of length."""
    words = s.reply.words
    return math.log(max(2, len(set(words)))) / math.log(max(2, len(words))) if words else 1.0


def _repetition(s: Subject) -> float:
    words = s.reply.words
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    return sum(n - 1 for n in runs.values()) / max(1, len(words))


def _ease(s: Subject) -> float:
    """Flesch's reading ease, in tens, with syllables counted as groups of vowels."""
    words = max(1, len(s.reply.words))
    syllables = len(_VOWELS.findall(" ".join(s.reply.words)))
    ease = 206.8 - 1.015 * words / max(1, len(s.reply.sentences)) - 84.6 * syllables / words
    return max(-10.0, ease / 10)


def _answer_first(s: Subject) -> float:
    if not s.asked or not s.reply.sentences:
        return 0.0
    return len(s.asked & set(take_apart(s.reply.sentences[0]).words)) / len(s.asked)


def _on_topic(s: Subject) -> float:
    return len(s.asked & set(s.reply.words)) / len(s.asked) if s.asked else 0.0


def _contractions(s: Subject) -> float:
    return sum(1 for word in s.reply.words if "'" in word) / s.reply.hundred_words


FEATURES: tuple[TextFeature, ...] = (
    TextFeature(
        "length", "longer replies", "shorter replies", lambda s: math.log1p(len(s.reply.words))
    ),
    TextFeature("sentence_length", "longer sentences", "shorter sentences", _sentence_length),
    TextFeature("rhythm", "sentences of mixed length", "sentences of even length", _rhythm),
    TextFeature(
        "paragraphs",
        "more paragraphs",
        "fewer paragraphs",
        lambda s: math.log1p(s.reply.paragraphs),
    ),
    TextFeature("lists", "lists", "running text", _lines(_LIST_ITEM)),
    TextFeature("steps", "numbered steps", "no numbered steps", _lines(_NUMBERED)),
    TextFeature("headings", "headings", "no headings", _lines(_HEADING)),
    TextFeature("emphasis", "bold and italic words", "plain letters", lambda s: s.hits(_EMPHASIS)),
    TextFeature("code", "code", "no code", lambda s: math.log1p(s.reply.code / 50)),
    TextFeature("quotes", "quotations and dialogue", "no quotations", lambda s: s.hits(_QUOTE)),
    TextFeature("commas", "more commas", "fewer commas", lambda s: s.signs(",")),
    TextFeature("dashes", "dashes", "no dashes", lambda s: s.hits(_DASH)),
    TextFeature("colons", "colons and semicolons", "no semicolons", lambda s: s.signs(":;")),
    TextFeature("asides", "asides in brackets", "no brackets", lambda s: s.signs("(")),
    TextFeature("questions", "questions", "no questions", _sentences("?")),
    TextFeature("exclamations", "exclamation marks", "no exclamation marks", _sentences("!")),
    TextFeature("numbers", "figures and dates", "few figures", lambda s: s.hits(_NUMBER)),
    TextFeature("names", "names", "few names", lambda s: s.hits(_NAME)),
    TextFeature("word_length", "longer words", "shorter words", _word_length),
    TextFeature("variety", "a varied vocabulary", "plain, recurring words", _variety),
    TextFeature("repetition", "repetition", "no repetition", _repetition),
    TextFeature("ease", "easy reading", "demanding reading", _ease),
    TextFeature("hedging", "careful wording", "unhedged wording", lambda s: s.rate(known.HEDGES)),
    TextFeature("intensity", "emphatic words", "sober words", lambda s: s.rate(known.INTENSIFIERS)),
    TextFeature("formality", "a formal tone", "an informal tone", lambda s: s.rate(known.FORMAL)),
    TextFeature("contractions", "contractions", "no contractions", _contractions),
    TextFeature("first_person", "an “I” that speaks", "no “I”", lambda s: s.rate(known.FIRST)),
    TextFeature("together", "“we”", "no “we”", lambda s: s.rate(known.TOGETHER)),
    TextFeature(
        "reader", "being addressed directly", "not being addressed", lambda s: s.rate(known.READER)
    ),
    TextFeature("past", "the past tense", "the present tense", _past),
    TextFeature("participles", "participles (-ing)", "few participles (-ing)", _ending("ing")),
    TextFeature("adverbs", "adverbs", "few adverbs", _ending("ly")),
    TextFeature(
        "abstraction", "abstract nouns", "concrete nouns", _ending(*known.ABSTRACT_ENDINGS)
    ),
    TextFeature("ornament", "ornate words", "plain words", lambda s: s.rate(known.ORNATE)),
    TextFeature("cliches", "set phrases", "no clichés", lambda s: s.hits(known.CLICHES)),
    TextFeature(
        "comparisons", "comparisons", "no comparisons", lambda s: s.hits(known.COMPARISONS)
    ),
    TextFeature(
        "contrasts", "“not only ... but”", "direct statements", lambda s: s.hits(known.CONTRASTS)
    ),
    TextFeature(
        "triads", "enumerations of three", "no enumerations of three", lambda s: s.hits(_TRIAD)
    ),
    TextFeature(
        "function_words", "a loose style", "a dense style", lambda s: s.rate(known.FUNCTION)
    ),
    TextFeature("warmth", "a warm tone", "a neutral tone", lambda s: s.rate(known.WARM)),
    TextFeature("examples", "examples", "no examples", lambda s: s.hits(known.EXAMPLES)),
    TextFeature(
        "reasons", "reasons", "statements without reasons", lambda s: s.rate(known.REASONS)
    ),
    TextFeature(
        "preamble",
        "an opening courtesy",
        "the answer without preamble",
        lambda s: float(bool(known.PREAMBLE.match(s.reply.text))),
    ),
    TextFeature("declining", "careful refusals", "no refusals", lambda s: s.hits(known.DECLINES)),
    TextFeature(
        "closing",
        "a closing summary or offer",
        "no closing summary",
        lambda s: s.hits(known.CLOSINGS),
    ),
    TextFeature("answer_first", "the question taken up at once", "a slow beginning", _answer_first),
    TextFeature(
        "on_topic", "staying with the words of the query", "going beyond the query", _on_topic
    ),
    TextFeature(
        "cut_off",
        "open ends",
        "finished replies",
        lambda s: float(not _FINISHED.search(s.reply.text)),
    ),
)
