"""Infer tags: let the chat model choose the tag sets of a query (PREMIUM-Prompt)."""

from __future__ import annotations

import random
from collections.abc import Sequence

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ServerProblem
from assistant.generation.backend import Draft, Sampling, Turn
from assistant.generation.held import write_held
from assistant.personalization.learner import ChosenTags
from assistant.personalization.premium_prompt import NAME_TOKENS, SYSTEM, Ask, infer_tag_sets
from assistant.usecases.plan import Plan
from assistant.usecases.services import Services

# No penalty for repeating: every name stands in the prompt already.
SAMPLING = Sampling(max_tokens=NAME_TOKENS, repeat_penalty=1.0)


def infer_tags(
    services: Services, plan: Plan, seed: int, cancel: CancelToken
) -> tuple[ChosenTags, ...]:
    """A tag set for each draft; none if the user wants another selector, or ranked nothing yet.

    It takes the engine's memory of the conversation, which is then evaluated anew.
    """
    if not plan.history:
        return ()
    chance = random.Random(seed)

    def write(prompt: str, asks: Sequence[Ask]) -> list[str]:
        turns = (Turn("system", SYSTEM), Turn("user", prompt))
        drafts = [Draft(ask.tail, chance.getrandbits(31), ask.grammar) for ask in asks]
        return write_held(services.backend, turns, drafts, SAMPLING, cancel)

    tags, query = tuple(plan.tags.values()), plan.query
    try:
        return infer_tag_sets(tags, query, plan.history, plan.policy, write, chance)
    except ServerProblem:
        return ()  # a server holds nothing to a grammar; the learner chooses then
