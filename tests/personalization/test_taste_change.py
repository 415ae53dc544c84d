"""Rankings before a change of taste count less; without a change all count alike."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Tag, TagKind
from assistant.personalization.learner import Example, Reply
from assistant.personalization.sparse_posterior import Mixture, Start, infer
from assistant.personalization.stages import build_stages
from assistant.personalization.tag_selector import TagSelector
from assistant.personalization.taste_change import rankings_count
from tests.personalization.word_embedder import WordEmbedder

TAGS = [Tag(f"Thing {i}", TagKind.INTEREST, f"speak of thing{i}") for i in range(30)]
PRIOR = Mixture(
    np.log([[0.75, 0.2, 0.05]]), np.array([[0, 1.5, -1.5]]), np.array([[0.01, 1.0, 1.0]])
)


def counted(wins):
    """The weights after duels of a tag against none, won or lost in this order."""
    stages = build_stages([[(0, 1)] if won else [(1, 0)] for won in wins], width=2)
    design = np.tile([[1.0], [0.0]], (len(wins), 1))
    return rankings_count(
        list(infer(design, stages, PRIOR, Start.from_prior(PRIOR)))[-1], PRIOR, design[:, :1]
    )


@pytest.mark.parametrize("wins", [[True], [True] * 40, ([True] * 4 + [False]) * 8])
def test_a_steady_taste_forgets_nothing(wins):
    assert counted(wins) is None


@pytest.mark.parametrize("later", [12, 24, 38])
def test_after_a_change_the_rankings_before_it_count_less(later):
    weights = counted([True] * 40 + [False] * later)
    assert weights is not None
    assert weights[:38].max() < 0.5
    assert weights[-later:].min() == 1.0


def learned(examples):
    selector = TagSelector(TAGS, WordEmbedder().embed([tag.instruction for tag in TAGS]))
    for _ in selector.learn(examples, CancelToken()):
        pass
    return selector


def turned(later):
    """Forty rankings with one tag first and another last, then some the other way round."""
    orders = [((0,), (1,), (2,))] * 40 + [((2,), (1,), (0,))] * later
    return {
        n: Example(
            n, "q", (Reply(("Thing 1",)), Reply((f"Thing {5 + n % 20}",)), Reply(("Thing 2",))), o
        )
        for n, o in enumerate(orders)
    }


@pytest.mark.parametrize("later", [12, 20, 30])
def test_tags_that_changed_places_are_believed_so_long_before_history_is_outweighed(later):
    liked = learned(turned(later)).liked("q")
    assert liked[2] > 2 * liked[1]


def test_undoing_what_changed_the_taste_restores_the_state_to_the_byte():
    selector = learned(turned(15))
    changed = selector.dump()
    for _ in selector.learn(turned(0), CancelToken()):
        pass
    assert selector.dump() == learned(turned(0)).dump() != changed
