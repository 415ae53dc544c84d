"""What the chat model is asked, what may come out, and what becomes of it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from assistant.domain.model import Origin, Tag, TagKind
from assistant.personalization.learner import Example, Policy, Reply
from assistant.personalization.premium_prompt import (
    HISTORY,
    MOST_TAGS,
    Ask,
    history_prompt,
    infer_tag_sets,
    offer,
    read_tag,
    tag_grammar,
    tail,
)

TAGS = (
    *(Tag(name, TagKind.INTEREST, f"speak of {name}") for name in ("Tea", "Chess", "Jazz")),
    Tag("Brief", TagKind.STYLE, "be brief", opposite="Thorough"),
    Tag("Thorough", TagKind.STYLE, "be thorough", opposite="Brief"),
)
REPLIES = (Reply(("Tea", "Brief")), Reply(("Chess",)), Reply(()))
RANKED = Example(1, "How do I relax?", REPLIES, ((1,), (0, 2)))


class Model:
    """Writes what it was given, and remembers what it was asked."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.asked: list[tuple[str, list[Ask]]] = []

    def __call__(self, prompt: str, asks: Sequence[Ask]) -> list[str]:
        self.asked.append((prompt, list(asks)))
        return [self.texts.pop(0) if self.texts else "" for _ in asks]


def infer(model: Model, policy: Policy, tags: Sequence[Tag] = TAGS, seed: int = 1):
    return infer_tag_sets(tags, "What now?", [RANKED], policy, model, random.Random(seed))


def test_the_prompt_names_the_library_and_the_latest_rankings_best_first():
    rankings = [Example(n, f"query {n}", REPLIES, ((1,),), (0, 2)) for n in range(HISTORY + 3)]
    prompt = history_prompt(TAGS, rankings)
    assert "Interests: Tea, Chess, Jazz." in prompt
    assert "Styles: Brief, Thorough." in prompt
    assert "1. Chess\nworse: Tea, Brief / no tags" in prompt
    assert "query 3" in prompt
    assert "query 2" not in prompt


def test_ties_and_all_bad_are_told():
    assert "2. Tea, Brief / no tags" in history_prompt(TAGS, [RANKED])
    bad = Example(1, "q", REPLIES, ())
    assert "none was good: Tea, Brief / Chess / no tags" in history_prompt(TAGS, [bad])


def test_a_long_query_is_cut_and_put_on_one_line():
    asked = tail("why\nnot\n" * 200, TagKind.INTEREST, TAGS[:1])
    assert asked.startswith("New query: why not why not")
    assert len(asked) < 400
    assert "Chosen already: Tea." in asked


def test_the_grammar_holds_every_name_once_and_quotes_what_must_be():
    odd = Tag('Say "a\\b"', TagKind.INTEREST, "x")
    assert tag_grammar(TAGS[:2]) == 'root ::= "Tea" | "Chess"'
    assert tag_grammar([odd]) == 'root ::= "Say \\"a\\\\b\\""'


@pytest.mark.parametrize(
    ("text", "name"),
    [("Tea", "Tea"), (" chess ", "Chess"), ("Ja", "Jazz"), ("", None), ("Go", None)],
)
def test_a_tag_is_read_by_its_name_or_by_a_beginning_that_only_it_has(text, name):
    found = read_tag(text, TAGS)
    assert (found.name if found else None) == name


def test_each_draft_gets_its_own_tags_as_the_model_writes_them():
    model = Model("Tea", "Chess", "Jazz", "Tea", "Brief", "Thorough")
    sets = infer(model, Policy(drafts=2, interests=2, styles=1, plain_share=0.0))
    assert [chosen.tags for chosen in sets] == [
        ("Tea", "Jazz", "Brief"),
        ("Chess", "Tea", "Thorough"),
    ]
    assert {chosen.origin for chosen in sets} == {Origin.EXPLOIT}
    assert len(model.asked) == 3
    assert len({prompt for prompt, _ in model.asked}) == 1
    second = model.asked[1][1][0]
    assert "Chosen already: Tea." in second.tail
    assert '"Tea"' not in second.grammar


def test_what_the_model_leaves_open_is_drawn_by_chance_from_what_is_free():
    found = {
        chosen.tags
        for seed in range(30)
        for chosen in infer(Model(), Policy(2, interests=1, styles=0, plain_share=0.0), seed=seed)
    }
    assert found == {("Tea",), ("Chess",), ("Jazz",)}


def test_no_tag_comes_twice_and_no_two_opposites_even_if_more_is_wanted_than_there_is():
    sets = infer(Model(), Policy(drafts=3, interests=9, styles=9, plain_share=0.0))
    for chosen in sets:
        assert sorted(chosen.tags)[-3:] != ["Brief", "Thorough"]
        assert len(chosen.tags) == len(set(chosen.tags)) == 4


def test_pinned_tags_are_always_in_and_banned_ones_never_offered():
    pinned = Tag("Tea", TagKind.INTEREST, "x", pinned=True)
    banned = Tag("Chess", TagKind.INTEREST, "x", banned=True)
    model = Model()
    sets = infer(
        model, Policy(2, interests=2, styles=0, plain_share=0.0), (pinned, banned, *TAGS[2:])
    )
    assert [chosen.tags for chosen in sets] == [("Tea", "Jazz"), ("Tea", "Jazz")]
    assert "Chess" not in model.asked[0][0].split("Earlier rankings")[0]


def test_now_and_then_the_last_draft_is_plain():
    policy = Policy(drafts=3, interests=1, styles=0, plain_share=0.5)
    last = [infer(Model(), policy, seed=seed)[-1].origin for seed in range(40)]
    assert 10 <= last.count(Origin.PLAIN) <= 30


def test_equal_sets_are_more_likely_ones():
    model = Model("Tea", "Tea", "Jazz", "Tea")
    sets = infer(model, Policy(4, interests=1, styles=0, plain_share=0.0))
    assert [chosen.propensity for chosen in sets] == [0.75, 0.75, 0.25, 0.75]


def test_of_a_large_library_those_shown_lately_are_offered_and_others_by_chance():
    many = [Tag(f"Tag {i}", TagKind.INTEREST, "x") for i in range(2 * MOST_TAGS)]
    shown = Example(1, "q", (Reply(("Tag 7",)), Reply((f"Tag {len(many) - 1}",))), ((0,), (1,)))
    for seed in range(5):
        names = [tag.name for tag in offer(many, [shown], random.Random(seed))]
        assert len(set(names)) == MOST_TAGS
        assert {"Tag 7", f"Tag {len(many) - 1}"} <= set(names)
