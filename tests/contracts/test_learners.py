"""What every learner must do; a new learner is tested the day it is listed in LEARNERS."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Tag, TagKind
from assistant.personalization.learner import Example, Learner, Reply
from assistant.personalization.premium_embed import PremiumEmbed
from assistant.personalization.premium_encoders import FrozenEncoder
from assistant.personalization.replay import Schedule
from assistant.personalization.reply_scorer import ReplyScorer
from assistant.personalization.scorer_prior import flat_prior
from assistant.personalization.tag_selector import TagSelector
from tests.personalization.word_embedder import WordEmbedder

TAGS = tuple(Tag(f"Tag {i}", TagKind.INTEREST, f"speak of thing{i}") for i in range(20))
LIKED = "Tag 3"


def build_selector() -> Learner:
    return TagSelector(TAGS, WordEmbedder().embed([tag.instruction for tag in TAGS]))


def build_premium() -> Learner:
    """The published method on fixed vectors, which makes it fast, with a small buffer."""
    schedule = Schedule(5, None, 1, 8, 10, entropy=4e-3, learning_rate=1e-2)
    return PremiumEmbed(TAGS, lambda: FrozenEncoder(WordEmbedder().embed, 64), schedule)


def build_scorer() -> Learner:
    return ReplyScorer(flat_prior(), {})


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """Matrices this small are slower on several threads."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


LEARNERS = [build_selector, build_premium, build_scorer]


def reply_with(*tags: str, place: int = 0) -> Reply:
    """A reply that shows its tags: the liked one as a list, any other as prose."""
    if LIKED in tags:
        text = "- First this.\n- Then that.\n- At last the rest."
    else:
        text = " ".join(f"A plain sentence comes of {tag}." for tag in tags)
    return Reply(tags, place, len(text), text)


def planted(rankings: int, *, seed: int = 1, shift: int = 0) -> dict[int, Example]:
    """Rankings of a user who always puts the reply with the liked tag first."""
    chance = np.random.default_rng(seed)
    examples = {}
    for ranking in range(rankings):
        others = [f"Tag {i}" for i in chance.choice([0, 1, 2, *range(4, 20)], 4, replace=False)]
        replies = (
            reply_with(others[0], others[1], place=shift % 3),
            reply_with(LIKED, others[2], place=(1 + shift) % 3),
            reply_with(others[3], place=(2 + shift) % 3),
        )
        examples[ranking] = Example(ranking, "a query", replies, ((1,),), (0, 2))
    return examples


def fit(learner: Learner, examples: dict[int, Example]) -> Learner:
    for _ in learner.learn(examples, CancelToken()):
        pass
    return learner


@pytest.fixture(params=LEARNERS)
def build(request):
    return request.param


def test_equal_examples_give_equal_bytes(build):
    assert fit(build(), planted(5)).dump() == fit(build(), planted(5)).dump()


def test_a_dumped_state_is_taken_over_exactly(build):
    learner = fit(build(), planted(5))
    other = build()
    other.load(learner.dump())
    assert other.dump() == learner.dump()


def test_a_state_of_another_library_is_refused(build):
    other = TagSelector(TAGS[:5], WordEmbedder().embed([t.instruction for t in TAGS[:5]]))
    with pytest.raises(ValueError, match=r"another tag library|not that of a reply scorer"):
        build().load(other.dump())


def test_forgetting_an_example_restores_the_state_bit_for_bit(build):
    learner = fit(build(), planted(5))
    before = learner.dump()
    fit(learner, planted(6))
    assert learner.dump() != before
    assert fit(learner, planted(5)).dump() == before


def test_a_cancelled_fit_keeps_the_old_state(build):
    learner = fit(build(), planted(5))
    before = learner.dump()
    cancel = CancelToken()
    for _ in learner.learn(planted(9), cancel):
        cancel.cancel()
    assert learner.dump() == before


def test_the_place_shown_plays_no_part_in_what_is_expected(build):
    learner = fit(build(), planted(8))
    expected = {
        learner.utilities(
            "a query", [reply_with(LIKED, place=place), reply_with("Tag 7", place=2 - place)]
        )
        for place in (0, 1, 2)
    }
    assert len(expected) == 1


def test_a_planted_taste_is_found_after_a_dozen_rankings(build):
    learner = fit(build(), planted(12))
    replies = [reply_with(tag.name) for tag in TAGS]
    utilities = learner.utilities("another query", replies)
    assert int(np.argmax(utilities)) == 3
    assert int(np.argmax(build().utilities("another query", replies))) != 3
