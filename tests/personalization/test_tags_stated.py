"""A style asked for in the interview is used from the first query on, until it is disproved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Tag, TagKind
from assistant.personalization.learner import Example, Policy, Reply
from assistant.personalization.tag_choice import LIKELY, choose_tag_sets
from assistant.personalization.tag_selector import TagSelector
from tests.personalization.word_embedder import WordEmbedder

LIBRARY = [
    *(Tag(f"Thing {i}", TagKind.INTEREST, f"speak of thing{i}") for i in range(20)),
    Tag("Brief", TagKind.STYLE, "be brief", opposite="Thorough"),
    Tag("Thorough", TagKind.STYLE, "be thorough", opposite="Brief"),
    *(Tag(f"Style {i}", TagKind.STYLE, f"be style{i}") for i in range(20)),
]


OPPOSITE = {tag.name: tag.opposite for tag in LIBRARY if tag.opposite}


def selector_of(*stated: str, against: int = 0) -> TagSelector:
    """After an answer for each, and as many rankings that the first one loses to another style."""
    tags = [replace(tag, stated=tag.name in stated) for tag in LIBRARY]
    selector = TagSelector(tags, WordEmbedder().embed([tag.instruction for tag in tags]))
    lost = (Reply(stated[:1]), Reply(("Style 0",)))
    examples = {n: Example(n, f"query {n}", lost, ((1,), (0,))) for n in range(against)}
    for n, name in enumerate(stated, start=1):
        options = (Reply((name,)), Reply((OPPOSITE[name],)))
        examples[-n] = Example(-n, "", options, ((0,),), (1,))
    for _ in selector.learn(examples, CancelToken()):
        pass
    return selector


def liked(selector: TagSelector, name: str) -> float:
    return float(selector.liked("")[[tag.name for tag in LIBRARY].index(name)])


@pytest.mark.parametrize(("said", "other"), [("Brief", "Thorough"), ("Thorough", "Brief")])
def test_what_is_asked_for_is_likely_and_in_the_first_reply(said: str, other: str) -> None:
    selector = selector_of(said)
    assert liked(selector, said) >= LIKELY
    assert liked(selector, other) < liked(selector_of(), other) / 5
    assert liked(selector, "Style 1") == pytest.approx(liked(selector_of(), "Style 1"))
    for seed in range(5):
        sets = choose_tag_sets(selector, "q", Policy(3, 1, 1), seed)
        assert said in sets[0].tags
        assert not any(other in chosen.tags for chosen in sets)
    wanted, unwanted = selector.utilities("q", [Reply((said,)), Reply((other,))])
    assert wanted > unwanted + 1


def test_rankings_can_disprove_it() -> None:
    assert liked(selector_of("Brief", against=1), "Brief") < liked(selector_of("Brief"), "Brief")
    assert liked(selector_of("Brief", against=8), "Brief") < LIKELY


def test_asking_for_both_of_two_opposites_says_nothing() -> None:
    both = selector_of("Brief", "Thorough")
    assert liked(both, "Brief") == pytest.approx(liked(both, "Thorough"), abs=0.01)
    assert liked(both, "Brief") < LIKELY
