"""Thirty-seven features of a reply that a person can name; pure functions of texts.

Contract: `features_of(query, texts)` gives one finite number per entry of FEATURES for any text,
in about a millisecond. Rates are per hundred words, so that length is a feature of its own. What
more and less of each is called stands beside it: predictions are explained, and rules worded, with
these names, so each must read well behind "You seem to prefer ...".
Chosen from 48 by leaving out those whose loss cost no accuracy on people kept apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.personalization import text_measures as how
from assistant.personalization import text_words as known
from assistant.personalization.text_parts import take_apart


@dataclass(frozen=True, slots=True)
class TextFeature:
    """One feature: its key, what more and less of it is called, and how it is measured."""

    key: str
    more: str
    less: str
    measure: how.Measure


# fmt: off
FEATURES: tuple[TextFeature, ...] = (
    # Size and structure
    TextFeature("length", "longer replies", "shorter replies", how.length),
    TextFeature("sentence_length", "longer sentences", "shorter sentences", how.sentence_length),
    TextFeature("rhythm", "sentences of mixed length", "sentences of even length", how.rhythm),
    TextFeature("paragraphs", "more paragraphs", "fewer paragraphs", how.paragraphs),
    TextFeature("lists", "lists", "running text", how.share_of_lines(how.LIST_ITEM)),
    TextFeature("headings", "headings", "no headings", how.share_of_lines(how.HEADING)),
    TextFeature("emphasis", "bold words", "plain letters", how.hits_of(how.EMPHASIS)),
    TextFeature("code", "code", "no code", how.code),
    # Punctuation
    TextFeature("quotes", "quotations and dialogue", "no quotations", how.hits_of(how.QUOTE)),
    TextFeature("commas", "more commas", "fewer commas", lambda s: s.signs(",")),
    TextFeature("dashes", "dashes", "no dashes", how.hits_of(how.DASH)),
    TextFeature("colons", "colons and semicolons", "no semicolons", lambda s: s.signs(":;")),
    TextFeature("questions", "questions", "no questions", how.share_of_sentences("?")),
    TextFeature("exclamations", "exclamation marks", "no exclamation marks",
                how.share_of_sentences("!")),
    TextFeature("numbers", "figures and dates", "few figures", how.hits_of(how.NUMBER)),
    # Words
    TextFeature("variety", "a varied vocabulary", "plain, recurring words", how.variety),
    TextFeature("repetition", "repetition", "no repetition", how.repetition),
    TextFeature("ease", "easy reading", "demanding reading", how.ease),
    TextFeature("participles", "participles (-ing)", "few participles", how.ending_in("ing")),
    TextFeature("abstraction", "abstract nouns", "concrete nouns",
                how.ending_in(*known.ABSTRACT_ENDINGS)),
    TextFeature("ornament", "ornate words", "unadorned words", how.rate_of(known.ORNATE)),
    TextFeature("cliches", "set phrases", "no set phrases", how.hits_of(known.CLICHES)),
    TextFeature("comparisons", "comparisons", "no comparisons", how.hits_of(known.COMPARISONS)),
    TextFeature("contrasts", "contrasts (“not only”)", "direct statements",
                how.hits_of(known.CONTRASTS)),
    TextFeature("examples", "examples", "no examples", how.hits_of(known.EXAMPLES)),
    # Tone
    TextFeature("hedging", "careful wording", "unhedged wording", how.rate_of(known.HEDGES)),
    TextFeature("formality", "a formal tone", "an informal tone", how.rate_of(known.FORMAL)),
    TextFeature("contractions", "contractions", "no contractions", how.contractions),
    TextFeature("first_person", "an “I” that speaks", "no “I”", how.rate_of(known.FIRST)),
    TextFeature("reader", "being addressed", "not being addressed", how.rate_of(known.READER)),
    TextFeature("past", "the past tense", "the present tense", how.past),
    TextFeature("warmth", "a warm tone", "a neutral tone", how.rate_of(known.WARM)),
    # Directness
    TextFeature("preamble", "an opening courtesy", "no opening courtesy", how.preamble),
    TextFeature("declining", "careful refusals", "no refusals", how.hits_of(known.DECLINES)),
    TextFeature("closing", "a closing summary or offer", "no closing summary",
                how.hits_of(known.CLOSINGS)),
    TextFeature("answer_first", "the question taken up at once", "a slow beginning",
                how.answer_first),
    TextFeature("on_topic", "the words of the query", "words of its own", how.on_topic),
)
# fmt: on


def features_of(query: str, texts: Sequence[str]) -> NDArray[np.float64]:
    """The features of each reply to a query, shape (replies, features)."""
    asked = frozenset(w for w in take_apart(query).words if w not in known.FUNCTION)
    subjects = [how.Subject(take_apart(text), asked) for text in texts]
    rows = [[feature.measure(subject) for feature in FEATURES] for subject in subjects]
    return np.array(rows, dtype=np.float64).reshape(len(texts), len(FEATURES))
