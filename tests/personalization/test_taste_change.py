"""Rankings before a change of taste count less; without a change all count alike."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Tag, TagKind
from assistant.personalization.embedder import WordEmbedder
from assistant.personalization.learner import Example, Reply
from assistant.personalization.sparse_posterior import Mixture, infer
from assistant.personalization.stages import build_stages
from assistant.personalization.tag_selector import TagSelector
from assistant.personalization.taste_change import rankings_count

TAGS = [Tag(f"Thing {i}", TagKind.INTEREST, f"speak of thing{i}") for i in range(30)]


def fitted(wins):
    """A fit to duels of a tag against none, won or lost in this order."""
    stages = build_stages([[(0, 1)] if won else [(1, 0)] for won in wins], width=2)
    prior = Mixture(np.log([[0.75, 0.2, 0.05]]), np.array([[0, 1.5, -1.5]]), np.ones((1, 3)))
    return list(infer(np.tile([[1.0], [0.0]], (len(wins), 1)), stages, prior))[-1]


def test_a_steady_taste_forgets_nothing():
    assert rankings_count(fitted([True] * 40), 1) is None
    assert rankings_count(fitted(([True] * 4 + [False]) * 8), 1) is None
    assert rankings_count(fitted([]), 1) is None


def test_after_a_change_the_rankings_before_it_count_less():
    weights = rankings_count(fitted([True] * 40 + [False] * 12), 1)
    assert weights is not None
    assert weights[:38].max() < 0.5
    assert (weights[-12:] == 1.0).all()


def example(number, winner):
    others = [f"Thing {10 + (3 * number + i) % 20}" for i in range(3)]
    replies = (Reply((others[0],)), Reply((winner, others[1])), Reply(("Thing 1", "Thing 2")))
    order = ((1,), (2,), (0,)) if winner == "Thing 3" else ((1,), (0,), (2,))
    return Example(number, "q", replies, order)


def learned(examples):
    selector = TagSelector(TAGS, WordEmbedder().embed([tag.instruction for tag in TAGS]))
    for _ in selector.learn(examples, CancelToken()):
        pass
    return selector


def test_undoing_what_changed_the_taste_restores_the_state_to_the_byte():
    before = {n: example(n, "Thing 3") for n in range(25)}
    changed = before | {n: example(n, "Thing 4") for n in range(25, 40)}
    selector = learned(changed)
    for _ in selector.learn(before, CancelToken()):
        pass
    assert selector.dump() == learned(before).dump()
    assert selector.dump() != learned(changed).dump()


@pytest.mark.parametrize("later", [10, 15])
def test_a_tag_that_turned_from_best_to_worst_is_given_up_sooner_than_its_history_says(later):
    rounds = [((0,), (1,), (2,))] * 40 + [((2,), (1,), (0,))] * later
    examples = {
        n: Example(
            n,
            "q",
            (Reply(("Thing 1",)), Reply((f"Thing {5 + n % 20}",)), Reply(("Thing 2",))),
            order,
        )
        for n, order in enumerate(rounds)
    }
    liked = learned(examples).liked("q")
    assert liked[2] > liked[1]
