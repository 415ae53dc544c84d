"""The learners behind their one seam, in this process."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.model import Tag, TagKind
from assistant.personalization.learner import PREMIUM_EMBED, Example, Policy, Reply, Selected
from assistant.personalization.service import LearnerService
from tests.personalization.word_embedder import WordEmbedder

TAGS = (
    Tag("Baking", TagKind.INTEREST, "Draw on baking."),
    Tag("Outdoors", TagKind.INTEREST, "Draw on the outdoors."),
    Tag("Brief", TagKind.STYLE, "Be brief."),
)


def example(number: int) -> Example:
    replies = (Reply(("Baking", "Brief")), Reply(("Outdoors",)))
    return Example(number, f"Query {number}?", replies, ((0,), (1,)))


def service(rankings: int, name: str = "bayesian") -> LearnerService:
    made = LearnerService(WordEmbedder(), Path())
    made.start(TAGS, {n: example(n) for n in range(rankings)}, {}, Selected(name))
    return made


def test_looking_back_gives_what_was_known_then_to_the_bit() -> None:
    now = service(6)
    assert now.weights_after(6) == now.weights()
    assert now.weights_after(2) == service(2).weights()
    assert now.weights_after(0) == service(0).weights()


def test_a_query_asked_before_this_process_began_counts_as_if_it_had_been_known_all_along() -> None:
    late, known = service(3), service(4)
    late.weights()  # built before the ranking of the fourth query, which was asked long ago
    late.update(3, example(3))
    assert late.weights() == known.weights()
    replies = (Reply(("Baking",), text="Bread."), Reply(("Outdoors",), text="Woods."))
    known.begin_choice("Where is bread?", Policy(drafts=2), 1)()
    assert late.expect("Where is bread?", replies) == known.expect("Where is bread?", replies)


def test_what_was_only_expected_never_leaves_and_what_is_learned_from_is_handed_out_once() -> None:
    made = service(0)
    made.begin_choice("One?", Policy(drafts=2), 1)()
    passing = (Reply((), text="of a temporary chat"), Reply((), text="likewise"))
    made.expect("A temporary one?", passing)
    assert set(made.begin_choice("Two?", Policy(drafts=2), 2)().vectors) == {"Two?"}
    kept = Example(1, "Two?", (Reply((), text="a reply"), Reply((), text="another")), ((0,), (1,)))
    made.expect("Two?", kept.replies)
    made.update(1, kept)
    found = made.begin_choice("Three?", Policy(drafts=2), 3)().vectors
    assert set(found) == {"Two?", "a reply", "another", "Three?"}
    assert set(made.begin_choice("Four?", Policy(drafts=2), 4)().vectors) == {"Four?"}


def test_looking_back_leaves_what_is_known_now_untouched() -> None:
    now = service(6)
    before = now.weights()
    now.weights_after(1)
    assert now.weights() == before


def test_one_does_not_look_back_where_learning_anew_takes_minutes() -> None:
    assert service(6, PREMIUM_EMBED).weights_after(3) == ()
