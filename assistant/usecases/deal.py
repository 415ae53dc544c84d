"""Deal: what each reply to a query is asked to follow, in shuffled places.

A function of what is known and of the seed, so that what was read ahead is what is asked for.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Guidance
from assistant.personalization.learner import Choice, ChosenTags
from assistant.usecases.extras import choose_extras
from assistant.usecases.plan import Plan
from assistant.usecases.rule_choice import choose_rules, share_out
from assistant.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Dealt:
    """What one reply, in its place, is written from."""

    chosen: ChosenTags
    guidance: Guidance
    seed: int


def deal(
    services: Services, plan: Plan, choice: Choice, seed: int, cancel: CancelToken
) -> tuple[Dealt, ...]:
    """Rules and extras for the tag sets chosen: what is first was not chosen to be."""
    rules = choose_rules(services, plan, cancel)
    extras = choose_extras(services, plan.query, choice.vectors[plan.query])
    chance = random.Random(seed)
    sets = list(choice.sets)
    chance.shuffle(sets)
    return tuple(
        Dealt(chosen, replace(extras.guidance(chosen), rules=own), chance.getrandbits(31))
        for chosen, own in share_out(sets, rules, chance)
    )
