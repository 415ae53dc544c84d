"""Simulated users with interests are style users who also care for what a text is about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.evaluation.interest_measure import Floats, InterestMeasure
from assistant.evaluation.interested_users import InterestedUser
from assistant.evaluation.style_users import StyleUser, measure_from
from tests.personalization.word_embedder import WordEmbedder

NAMES = ("mountains", "kitchen", "music", "tea", "maps", "trains")
QUERIES = ("What about trains?", "What about tea?")
REPLIES = (
    ("A train leaves at 5. Is it late?", "Take the trains and maps, with music!"),
    ("Tea in the kitchen.", "For example tea. It takes 3 minutes, and more in the mountains."),
)
MEASURE = measure_from(QUERIES, REPLIES)


def read(texts: Sequence[str]) -> Floats:
    return np.asarray(WordEmbedder().embed(texts), dtype=float)


SHOWN = InterestMeasure(read([text for texts in REPLIES for text in texts]), NAMES, read)


def test_interests_are_drawn_from_the_seed_each_once_and_rules_are_those_of_the_style_user() -> (
    None
):
    users = [InterestedUser(MEASURE, seed, SHOWN, read, 2) for seed in range(20)]
    assert all(len(set(user.interests)) == 2 for user in users)
    assert {name for user in users for name in user.interests} == set(NAMES)
    assert InterestedUser(MEASURE, 3, SHOWN, read, 2).interests == users[3].interests
    assert [user.rules for user in users] == [StyleUser(MEASURE, s).rules for s in range(20)]


def test_utility_is_that_of_the_rules_and_what_is_shown_of_the_interests() -> None:
    user = InterestedUser(MEASURE, 4, SHOWN, read, 2)
    for query, texts in zip(QUERIES, REPLIES, strict=True):
        shown = sum(SHOWN.of(name, read(texts)) for name in user.interests)
        expected = StyleUser(MEASURE, 4).utilities(query, texts) + shown
        assert np.allclose(user.utilities(query, texts), expected)
        assert not np.allclose(shown, 0)


def test_with_no_interest_a_user_judges_and_ranks_as_the_style_user() -> None:
    for seed in range(10):
        user, before = InterestedUser(MEASURE, seed, SHOWN, read, 0), StyleUser(MEASURE, seed)
        for number, (query, texts) in enumerate(zip(QUERIES, REPLIES, strict=True)):
            assert np.array_equal(user.utilities(query, texts), before.utilities(query, texts))
            assert user.rank(number, query, texts) == before.rank(number, query, texts)
