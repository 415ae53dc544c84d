"""Rules come from what rankings say clearly, and live by rankings they were not made from."""

from __future__ import annotations

import random

from assistant.personalization.learner import Example, Reply
from assistant.personalization.rule_task import MEANING, KnownRule, RulesFound, RuleTask
from assistant.personalization.rules import (
    feature_evidence,
    find_rules,
    merge,
    probably_better,
    standard_steps,
)
from assistant.personalization.stated_pairs import pairs_of
from tests.personalization.word_embedder import WordEmbedder

TEMPLATES = {
    "feature:length:-1": "keep it short",
    "feature:length:+1": "go into detail",
    "feature:lists:+1": "use a list with one point per line",
    "feature:lists:-1": "write running text without any list",
}


def sentences(count: int, chance: random.Random) -> str:
    words = ("tea", "rain", "bread", "river", "stone", "music", "paper", "garden")
    return " ".join(f"The {chance.choice(words)} is near the {chance.choice(words)}."
                    for _ in range(count))  # fmt: skip


def listed(count: int, chance: random.Random) -> str:
    return "\n".join(f"- {sentences(1, chance)}" for _ in range(count))


def rankings(count: int, seed: int, *, turned: bool = False) -> tuple[Example, ...]:
    """A user who likes lists best and long running text least (or the other way round)."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        texts = [listed(3, chance), sentences(4, chance), sentences(9, chance)]
        order = [0, 1, 2]
        chance.shuffle(order)
        replies = tuple(Reply((), place, 0, texts[i]) for place, i in enumerate(order))
        tiers = tuple((order.index(i),) for i in range(3))
        tiers = tiers[::-1] if turned else tiers
        found.append(Example(1000 * seed + number, "what is near?", replies, tiers))
    return tuple(found)


def find(task: RuleTask) -> RulesFound:
    *_, last = find_rules(task, WordEmbedder())
    assert isinstance(last, RulesFound)
    return last


def test_a_clear_taste_becomes_a_rule_with_the_rankings_behind_it():
    found = find(RuleTask(rankings(25, 1), rankings(8, 2), TEMPLATES))
    alive = {rule.text: rule for rule in found.rules if rule.alive}
    assert "use a list with one point per line" in alive
    assert "go into detail" not in alive
    rule = alive["use a list with one point per line"]
    assert rule.right > 0.9 * rule.judged
    assert set(rule.evidence) <= {example.ranking_id for example in rankings(25, 1)}
    assert rule.evidence


def test_a_rule_that_held_out_rankings_contradict_does_not_live():
    found = find(RuleTask(rankings(25, 1), rankings(8, 2, turned=True), TEMPLATES))
    assert found.rules
    assert not any(rule.alive for rule in found.rules)


def test_no_ranking_makes_no_rule():
    assert find(RuleTask((), (), TEMPLATES)).rules == ()
    assert feature_evidence((), {}, ["length"]) == ()


def test_equal_tasks_give_equal_rules():
    task = RuleTask(rankings(12, 1), rankings(5, 2), TEMPLATES)
    assert find(task).rules == find(task).rules


def test_a_liked_tag_becomes_a_rule_and_a_disliked_one_does_not():
    tags = {"Brief": (2.0, 0.4, "be brief"), "Formal": (-2.0, 0.4, "be formal")}
    found = find(RuleTask(rankings(3, 1), rankings(3, 2), {}, tags))
    assert [(rule.text, rule.detector) for rule in found.rules] == [("be brief", "tag:Brief")]


def test_rules_that_say_the_same_are_merged_and_the_users_own_kept():
    same = KnownRule("use short plain words", MEANING, "distilled")
    again = KnownRule("words plain short use", MEANING, "distilled")
    own = KnownRule("use plain short words", MEANING, "own")
    kept, vectors = merge([same, again, own], WordEmbedder())
    assert kept == [own]
    assert set(vectors) == {own.text}


def test_a_rule_without_a_feature_is_judged_by_its_meaning():
    rule = KnownRule("speak of rivers and stones", MEANING, "own")
    found = find(RuleTask(rankings(3, 1), rankings(6, 2), {}, proposed=(rule,)))
    (judged,) = found.rules
    assert judged.judged > 0
    assert all(abs(sum(values[rule.text])) < 1e-9 for values in found.holds.values())


def test_features_are_centred_within_each_ranking():
    for rows in standard_steps(rankings(4, 1)).values():
        assert abs(rows.mean()) < 1.0
        assert rows.shape[0] == 3


def test_ties_and_partial_orders_state_only_the_pairs_they_state():
    replies = tuple(Reply(()) for _ in range(4))
    assert pairs_of(Example(1, "q", replies, ((0, 1),), (2, 3))) == [(0, 2), (0, 3), (1, 2), (1, 3)]
    assert pairs_of(Example(1, "q", replies, (), (0, 1, 2, 3))) == []


def test_one_lucky_pair_does_not_prove_a_rule():
    assert probably_better(1, 1) < 0.8 < probably_better(8, 10)
    assert probably_better(5, 10) < 0.51
