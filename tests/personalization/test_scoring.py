"""The scorer beside the selector, inside the service: predictors, updates, undo, training."""

from __future__ import annotations

import time

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Tag, TagKind
from assistant.personalization.learner import Example, Reply, Update
from assistant.personalization.service import LearnerService
from tests.personalization.word_embedder import WordEmbedder

TAGS = tuple(Tag(f"Tag {i}", TagKind.INTEREST, f"speak of thing{i}") for i in range(6))


def reply(tag: str, text: str) -> Reply:
    return Reply((tag,), 0, len(text), text)


REPLIES = (reply("Tag 1", "- one\n- two"), reply("Tag 2", "Running text goes on and on."))


@pytest.fixture
def service(tmp_path):
    service = LearnerService(WordEmbedder(), tmp_path)
    service.start(TAGS, {}, {})
    return service


def example(number: int) -> Example:
    return Example(number, f"query {number}", REPLIES, ((0,), (1,)))


def test_what_is_shown_is_the_sum_of_selector_and_scorer(service):
    for number in range(8):
        service.update(number, example(number))
    expected = service.expect("a query", REPLIES)
    for place in range(2):
        both = expected["selector"][place] + expected["scorer"][place]
        assert expected["both"][place] == pytest.approx(both)
    assert expected["scorer"][0] > expected["scorer"][1]
    assert expected["prior"] == service_without_rankings().expect("a query", REPLIES)["prior"]


def service_without_rankings() -> LearnerService:
    from pathlib import Path

    service = LearnerService(WordEmbedder(), Path())
    service.start(TAGS, {}, {})
    return service


def test_an_update_brings_the_state_of_both_within_a_tenth_of_a_second(service):
    for number in range(30):
        service.update(number, example(number))
    started = time.perf_counter()
    update = service.update(30, example(30))
    seconds = time.perf_counter() - started
    assert (update.learner, [other.learner for other in update.others]) == ("selector", ["scorer"])
    assert seconds < 0.5  # 100 ms on an idle machine; several tests may run at once


def test_undo_restores_the_scorer_bit_for_bit(service):
    for number in range(4):
        before = service.update(number, example(number))
    service.update(9, example(9))
    assert service.update(9, None).others[0].weights == before.others[0].weights


def test_training_the_scorer_alone_ends_with_the_state_that_updates_gave(service):
    for number in range(4):
        kept = service.update(number, example(number))
    steps = list(service.train(CancelToken(), "scorer"))
    assert [s.learner for s in steps if isinstance(s, Update)] == ["scorer"]
    assert steps[-1].weights == kept.others[0].weights


def test_training_everything_gives_both_states(service):
    service.update(1, example(1))
    learners = [s.learner for s in service.train(CancelToken()) if isinstance(s, Update)]
    assert learners == ["selector", "scorer"]


def test_reasons_and_tastes_speak_of_the_text(service):
    for number in range(30):
        service.update(number, example(number))
    first, second = service.reasons("a query", REPLIES)
    assert sum(reason.amount for reason in first) > 0 > sum(reason.amount for reason in second)
    assert all(taste.words for taste in service.tastes())


def test_vectors_of_replies_that_are_learned_from_are_handed_out_to_be_kept(service):
    from assistant.personalization.learner import Policy

    service.expect("a query", REPLIES)
    service.update(1, example(1))
    choice = service.begin_choice("the next", Policy(drafts=2), 1)()
    assert {r.text for r in REPLIES} <= set(choice.vectors)
