"""How each text feature is measured: pure functions of one reply and what was asked."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from assistant.personalization import text_words as known
from assistant.personalization.text_parts import Parts, take_apart

Measure = Callable[["Subject"], float]

LIST_ITEM = re.compile(r"\s*(?:[-*•+]|\d+[.)])\s+\S")
HEADING = re.compile(r"\s*(?:#{1,6}\s+\S|\*\*[^*]{1,80}\*\*:?\s*$|[^.!?]{3,60}:\s*$)")
EMPHASIS = re.compile(r"\*\*[^*]{1,200}\*\*|__[^_]{1,200}__|(?<!\w)\*[^*\s][^*\n]{0,200}\*")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
QUOTE = re.compile(r"[\"“”]")
DASH = re.compile(r"—|–|\s--?\s")
_VOWELS = re.compile(r"[aeiouy]+")
_LONG = 5  # letters: shorter words that end in -ing or -ment are seldom participles or abstract


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


def rate_of(words: frozenset[str]) -> Measure:
    """Words of a list per hundred words."""
    return lambda subject: subject.rate(words)


def hits_of(pattern: re.Pattern[str]) -> Measure:
    """Matches of a pattern per hundred words."""
    return lambda subject: subject.hits(pattern)


def share_of_lines(pattern: re.Pattern[str]) -> Measure:
    """Share of lines that match."""

    def measure(subject: Subject) -> float:
        lines = subject.reply.lines
        return sum(1 for line in lines if pattern.match(line)) / max(1, len(lines))

    return measure


def share_of_sentences(ending: str) -> Measure:
    """Share of sentences with this sign at their end, or just before a quotation mark there."""

    def measure(subject: Subject) -> float:
        sentences = subject.reply.sentences
        return sum(1 for s in sentences if ending in s[-3:]) / max(1, len(sentences))

    return measure


def ending_in(*endings: str) -> Measure:
    """Longer words that end so, per hundred words."""

    def measure(subject: Subject) -> float:
        words = subject.reply.words
        found = sum(1 for word in words if len(word) > _LONG and word.endswith(endings))
        return found / subject.reply.hundred_words

    return measure


def length(subject: Subject) -> float:
    """Logarithm of the number of words."""
    return math.log1p(len(subject.reply.words))


def paragraphs(subject: Subject) -> float:
    """Logarithm of the number of paragraphs."""
    return math.log1p(subject.reply.paragraphs)


def code(subject: Subject) -> float:
    """Logarithm of the characters of code, in units of a line."""
    return math.log1p(subject.reply.code / 50)


def sentence_length(subject: Subject) -> float:
    """Logarithm of the mean number of words in a sentence."""
    lengths = _sentence_lengths(subject)
    return math.log(sum(lengths) / len(lengths))


def rhythm(subject: Subject) -> float:
    """How much the sentences differ in length: standard deviation by mean."""
    lengths = _sentence_lengths(subject)
    mean = sum(lengths) / len(lengths)
    return math.sqrt(sum((n - mean) ** 2 for n in lengths) / len(lengths)) / mean


def past(subject: Subject) -> float:
    """Verbs in the past tense per hundred words, roughly."""
    words = subject.reply.words
    found = sum(1 for w in words if w in known.PAST or (len(w) > 4 and w.endswith("ed")))
    return found / subject.reply.hundred_words


def contractions(subject: Subject) -> float:
    """Words with an apostrophe per hundred words."""
    return sum(1 for word in subject.reply.words if "'" in word) / subject.reply.hundred_words


def variety(subject: Subject) -> float:
    """Different words by words, both as logarithms (nearly independent of length)."""
    words = subject.reply.words
    return math.log(max(2, len(set(words)))) / math.log(max(2, len(words)))


def repetition(subject: Subject) -> float:
    """Share of runs of three words that were there before."""
    words = subject.reply.words
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    return sum(n - 1 for n in runs.values()) / max(1, len(words))


def ease(subject: Subject) -> float:
    """Flesch's reading ease in tens, a syllable being a group of vowels."""
    words = max(1, len(subject.reply.words))
    syllables = len(_VOWELS.findall(" ".join(subject.reply.words)))
    sentences = max(1, len(subject.reply.sentences))
    return max(-10.0, (206.8 - 1.015 * words / sentences - 84.6 * syllables / words) / 10)


def preamble(subject: Subject) -> float:
    """1 if it opens with a courtesy instead of the matter."""
    return float(bool(known.PREAMBLE.match(subject.reply.text)))


def answer_first(subject: Subject) -> float:
    """Share of the query's words of content in the first sentence."""
    if not subject.asked or not subject.reply.sentences:
        return 0.0
    first = set(take_apart(subject.reply.sentences[0]).words)
    return len(subject.asked & first) / len(subject.asked)


def on_topic(subject: Subject) -> float:
    """Share of the query's words of content that occur at all."""
    asked = subject.asked
    return len(asked & set(subject.reply.words)) / len(asked) if asked else 0.0


def _sentence_lengths(subject: Subject) -> list[int]:
    """Words of each sentence, at least one."""
    return [sentence.count(" ") + 1 for sentence in subject.reply.sentences] or [1]
