"""Rules reach the prompt of some candidates and not of others, so that their worth is seen."""

from __future__ import annotations

import hashlib
import random

import pytest
from makers import AskRound, MakeServices

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Origin, Rule, RuleId
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.agent_words import read_rules
from assistant.personalization.learner import ChosenTags
from assistant.usecases.agent import AGENT, agent_file, model_mark
from assistant.usecases.rule_choice import share_out
from assistant.usecases.rules import add_rule, edit_rule, list_rules, remove_rule, set_rule
from assistant.usecases.services import Services

RULES = ("keep it short", "give a concrete example")


def found(text: str, right: float) -> Rule:
    return Rule(RuleId(0), text, "feature", f"feature:{text}:+1", (1,), right, 10, alive=True)


def test_an_own_rule_stands_in_the_prompt_of_the_exploiting_draft(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    backend = ScriptedBackend()
    services = make_services(backend)
    add_rule(services, text="Speak like a pirate.")
    round_ = ask_round(services)
    ruled = [c for c in round_.candidates if c.guidance.rules]
    assert ruled
    assert all(c.guidance.rules == ("Speak like a pirate",) for c in ruled)
    asked = [draft.guidance for draft in backend.requests[-1].drafts]
    assert sum("Speak like a pirate" in text for text in asked) == len(ruled)


def test_without_rules_nothing_changes(services: Services, ask_round: AskRound) -> None:
    assert all(c.guidance.rules == () for c in ask_round(services).candidates)


def test_a_banned_rule_reaches_no_prompt_and_three_are_enough(
    services: Services, ask_round: AskRound
) -> None:
    rules = [found(f"rule {n}", 9.0 - n) for n in range(5)]
    services.store.run(lambda db: db.rules.keep_found(rules, 1.0))
    best = next(rule for rule in list_rules(services) if rule.text == "rule 0")
    set_rule(services, rule_id=best.id, banned=True)
    given = {c.guidance.rules for c in ask_round(services).candidates} - {()}
    assert given == {("rule 1", "rule 2", "rule 3")}


def test_a_plain_draft_never_has_rules_and_exploring_ones_half_the_time() -> None:
    sets = [
        ChosenTags(("a",), Origin.EXPLOIT, 1.0),
        *[ChosenTags(("b",), Origin.EXPLORE, 0.4)] * 200,
        ChosenTags((), Origin.PLAIN, 0.2),
    ]
    shared = share_out(sets, RULES, random.Random(1))
    assert shared[0] == (sets[0], RULES)
    assert shared[-1] == (sets[-1], ())
    exploring = shared[1:-1]
    assert 70 < sum(bool(rules) for _, rules in exploring) < 130
    assert all(chosen.propensity == 0.2 for chosen, _ in exploring)


def test_the_agent_can_only_write_rules_that_live() -> None:
    assert read_rules("give a concrete example\nlie\nkeep it short", RULES) == RULES[::-1]


def test_the_agent_is_given_the_rules_that_live_and_no_others(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    backend = ScriptedBackend([RULES[1]])
    services = make_services(backend)
    rules = [found(text, 9.0) for text in (*RULES, "be cold")]
    services.store.run(lambda db: db.rules.keep_found(rules, 1.0))
    banned = next(rule for rule in list_rules(services) if rule.text == "be cold")
    set_rule(services, rule_id=banned.id, banned=True)
    model = {"model": model_mark(backend.info().sha256)}
    services.store.run(lambda db: db.snapshots.activate(AGENT, b"adapter", 1, model, 1.0))
    file = agent_file(hashlib.sha256(b"adapter").hexdigest(), services.paths.cache)
    file.parent.mkdir(parents=True)
    file.write_bytes(b"written before")
    round_ = ask_round(services)
    (asked,) = [request for request in backend.requests if request.agent]
    assert asked.lines is not None
    assert set(asked.lines.choices) == set(RULES)
    assert asked.lines.most == 3
    assert {c.guidance.rules for c in round_.candidates} <= {(), (RULES[1],)}


@pytest.mark.parametrize("text", ["", " \n ", "\u202e\u200b", "x" * 200])
def test_what_is_no_rule_is_refused(services: Services, text: str) -> None:
    with pytest.raises(UsageProblem):
        add_rule(services, text=text)
    assert list_rules(services) == ()


def test_a_rule_is_one_line_without_hidden_signs(services: Services) -> None:
    rule = add_rule(services, text="  be\u200b brief\n  and kind.  ")
    assert rule.text == "be brief and kind"
    assert rule.used
    assert edit_rule(services, rule_id=rule.id, text="Be brief").edited
    assert not set_rule(services, rule_id=rule.id, banned=True).used
    remove_rule(services, rule_id=rule.id)
    assert list_rules(services) == ()
