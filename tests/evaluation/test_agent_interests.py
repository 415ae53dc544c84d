"""Interests in the agent's experiment: what the tag selector learns of them from texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from interest_makers import LIBRARY, LIKED, QUERIES, VECTORS, ranking

from assistant.domain.model import TagKind
from assistant.evaluation.agent_interests import Interests, LearnedTags, TextVectors
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Reply
from tests.personalization.word_embedder import WordEmbedder


def test_an_interest_that_the_texts_of_winners_show_is_put_into_the_first_draft() -> None:
    interests = Interests(LIBRARY, WordEmbedder().embed)
    learned = interests.learn([ranking(number) for number in range(30)], VECTORS)
    assert [learned.chosen(query) for query in QUERIES[30:]] == [(LIKED,)] * 10
    replies = [Reply((), 0, 5, "Nothing"), Reply((), 1, 5, LIKED.instruction)]
    other, speaking = learned.utilities(QUERIES[35], replies)
    assert speaking > other


def test_without_a_selector_no_interest_is_asked_for_and_nothing_expected() -> None:
    assert not any(LearnedTags().chosen(query) for query in QUERIES)
    assert LearnedTags().utilities("How?", [Reply(()), Reply(())]) == (0.0, 0.0)


def test_interests_are_drawn_from_the_library_and_never_styles() -> None:
    interests, chance = Interests(LIBRARY, WordEmbedder().embed), np.random.default_rng(1)
    drawn = [tag for _ in range(50) for tag in interests.draw(chance)]
    assert all(tag.kind is TagKind.INTEREST for tag in drawn)
    assert len({tag.name for tag in drawn}) > 10


def test_a_text_is_read_once() -> None:
    read: list[str] = []

    def embed(texts: Sequence[str]) -> Vectors:
        read.extend(texts)
        return WordEmbedder().embed(texts)

    vectors = TextVectors(embed)
    first = vectors.read(["one", "two", "one"])
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(vectors.read(["two"])[0], first[1])
    assert read == ["one", "two"]
