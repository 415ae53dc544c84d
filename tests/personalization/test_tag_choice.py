"""Tag sets: composition, pins and bans, exploring and plain drafts, selection probability."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Origin, Tag, TagKind
from assistant.personalization.learner import Example, Policy, Reply
from assistant.personalization.tag_choice import LIKELY, choose_tag_sets, probabilities
from assistant.personalization.tag_fit import SURE
from assistant.personalization.tag_selector import TagSelector
from tests.personalization.word_embedder import WordEmbedder

INTERESTS = [Tag(f"Thing {i}", TagKind.INTEREST, f"speak of thing{i}") for i in range(60)]
STYLES = [
    Tag("Brief", TagKind.STYLE, "be brief", opposite="Thorough"),
    Tag("Thorough", TagKind.STYLE, "be thorough", opposite="Brief"),
    Tag("Plain", TagKind.STYLE, "use plain words", opposite="Technical"),
    Tag("Technical", TagKind.STYLE, "use technical words", opposite="Plain"),
]


def selector_of(tags):
    return TagSelector(tags, WordEmbedder().embed([tag.instruction for tag in tags]))


def test_one_draft_exploits_and_the_others_explore_with_other_tags():
    sets = choose_tag_sets(selector_of([*INTERESTS, *STYLES]), "q", Policy(3, plain_share=0), 1)
    assert [chosen.origin for chosen in sets] == [Origin.EXPLOIT, Origin.EXPLORE, Origin.EXPLORE]
    assert all(len(chosen.tags) == 3 for chosen in sets)
    assert all(0 < chosen.propensity <= 1 for chosen in sets)
    assert len({tag for chosen in sets for tag in chosen.tags}) >= 7


def fond_of_thing_5(rankings):
    """A selector after rankings won by one tag."""
    selector = selector_of([*INTERESTS, *STYLES])
    examples = {}
    for ranking in range(rankings):
        others = [f"Thing {(ranking * 3 + i) % 50 + 8}" for i in range(3)]
        replies = (Reply((others[0],)), Reply(("Thing 5", others[1])), Reply((others[2],)))
        examples[ranking] = Example(ranking, "q", replies, ((1,),), (0, 2))
    for _ in selector.learn(examples, CancelToken()):
        pass
    return selector


def test_what_is_surely_liked_leaves_the_other_drafts_free_until_nothing_else_may_be():
    policy = Policy(3, 2, plain_share=0)

    def drafts_with_it(selector):
        assert selector.liked("q")[5] >= SURE
        sets = [choose_tag_sets(selector, "q", policy, seed) for seed in range(20)]
        return [sum("Thing 5" in drafts[d].tags for drafts in sets) for d in range(3)]

    first, second, third = drafts_with_it(fond_of_thing_5(rankings=9))
    assert first == 20
    assert second + third <= 5
    assert sum(drafts_with_it(fond_of_thing_5(rankings=24))) >= 35


def test_a_plain_draft_appears_as_often_as_asked_once_guidance_is_expected_to_help():
    selector = fond_of_thing_5(rankings=9)
    drafts = [
        choose_tag_sets(selector, "q", Policy(3, plain_share=0.3), seed) for seed in range(60)
    ]
    assert all("Thing 5" in sets[0].tags for sets in drafts)
    assert 8 <= sum(sets[2].origin is Origin.PLAIN for sets in drafts) <= 28
    assert all(c.tags for c in choose_tag_sets(selector, "q", Policy(2, plain_share=1.0), 1))


def test_before_anything_is_known_the_first_draft_has_no_guidance_and_the_others_explore():
    selector = selector_of([*INTERESTS, *STYLES])
    for seed in range(20):
        first, *others = choose_tag_sets(selector, "q", Policy(3, plain_share=0.3), seed)
        assert (first.tags, first.origin) == ((), Origin.EXPLOIT)
        assert all(len(other.tags) == 3 and other.origin is Origin.EXPLORE for other in others)
    # unless every reply shall be guided
    assert all(c.tags for c in choose_tag_sets(selector, "q", Policy(3, plain_share=0), 1))


def origins_of_last(selector, policy):
    return {choose_tag_sets(selector, "q", policy, seed)[-1].origin for seed in range(20)}


def test_the_last_draft_is_plain_at_times_only_where_the_first_one_carries_something():
    pinned = selector_of([replace(INTERESTS[0], pinned=True), *INTERESTS[1:], *STYLES])
    assert origins_of_last(pinned, Policy(3, plain_share=0.5)) == {Origin.EXPLORE, Origin.PLAIN}
    selector = fond_of_thing_5(rankings=9)
    assert origins_of_last(selector, Policy(3, interests=0, plain_share=0.5)) == {Origin.EXPLORE}


def test_until_something_is_likely_the_second_draft_has_the_most_promising_tags():
    selector = fond_of_thing_5(rankings=1)
    assert selector.liked("q")[5] < LIKELY
    for seed in range(20):
        first, second, third = choose_tag_sets(selector, "q", Policy(3, 1, plain_share=0.3), seed)
        assert (first.tags, second.origin) == ((), Origin.EXPLORE)
        assert {"Thing 5", "Thing 9"} & set(second.tags)  # both were in the reply that won
        assert third.tags
    (only,) = choose_tag_sets(selector, "q", Policy(1), 1)
    assert only.tags == ()
    likely = probabilities(selector, Policy(3, 1))  # one draft of three follows one of these two
    assert likely[5] + likely[9] == pytest.approx(1 / 3, abs=0.1)


def test_pinned_tags_are_always_there_and_banned_ones_never():
    pinned = replace(INTERESTS[7], pinned=True)
    banned = [replace(tag, banned=True) for tag in INTERESTS[8:]]
    tags = [*INTERESTS[:7], pinned, *banned, *STYLES]
    for seed in range(20):
        for chosen in choose_tag_sets(selector_of(tags), "q", Policy(3, plain_share=0), seed):
            assert pinned.name in chosen.tags
            assert not {tag.name for tag in banned} & set(chosen.tags)


def test_opposite_styles_never_meet_in_one_set():
    for seed in range(30):
        policy = Policy(3, interests=0, styles=2, plain_share=0)
        for chosen in choose_tag_sets(selector_of(STYLES), "q", policy, seed):
            assert not {"Brief", "Thorough"} <= set(chosen.tags)
            assert not {"Plain", "Technical"} <= set(chosen.tags)


def test_a_preferred_tag_is_chosen_at_least_five_times_as_often_after_twelve_rankings():
    policy = Policy(3)
    before = probabilities(selector_of([*INTERESTS, *STYLES]), policy)[5]
    selector = fond_of_thing_5(rankings=12)
    assert before == pytest.approx(2 / 60, rel=0.5)
    assert probabilities(selector, policy)[5] >= 5 * before


def test_all_bad_lowers_every_tag_that_was_used():
    selector = selector_of([*INTERESTS, *STYLES])
    replies = (Reply(("Thing 1",), length=900), Reply(("Thing 2",)))
    for _ in selector.learn({1: Example(1, "q", replies, ())}, CancelToken()):
        pass
    assert selector.mean[1] < 0
    assert selector.mean[2] < 0
    assert abs(selector.mean[40]) < abs(selector.mean[1]) / 2  # words in common, no more
