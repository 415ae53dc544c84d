"""From rankings to what the preference agent learns to write, and how it is scored: pure functions.

Standard library only. An agent chooses among rules; what a choice is worth is told by how much
each rule holds for the replies that were ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.personalization.agent_task import AgentTrained, Shares
from assistant.personalization.agent_words import RULES_WRITTEN, rules_text
from assistant.personalization.gate import Trained, Verdict, judge
from assistant.personalization.learner import Example
from assistant.personalization.rule_task import FoundRule
from assistant.personalization.stated_pairs import agreement_of

Holds = Mapping[str, tuple[float, ...]]  # by rule, for each reply of one ranking
CLEARLY = 0.25  # standard steps by which a rule must hold more for one reply than for the others


def usable_rules(rules: Sequence[FoundRule]) -> tuple[str, ...]:
    """The rules that the agent may learn to write: those that held-out rankings do not refute."""
    return tuple(r.text for r in rules if r.alive or 2 * r.right >= r.judged)


def targets_of(example: Example, choices: Sequence[str], holds: Holds) -> tuple[str, ...]:
    """What the agent should write for a query, then what suits the worst reply instead.

    () if no rule holds clearly more for the best reply. Else all rules that this ranking does not
    speak against, since held-out ones speak for them and most replies tell nothing of most rules.
    They are written in the order of `choices`: what the agent learns is which of them to leave out.
    """
    if not example.tiers:
        return ()
    winners = example.tiers[0]
    below = example.rest or example.tiers[-1]
    losers = [place for place in below if place not in winners]
    if not losers:
        return ()
    margins = {rule: _mean(holds[rule], winners) - _mean(holds[rule], losers) for rule in choices}
    best = sorted((r for r in choices if margins[r] > -CLEARLY), key=lambda r: -margins[r])
    worst = sorted((r for r in choices if margins[r] < -CLEARLY), key=lambda r: margins[r])
    lists = [_in_order(rules[:RULES_WRITTEN], choices) for rules in (best, worst) if rules]
    return tuple(lists) if max(margins.values(), default=0.0) > CLEARLY else ()


def judge_agent(
    held_out: Sequence[Example],
    holds: Mapping[int, Holds],
    choices: Sequence[str],
    trained: AgentTrained,
) -> Verdict:
    """Compare the new agent with the one in use on the held-out rankings, in the task's order."""
    old = trained.shares.get("active", trained.shares.get("untrained", ()))
    new = trained.shares.get("new", ())
    scores = [
        (scored_new, scored_old)
        for row, example in enumerate(held_out if new else ())
        if (scored_new := agent_score(example, holds, choices, new, row)) is not None
        and (scored_old := agent_score(example, holds, choices, old, row)) is not None
    ]
    return judge(
        Trained(trained.metrics, trained.samples), [n for n, _ in scores], [o for _, o in scores]
    )


def agent_score(
    example: Example,
    holds: Mapping[int, Holds],
    choices: Sequence[str],
    shares: Shares,
    row: int,
) -> float | None:
    """Share of a ranking's pairs that an agent gets right; None if the ranking states none.

    A reply's utility: how much each rule holds for it, weighted by how far the agent writes it.
    """
    held = holds[example.ranking_id]
    utilities = [
        sum(share * held[rule][place] for share, rule in zip(shares[row], choices, strict=True))
        for place in range(len(example.replies))
    ]
    right, pairs = agreement_of(example, utilities)
    return right / pairs if pairs else None


def _in_order(rules: Sequence[str], choices: Sequence[str]) -> str:
    """Rules as they are written down, those first that come first among the choices."""
    return rules_text([rule for rule in choices if rule in rules])


def _mean(values: Sequence[float], places: Sequence[int]) -> float:
    return sum(values[place] for place in places) / len(places)
