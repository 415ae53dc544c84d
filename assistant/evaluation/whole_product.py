"""The program as the evaluation of the whole needs it: its parts, and what it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

import numpy as np

from assistant.domain.interview import InterviewQuestion
from assistant.evaluation.interest_measure import Floats
from assistant.settings import EXEMPLARS, PROMPTS


class Part(StrEnum):
    """What can be switched over: off if it is on by default, and on if it is off."""

    TAGS = "tags"
    RULES = "rules"
    EXEMPLARS = "exemplars"
    PROMPTS = "prompts"
    INTERVIEW = "interview"
    AGENT = "agent"


NAMES = {
    Part.TAGS: "without tags",
    Part.RULES: "without rules",
    Part.EXEMPLARS: f"{'without' if EXEMPLARS.default else 'with'} exemplars",
    Part.PROMPTS: f"{'without' if PROMPTS.default else 'with'} prompt pool",
    Part.INTERVIEW: "with interview",  # nobody has to answer it
    Part.AGENT: "with agent",  # nobody has one before it is trained
}
SLOW = (Part.PROMPTS, Part.AGENT)
EVERYTHING, AS_IT_IS = "all", ""  # what `Product.tried` calls all parts off, and none


@dataclass(frozen=True, slots=True)
class TriedOut:
    """Replies to one query, what was expected of them by predictor, and which one exploits."""

    texts: tuple[str, ...]
    expected: dict[str, tuple[float, ...]]
    exploit: int

    def best(self, predictor: str) -> str:
        """The reply that a predictor expects to be liked best; the exploiting one if none does."""
        expected = self.expected.get(predictor)
        if expected is None or max(expected) == min(expected):
            return self.texts[self.exploit]
        return self.texts[int(np.argmax(expected))]


class Product(Protocol):
    """One person's program, as the experiment needs it."""

    @property
    def rankings(self) -> int:
        """How many were made so far, in earlier runs too."""

    def round(self, query: str, seed: int, felt: Callable[[Sequence[str]], Floats]) -> None:
        """Ask, let the person feel what each reply is worth, rank; learn all but the agent."""

    def keep(self, point: int) -> None:
        """Keep the state under a number, unless one is kept there."""

    def interview(self) -> Sequence[InterviewQuestion]:
        """What a new user is asked about how replies should be."""

    def tried(
        self,
        point: int,
        part: str,
        queries: Sequence[tuple[str, int]],
        answers: Mapping[str, int] = MappingProxyType({}),
    ) -> Iterator[TriedOut]:
        """The replies to queries (with their seeds) in a kept state, a part switched over.

        `answers` are what is said in the interview first: options by question.
        """

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One row of length one for each text."""


OpenProduct = Callable[[int], AbstractContextManager[Product]]  # the program of a person's number
