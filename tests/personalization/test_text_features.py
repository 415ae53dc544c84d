"""Text features: what they see, for any text, fast."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.personalization.text_features import FEATURES, features_of
from assistant.personalization.text_parts import take_apart

KEYS = [feature.key for feature in FEATURES]

# What has more of each feature than "It rains in the city today."
MORE = {
    "length": "It rains in the city today and it will go on raining until the end of the week.",
    "sentence_length": "It rains in the city today because the wind has turned to the west again.",
    "rhythm": "Rain. It rains in the whole city today and will go on for hours. Yes.",
    "paragraphs": "It rains.\n\nIt rains in the city.",
    "lists": "- It rains.\n- It pours.",
    "headings": "# Weather\nIt rains.",
    "emphasis": "It **rains** in the city today.",
    "code": "Run `rain --city` today and read what `rain --help` says.",
    "quotes": "“It rains,” she says today.",
    "commas": "It rains, in the city, today.",
    "dashes": "It rains — in the city — today.",
    "colons": "The weather: it rains; it pours.",
    "questions": "Does it rain today?",
    "exclamations": "It rains today!",
    "numbers": "It rains 12 litres in 2026.",
    "repetition": "It rains in the city. It rains in the city. It rains in the city.",
    "ease": "It is wet now. It is cold. Go in.",
    "participles": "Falling, pouring, dripping, it rains today.",
    "abstraction": "Precipitation and humidity bring discomfort to the population.",
    "ornament": "A tapestry of shimmering whispers hangs in the golden silence.",
    "cliches": "A sense of rain hangs in the air, a testament to the day.",
    "comparisons": "It rains as if the sky had burst, like a river.",
    "contrasts": "It rains not only here but everywhere.",
    "examples": "It rains, for example in the city.",
    "hedging": "Perhaps it might rain, or possibly not.",
    "formality": "Moreover, it rains; therefore, numerous streets are wet.",
    "contractions": "It's raining and it won't stop.",
    "first_person": "I think that I like my rain.",
    "reader": "You should take your umbrella.",
    "past": "It rained and poured and was wet.",
    "warmth": "Hello dear friend, I hope you enjoy the lovely rain.",
    "preamble": "Certainly! It rains in the city today.",
    "declining": "I'm sorry, as an AI I cannot say.",
    "closing": "It rains. Let me know if you need more.",
    "answer_first": "The weather tomorrow is rain.",
    "on_topic": "It rains. The weather tomorrow is the same.",
}


def value(key: str, text: str) -> float:
    return float(features_of("weather tomorrow", [text])[0, KEYS.index(key)])


@pytest.mark.parametrize("key", sorted(MORE))
def test_a_feature_is_higher_where_there_is_more_of_it(key):
    assert value(key, MORE[key]) > value(key, "It rains in the city today.")


def test_a_varied_vocabulary_is_told_from_a_recurring_one():
    assert value("variety", "one two three four five six") > value("variety", "one one one one two")


def test_every_feature_is_tried_here_and_is_named_in_words():
    assert {*MORE, "variety"} == set(KEYS)
    names = [name for feature in FEATURES for name in (feature.more, feature.less)]
    assert len(set(names)) == len(names)


def test_code_counts_as_code_and_not_as_prose():
    parts = take_apart("Look:\n```\nfor x in y: print(x)\n```\nThat is all.")
    assert "print" not in parts.words
    assert parts.code > 20


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_gives_finite_numbers(text, query):
    assert np.isfinite(features_of(query, [text, ""])).all()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "```",
        "中文字。" * 200,
        "a" * 50_000,
        "**" * 5_000,
        '" ' * 5_000,
        "1." * 9_000,
        "- " * 9_000,
    ],
)
def test_odd_texts_take_no_odd_time(text):
    started = time.process_time()
    assert np.isfinite(features_of("a query", [text])).all()
    assert time.process_time() - started < 0.5
