"""Which candidates of a query carry rules, and which rules.

The exploiting draft always carries them, an exploring one in half the cases, a plain one never:
so replies with and without rules are ranked side by side, and what rules are worth stays known.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserError
from assistant.domain.model import Origin
from assistant.generation.backend import Draft, DraftText, GenerationRequest, Lines
from assistant.personalization.agent_words import RULES_WRITTEN, read_rules
from assistant.personalization.learner import ChosenTags
from assistant.usecases.agent import AGENT, use_agent
from assistant.usecases.agent_prompt import agent_turns
from assistant.usecases.plan import Plan
from assistant.usecases.services import Services

FEWEST_TO_CHOOSE = 2  # rules, for the agent to be asked
RULED_SHARE = 0.5  # of exploring drafts


def choose_rules(services: Services, plan: Plan, cancel: CancelToken) -> tuple[str, ...]:
    """The rules for a query: pinned ones, then what the agent writes, or else the best borne out.

    Without an agent, or if it fails, a round goes on all the same.
    """
    rules = services.store.run(lambda db: [rule for rule in db.rules.all() if rule.used])
    pinned = [rule.text for rule in rules if rule.pinned]
    free = [rule.text for rule in rules if not rule.pinned]
    room = RULES_WRITTEN - len(pinned)
    if room <= 0 or len(free) < FEWEST_TO_CHOOSE:
        return (*pinned, *free[: max(room, 0)])
    written = _written(services, plan.query, free, room, cancel)
    return (*pinned, *(written or free[:room]))


def share_out(
    sets: Sequence[ChosenTags], rules: tuple[str, ...], chance: random.Random
) -> list[tuple[ChosenTags, tuple[str, ...]]]:
    """Each tag set with its rules; the propensity then speaks of both together."""
    found: list[tuple[ChosenTags, tuple[str, ...]]] = []
    for chosen in sets:
        if not rules or chosen.origin is Origin.PLAIN:
            found.append((chosen, ()))
        elif chosen.origin is Origin.EXPLOIT:
            found.append((chosen, rules))
        else:
            ruled = chance.random() < RULED_SHARE
            share = RULED_SHARE if ruled else 1 - RULED_SHARE
            likely = replace(chosen, propensity=chosen.propensity * share)
            found.append((likely, rules if ruled else ()))
    return found


def _written(
    services: Services, query: str, rules: Sequence[str], room: int, cancel: CancelToken
) -> tuple[str, ...]:
    """The rules that the trained agent writes for a query, up to `room`; () without one."""
    if not any(s.active for s in services.store.run(lambda db: db.snapshots.heads(AGENT))):
        return ()
    request = GenerationRequest(
        agent_turns(query),
        (Draft("", 0),),
        agent=True,
        lines=Lines(tuple(rules), room),
    )
    try:
        if not use_agent(services):
            return ()
        events = services.backend.generate(request, cancel)
        text = "".join(event.text for event in events if isinstance(event, DraftText))
    except UserError:
        return ()
    return read_rules(text, rules)
