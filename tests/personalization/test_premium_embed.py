"""The published selector: what it learns, what it keeps, and how it composes real drafts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Origin, Tag, TagKind
from assistant.personalization.embedder import EMBEDDER
from assistant.personalization.learner import Example, Policy, Reply
from assistant.personalization.premium_choice import PremiumSelector
from assistant.personalization.premium_embed import PremiumEmbed
from assistant.personalization.premium_encoders import FineTunedEncoder, FrozenEncoder
from assistant.personalization.replay import Schedule
from tests.personalization.word_embedder import WordEmbedder

MODELS = Path(__file__).resolve().parents[2] / "models"
TAGS = (
    *(
        Tag(name, TagKind.INTEREST, f"speak of {name}")
        for name in ("Tea", "Chess", "Jazz", "Rugby")
    ),
    Tag("Brief", TagKind.STYLE, "be brief", opposite="Thorough"),
    Tag("Thorough", TagKind.STYLE, "be thorough", opposite="Brief"),
)
SCHEDULE = Schedule(4, None, 2, 6, 6, entropy=4e-3, learning_rate=1e-2)


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """Matrices this small are slower on several threads."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def frozen(schedule: Schedule = SCHEDULE, tags: tuple[Tag, ...] = TAGS) -> PremiumSelector:
    return PremiumSelector(tags, lambda: FrozenEncoder(WordEmbedder().embed, 64), schedule)


def likes_chess(count: int) -> dict[int, Example]:
    names = ("Tea", "Jazz", "Rugby")
    return {
        n: Example(n, f"query {n}", (Reply((names[n % 3],)), Reply(("Chess",))), ((1,),), (0,))
        for n in range(count)
    }


def fit(learner: PremiumEmbed, examples: dict[int, Example]) -> int:
    return len(list(learner.learn(examples, CancelToken())))


def test_nothing_is_learned_before_the_buffer_is_full_and_then_an_epoch_at_a_time():
    learner = frozen()
    steps = [fit(learner, likes_chess(n)) for n in range(1, 8)]
    assert steps == [0, 0, 0, 6, 0, 6, 0]
    assert learner.epochs == 2


def test_learning_step_by_step_equals_learning_at_once():
    gradual = frozen()
    for count in range(1, 9):
        fit(gradual, likes_chess(count))
    at_once = frozen()
    fit(at_once, likes_chess(8))
    assert gradual.dump() == at_once.dump()


def test_a_run_that_is_dropped_half_way_leaves_the_old_state_and_can_be_repeated():
    learner, other = frozen(), frozen()
    fit(learner, likes_chess(4))
    before = learner.dump()
    run = learner.learn(likes_chess(8), CancelToken())
    for _ in range(3):
        next(run)
    run.close()
    assert learner.dump() == before
    fit(learner, likes_chess(8))
    fit(other, likes_chess(8))
    assert learner.dump() == other.dump()


def test_a_loaded_state_expects_the_same_and_goes_on():
    learner, other = frozen(), frozen()
    fit(learner, likes_chess(8))
    other.load(learner.dump())
    replies = [Reply((tag.name,)) for tag in TAGS]
    expected = learner.utilities("query 1", replies)
    assert other.utilities("query 1", replies) == pytest.approx(expected, abs=0.01)
    assert fit(other, likes_chess(8)) == 0
    assert fit(other, likes_chess(10)) == 6


def test_a_broken_state_is_refused():
    learner = frozen()
    fit(learner, likes_chess(4))
    shorter = frozen(tags=TAGS[:4])
    with pytest.raises(ValueError, match="another tag library"):
        shorter.load(learner.dump())
    small = PremiumEmbed(TAGS, lambda: FrozenEncoder(WordEmbedder(8).embed, 8), SCHEDULE)
    with pytest.raises(ValueError, match="wrong shape"):
        small.load(learner.dump())


def test_one_draft_follows_what_is_learned_and_the_others_are_random():
    learner = frozen(Schedule(4, None, 1, 12, 6, entropy=0.0, learning_rate=3e-2))
    fit(learner, likes_chess(16))
    policy = Policy(drafts=3, interests=1, styles=0, plain_share=0.0)
    first: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for seed in range(60):
        sets = learner.choose("query 1", policy, seed)
        assert [chosen.origin for chosen in sets] == [Origin.EXPLOIT, *2 * [Origin.EXPLORE]]
        first[sets[0].tags[0]] += 1
        others.update(chosen.tags[0] for chosen in sets[1:])
    assert first["Chess"] > 45
    assert max(others.values()) < 60
    assert set(others) == {"Tea", "Chess", "Jazz", "Rugby"}


def test_the_users_own_rules_hold_for_the_published_choice():
    pinned = Tag("Tea", TagKind.INTEREST, "speak of Tea", pinned=True)
    banned = Tag("Chess", TagKind.INTEREST, "speak of Chess", banned=True)
    learner = frozen(tags=(pinned, banned, *TAGS[2:]))
    policy = Policy(drafts=4, interests=2, styles=2, plain_share=0.5)
    plain = 0
    for seed in range(40):
        sets = learner.choose("a query", policy, seed)
        assert len(sets) == 4
        for chosen in sets:
            assert 0 < chosen.propensity <= 1
            if chosen.origin is Origin.PLAIN:
                plain += 1
                continue
            assert "Tea" in chosen.tags
            assert "Chess" not in chosen.tags
            assert not {"Brief", "Thorough"} <= set(chosen.tags)
    assert 10 <= plain <= 30


def test_the_weights_show_the_liked_tag_on_top():
    learner = frozen()
    fit(learner, likes_chess(16))
    weights = learner.weights(Policy(drafts=3, interests=1))
    assert max(weights, key=lambda weight: weight.weight).name == "Chess"
    assert sum(weight.probability for weight in weights[:4]) == pytest.approx(1.0)


@pytest.mark.skipif(
    not (MODELS / EMBEDDER / "model.safetensors").is_file(), reason="MiniLM is not fetched"
)
def test_all_weights_of_minilm_are_trained_and_kept_in_fifty_megabytes():
    schedule = Schedule(3, None, 1, 2, 4, entropy=4e-3)
    learner = PremiumEmbed(TAGS, lambda: FineTunedEncoder(MODELS), schedule)
    replies = [Reply((tag.name,)) for tag in TAGS]
    unlearned = np.array(learner.utilities("query 1", replies))
    fit(learner, likes_chess(4))
    learned = np.array(learner.utilities("query 1", replies))
    assert (learned - unlearned)[1] == max(learned - unlearned)
    state = learner.dump()
    assert 40e6 < len(state) < 50e6
    other = PremiumEmbed(TAGS, lambda: FineTunedEncoder(MODELS), schedule)
    other.load(state)
    assert other.utilities("query 1", replies) == pytest.approx(learned, abs=0.02)
    assert other.dump() == state
