"""Fits with and without topics, cancelled and not."""

from __future__ import annotations

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Tag, TagKind
from assistant.personalization.learner import Example, Reply
from assistant.personalization.tag_selector import TagSelector

TAGS = [Tag(f"Thing {i}", TagKind.INTEREST, f"speak of thing{i}") for i in range(30)]


def vectors(count):
    """Queries around three axes, tags anywhere."""
    chance = np.random.default_rng(4)
    found = np.eye(3, 12)[np.arange(count) % 3] + 0.05 * chance.normal(size=(count, 12))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def selector(queries):
    found = TagSelector(TAGS, np.random.default_rng(1).normal(size=(30, 12)).astype(np.float32) / 9)
    for number, vector in enumerate(vectors(queries)):
        found.know_query(f"q{number}", vector)
    return found


def rankings(count, liked, topics=3):
    """The draft with the tag liked for the query's topic comes first; one topic: with them all."""
    examples = {}
    for n in range(count):
        sets = [
            (f"Thing {liked[(n % topics + shift) % 3]}", f"Thing {6 + (5 * n + shift) % 24}")
            for shift in range(3)
        ]
        replies = tuple(Reply(tags) for tags in sets)
        order = ((0,), (1,), (2,)) if n % 2 else ((0,), (2,), (1,))
        examples[n] = Example(n, f"q{n}", replies, order)
    return examples


def learned(found, examples):
    for _ in found.learn(examples, CancelToken()):
        pass
    return found


def test_tags_liked_with_one_topic_only_are_found_for_that_topic():
    found = learned(selector(60), rankings(60, (1, 2, 3)))
    best = [int(np.argmax(found.liked(f"q{number}"))) for number in range(3)]
    assert best == [1, 2, 3]


def test_few_queries_are_not_divided_into_topics():
    found = learned(selector(60), rankings(20, (1, 2, 3)))
    np.testing.assert_array_equal(found.liked("q0"), found.liked("q1"))


def test_a_taste_that_is_the_same_with_all_topics_is_not_divided():
    found = learned(selector(90), rankings(90, (1, 2, 3), topics=1))
    np.testing.assert_array_equal(found.liked("q0"), found.liked("q1"))
    assert int(np.argmax(found.liked("q2"))) == 1


def test_a_cancelled_fit_leaves_the_old_state():
    found = learned(selector(40), rankings(12, (1, 2, 3)))
    before = found.dump()
    cancel = CancelToken()
    steps = found.learn(rankings(40, (4, 5, 1)), cancel)
    next(steps)
    cancel.cancel()
    assert list(steps) == []
    assert found.dump() == before


def test_no_ranking_is_the_unlearned_state():
    found = learned(selector(3), rankings(3, (1, 2, 3)))
    assert learned(found, {}).dump() == selector(3).dump()
