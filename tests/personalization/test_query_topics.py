"""Topics of queries: groups of like vectors."""

from __future__ import annotations

import numpy as np

from assistant.personalization.query_topics import find_topics, nearest_topic


def groups():
    """Thirty vectors around three axes, and the axis of each."""
    chance = np.random.default_rng(2)
    axis = np.arange(30) % 3
    vectors = np.eye(8)[axis] + 0.1 * chance.normal(size=(30, 8))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), axis


def test_well_separated_groups_are_found():
    vectors, axis = groups()
    topic = nearest_topic(vectors, find_topics(vectors, 3))
    assert len({(int(a), int(t)) for a, t in zip(axis, topic, strict=True)}) == 3


def test_centres_have_length_one_and_equal_vectors_give_equal_centres():
    vectors, _ = groups()
    first, second = find_topics(vectors, 3), find_topics(vectors.copy(), 3)
    np.testing.assert_allclose(np.linalg.norm(first, axis=1), 1.0)
    np.testing.assert_array_equal(first, second)


def test_there_are_no_more_topics_than_vectors():
    vectors, _ = groups()
    assert len(find_topics(vectors[:2], 3)) == 2
