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


def noisy(count, liked, seed):
    """Nine tags in three drafts; a liked one is worth two nats, chance as much as for people."""
    chance = np.random.default_rng(seed)
    examples = {}
    for n in range(count):
        dealt = chance.choice(30, (3, 3), replace=False)
        felt = 2.0 * (dealt == liked[n % 3]).sum(axis=1) + chance.gumbel(size=3)
        replies = tuple(Reply(tuple(f"Thing {i}" for i in tags)) for tags in dealt)
        order = tuple((int(i),) for i in np.argsort(-felt))
        examples[n] = Example(n, f"q{n}", replies, order)
    return examples


def test_chance_is_not_taken_for_topics_and_topics_are_not_taken_for_chance():
    def divided(liked):
        found = [learned(selector(120), noisy(120, liked, seed)) for seed in range(6)]
        return sum((one.liked("q0") != one.liked("q1")).any() for one in found)

    assert divided((4, 4, 4)) == 0
    assert divided((4, 5, 6)) >= 5


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


def test_the_strength_of_a_tag_is_told_for_each_topic_named_by_a_query_of_it():
    found = learned(selector(60), rankings(60, (1, 2, 3)))
    by_topic = found.topics("Thing 2")
    assert len(by_topic) == 3
    strongest = max(by_topic, key=lambda topic: topic.weight)
    assert int(strongest.query[1:]) % 3 == 1, "it is liked with every third query, from q1 on"
    others = [topic for topic in by_topic if topic is not strongest]
    assert all(strongest.weight > other.weight + 0.5 for other in others)
    assert all(topic.sd > 0 for topic in by_topic)


def test_without_topics_no_strength_by_topic_is_told():
    assert learned(selector(60), rankings(20, (1, 2, 3))).topics("Thing 2") == ()
    assert selector(60).topics("Thing 2") == ()


def placed(count, favoured):
    """Rankings in which the place alone decides: 0 favours the left, 2 the right."""
    examples = {}
    for n in range(count):
        tags = [
            f"Thing {(7 * n + shift) % 30}" for shift in np.random.default_rng(n).permutation(3)
        ]
        replies = tuple(Reply((tag,), place, 10) for place, tag in enumerate(tags))
        examples[n] = Example(n, f"q{n}", replies, ((favoured,), (1,), (2 - favoured,)))
    return examples


def test_the_pull_of_the_place_shown_is_told_with_its_interval_and_count():
    unknown = selector(40).place_pull()
    assert (unknown.weight, unknown.rankings) == (0.0, 0)
    left = learned(selector(40), placed(40, 0)).place_pull()
    value, low, high = left.shares()
    assert 0.5 < low < value < high < 1
    assert left.rankings == 40
    right = learned(selector(40), placed(40, 2)).place_pull()
    assert right.shares()[2] < 0.5


def test_rankings_that_say_nothing_of_places_are_not_counted():
    examples = {0: Example(0, "q0", (Reply(("Thing 1",)), Reply(("Thing 2",), 1)), (), (0, 1))}
    assert learned(selector(3), examples).place_pull().rankings == 0
