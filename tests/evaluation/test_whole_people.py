"""Simulated people of the whole's evaluation: hidden tastes judged by texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.evaluation.interest_measure import CUT, Floats
from assistant.evaluation.whole_people import (
    CHANGE_AFTER,
    MEASURES,
    STYLES,
    Judge,
    Taste,
    WholePerson,
)
from tests.personalization.word_embedder import WordEmbedder

INTERESTS = tuple(f"Interest {number}" for number in range(12))
UNGUIDED = (
    "Soup needs time. Stir it well.",
    "A deadline is near, so plan the week.",
    "Pack warm clothes for the mountains and bring a map.",
    "Ask a friend whether the kitchen is free.",
)


def embed(texts: Sequence[str]) -> Floats:
    return np.asarray(WordEmbedder().embed(texts), dtype=float)


@pytest.mark.parametrize(
    ("measure", "more", "less"),
    [
        ("words", "one two three four five", "one two"),
        ("lists", "Do this:\n- stir\n- taste\n1. eat", "Do this: stir, taste and eat"),
        ("questions", "Why? How?", "Why and how."),
        ("exclamations", "Great!", "Great."),
        ("figures", "It takes 20 minutes and 3 eggs", "1. It takes some minutes and eggs"),
        ("bold", "Take **salt** now", "Take salt now"),
        ("you", "You need your pot", "A pot is needed"),
        ("I", "I like my soup", "Soup is good"),
        ("sentence length", "One long sentence of seven words here.", "Two here. Short ones."),
        ("examples", "Herbs, for example sage", "Herbs and sage"),
    ],
)
def test_a_measure_is_higher_where_there_is_more_of_it(measure: str, more: str, less: str) -> None:
    assert MEASURES[measure](more) > MEASURES[measure](less)
    assert np.isfinite(MEASURES[measure](""))


def test_worth_grows_with_what_is_liked_and_is_cut() -> None:
    judge = Judge(UNGUIDED, embed, INTERESTS)
    taste = Taste((), (("questions", 1),))
    plain, asking = judge.worth(taste, "Soup?", ["Soup is good.", "Soup is good? Why? How?"])
    assert asking > plain
    extreme = judge.worth(Taste((), (("questions", 1),)), "q", ["? " * 50])[0]
    assert extreme <= 1.5 * CUT  # the style and half for relevance


def test_an_interest_is_the_likeness_of_the_text_to_its_name() -> None:
    judge = Judge(UNGUIDED, embed, ("mountains", "kitchen", "music"))
    with_it, without = judge.worth(
        Taste(("mountains",), ()), "Where?", ["mountains mountains", "kitchen friend"]
    )
    assert with_it > without


def test_the_same_seed_gives_the_same_person_and_another_number_another_one() -> None:
    first, again, other = (WholePerson(5, number, INTERESTS) for number in (2, 2, 3))
    assert first.described() == again.described() != other.described()
    assert np.array_equal(first.felt(np.zeros(3), 4), again.felt(np.zeros(3), 4))
    assert not np.array_equal(first.felt(np.zeros(3), 4), first.felt(np.zeros(3), 5))


def test_one_topic_has_a_taste_of_its_own_and_every_second_person_changes() -> None:
    steady, changing = WholePerson(5, 2, INTERESTS), WholePerson(5, 3, INTERESTS)
    for person in (steady, changing):
        before = [person.taste(topic, CHANGE_AFTER) for topic in range(3)]
        assert len({str(taste) for taste in before}) == 2
        after = [person.taste(topic, CHANGE_AFTER + 1) for topic in range(3)]
        assert (before != after) == person.changes
    assert changing.changes


def test_a_pair_wants_opposite_things_of_every_style_at_every_moment() -> None:
    for pair in range(6):
        one, other = (WholePerson(9, 2 * pair + side, INTERESTS) for side in (0, 1))
        assert one.changes == other.changes == bool(pair % 2)
        for topic in range(3):
            for moment in (0, CHANGE_AFTER + 1):
                mirrored = [(name, -sign) for name, sign in other.taste(topic, moment).styles]
                assert list(one.taste(topic, moment).styles) == mirrored


def test_both_directions_of_a_style_are_drawn_and_every_style_is_somebodys() -> None:
    drawn = [
        style
        for number in range(0, 60, 2)  # one of each pair
        for style in WholePerson(9, number, INTERESTS).taste(0, 0).styles
    ]
    assert {name for name, _ in drawn} == set(STYLES)
    assert 0.3 < sum(sign > 0 for _, sign in drawn) / len(drawn) < 0.7


def test_no_text_is_worth_anything_over_all_people_who_could_be() -> None:
    names = ("mountains", "kitchen", "plan", "friend", "map")
    judge = Judge(UNGUIDED, embed, names)
    text = "A plan for the mountains, with a map and a friend! You like lists? 1 2 3"
    apart = judge.worth(Taste((), ()), "Where?", [text])[0]  # only whether it stays with the query
    by_interest = [judge.worth(Taste((name,), ()), "Where?", [text])[0] for name in names]
    assert np.mean(by_interest) == pytest.approx(apart, abs=1e-6)
    for name in STYLES:
        pair = [judge.worth(Taste((), ((name, s),)), "Where?", [text])[0] for s in (1, -1)]
        assert np.mean(pair) == pytest.approx(apart, abs=1e-6)


def test_styles_that_a_person_likes_never_contradict_each_other() -> None:
    assert len(set(STYLES)) == len(STYLES)
    for number in range(20):
        person = WholePerson(1, number, INTERESTS)
        for topic in range(3):
            taste = person.taste(topic, 40)
            assert len({name for name, _ in taste.styles}) == len(taste.styles) == 2
            assert len(set(taste.interests)) == 2
