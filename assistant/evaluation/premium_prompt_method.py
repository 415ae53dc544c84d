"""PREMIUM-Prompt as a method of the tag experiments: a chat model infers the tag sets.

The model runs in an engine process of its own, so the CPU seconds of a run do not contain it.
Slow: every proposal and every test query is some calls of the model.
"""

from __future__ import annotations

import random
import weakref
from collections.abc import Sequence
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.model import TagKind
from assistant.evaluation.tag_task import Task
from assistant.evaluation.tager import Maker
from assistant.evaluation.users import TagIndices, Tiers
from assistant.generation.backend import Backend, Draft, Sampling, Turn
from assistant.generation.engine import EngineClient
from assistant.generation.held import write_held
from assistant.generation.library import embedded_model
from assistant.personalization.learner import Example, Policy, Reply
from assistant.personalization.premium_prompt import (
    HISTORY,
    NAME_TOKENS,
    SYSTEM,
    Ask,
    infer_tag_sets,
)

WRITING = Sampling(temperature=0.8, max_tokens=NAME_TOKENS, repeat_penalty=1.0)
TESTING = Sampling(temperature=0.0, max_tokens=NAME_TOKENS, repeat_penalty=1.0)


def premium_prompt_maker(models: Path) -> Maker:
    """Builds the method on the embedded chat model; its engine ends with the method."""

    def make(task: Task, seed: int) -> PremiumPromptMethod:
        backend = EngineClient(lambda: embedded_model(models))
        method = PremiumPromptMethod(task, seed, backend)
        weakref.finalize(method, backend.close)
        return method

    return make


class PremiumPromptMethod:
    """The chat model behind the seam of the tag experiments."""

    name = "premium-prompt"

    def __init__(self, task: Task, seed: int, backend: Backend) -> None:
        self._task = task
        self._backend = backend
        self._chance = random.Random(seed)
        self._at = {tag.name: i for i, tag in enumerate(task.tags)}
        self._history: list[Example] = []
        self._usable = task.setup.library

    def propose(self, query: int, drafts: int) -> list[TagIndices]:
        """As many sampled sets as there are drafts."""
        return self._infer(query, drafts, self._task.setup.tags, WRITING)

    def learn(self, query: int, sets: Sequence[TagIndices], order: Tiers) -> None:
        """The latest rankings are what the model is shown; nothing else is learned."""
        replies = tuple(Reply(tuple(self._task.tags[i].name for i in tags)) for tags in sets)
        number = self._history[-1].ranking_id + 1 if self._history else 0
        self._history.append(Example(number, self._task.queries[query], replies, order))
        del self._history[:-HISTORY]

    def top(self, query: int, k: int) -> TagIndices:
        """The set that the model writes at temperature 0."""
        return self._infer(query, 1, k, TESTING)[0]

    def grow(self, interests: int) -> None:
        """Offer the model a larger library from now on."""
        self._usable = interests

    def _infer(
        self, query: int, drafts: int, interests: int, sampling: Sampling
    ) -> list[TagIndices]:
        """Tag sets as the program would have them inferred, every draft with guidance."""

        def write(prompt: str, asks: Sequence[Ask]) -> list[str]:
            turns = (Turn("system", SYSTEM), Turn("user", prompt))
            held = [Draft(ask.tail, self._chance.getrandbits(31), ask.grammar) for ask in asks]
            return write_held(self._backend, turns, held, sampling, CancelToken())

        first_style = self._task.interests
        usable = [
            tag
            for i, tag in enumerate(self._task.tags)
            if i < self._usable or (i >= first_style and tag.kind is TagKind.STYLE)
        ]
        policy = Policy(drafts, interests, len(self._task.pairs), plain_share=0.0)
        text = self._task.queries[query]
        found = infer_tag_sets(usable, text, self._history, policy, write, self._chance)
        return [tuple(self._at[name] for name in chosen.tags) for chosen in found]
