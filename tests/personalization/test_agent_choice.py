"""What an agent is taught comes from rules that tell winners from losers; so does its score."""

from __future__ import annotations

import math

from assistant.personalization.agent_choice import (
    agent_score,
    judge_agent,
    targets_of,
    usable_rules,
)
from assistant.personalization.agent_task import AgentTrained
from assistant.personalization.learner import Example, Reply
from assistant.personalization.rule_task import FoundRule

REPLIES = tuple(Reply((), place, 5, f"text {place}") for place in range(3))
HOLDS = {"short": (2.0, 0.0, -2.0), "warm": (-1.0, 0.0, 1.0), "odd": (0.1, 0.0, -0.1)}
CHOICES = tuple(HOLDS)


def ranked(*tiers: tuple[int, ...], rest: tuple[int, ...] = (), number: int = 1) -> Example:
    return Example(number, "q", REPLIES, tiers, rest)


def test_what_a_ranking_speaks_against_is_left_out_and_is_the_worse_target() -> None:
    assert targets_of(ranked((0,), (1,), (2,)), CHOICES, HOLDS) == ("short\nodd", "warm")
    assert targets_of(ranked((2,), rest=(0, 1)), CHOICES, HOLDS) == ("warm\nodd", "short")


def test_rankings_that_tell_nothing_teach_nothing() -> None:
    assert targets_of(ranked(), CHOICES, HOLDS) == ()
    assert targets_of(ranked((0, 1, 2)), CHOICES, HOLDS) == ()
    assert targets_of(ranked((0,), (2,)), ("odd",), HOLDS) == ()


def test_an_agent_is_right_about_pairs_as_far_as_it_writes_rules_that_hold_for_winners() -> None:
    shares = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    example = ranked((0,), (1,), (2,))
    assert agent_score(example, {1: HOLDS}, CHOICES, shares, 0) == 1.0
    assert agent_score(example, {1: HOLDS}, CHOICES, shares, 1) == 0.0
    assert agent_score(ranked(), {1: HOLDS}, CHOICES, shares, 0) is None


def test_an_agent_that_prefers_losers_rules_is_refused() -> None:
    held_out = [ranked((0,), (1,), (2,), number=n) for n in range(14)]
    holds = dict.fromkeys(range(14), HOLDS)
    good, bad = ((1.0, 0.1, 0.0),) * 14, ((0.1, 1.0, 0.0),) * 14
    metrics = {"loss": math.pi}
    better = AgentTrained(b"", metrics, ("short",), {"new": good, "untrained": bad}, 1.0)
    worse = AgentTrained(b"", metrics, ("warm",), {"new": bad, "untrained": good}, 1.0)
    assert judge_agent(held_out, holds, CHOICES, better).accepted
    assert not judge_agent(held_out, holds, CHOICES, worse).accepted


def test_rules_that_held_out_rankings_refute_are_not_usable() -> None:
    rules = [
        FoundRule("alive", "meaning", "own", (), 1, 4, alive=True),
        FoundRule("even", "meaning", "own", (), 2, 4, alive=False),
        FoundRule("refuted", "meaning", "own", (), 1, 4, alive=False),
    ]
    assert usable_rules(rules) == ("alive", "even")
