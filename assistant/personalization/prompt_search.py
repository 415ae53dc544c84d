"""The search for better prompts: score, remember, write new ones, from the model's own failures.

A generator: each yield is progress and a point to cancel; the last one is what was found. The
model is passed in as two functions, so that the search itself is pure and seeded. A new prompt is
tried on a few cases first; only one that holds its own there is tried on all.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.domain.events import Progress
from assistant.personalization.prompt_pool import (
    MEMORY,
    Case,
    Entry,
    Keep,
    Memory,
    Outcome,
    keep_best,
)
from assistant.personalization.prompt_writing import Task, clean_prompt, writing_request

Score = Callable[[str, Sequence[Case]], Sequence[Outcome]]
Write = Callable[[str, int, int], Sequence[str]]  # request, how many texts, seed


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """How long and how to search. Rounds and texts are those of the published method."""

    task: Task
    rounds: int = 10
    texts: int = 4  # new prompts in each round
    size: int = MEMORY
    first: int = 4  # cases a new prompt is tried on first
    budget: int = 400  # outcomes asked of the model at most
    errors: bool = True  # False: the model sees scores alone (OPRO)
    keep: Keep = keep_best


@dataclass(frozen=True, slots=True)
class Found:
    """The scored memory, best last, and what it cost: outcomes asked for, prompts tried.

    `left` is what a search that was cut off did not come to, as it was given: of that nothing was
    found. `cut_off`: by its token, or by the model that it was asking.
    """

    memory: Memory
    outcomes: int
    tried: int
    left: Memory = ()
    cut_off: bool = False


def search_prompts(
    start: Sequence[Entry],
    cases: Sequence[Case],
    score: Score,
    write: Write,
    plan: SearchPlan,
    seed: int,
    cancel: CancelToken,
) -> Iterator[Progress | Found]:
    """Improve on `start` (entries may have no outcomes yet). Ends with Found, also if cancelled.

    `score` and `write` may raise Cancelled; what they were about is then left out.
    """
    run = _Run(cases, score, plan, random.Random(seed))
    whole = False
    # the memory is always whole: an entry goes in with all its outcomes or not at all
    with suppress(Cancelled):
        yield from _rounds(run, start, write, plan, cancel)
        whole = not cancel.cancelled
    left = tuple(entry for entry in start if entry.prompt not in run.seen)
    yield Found(run.memory, run.outcomes, len(run.seen), left, not whole)


def _rounds(
    run: _Run, start: Sequence[Entry], write: Write, plan: SearchPlan, cancel: CancelToken
) -> Iterator[Progress]:
    """Score what there is, then write and try out, round by round."""
    for entry in start:
        if cancel.cancelled:
            return
        run.take(run.complete(entry))
    yield run.progress(0)
    for done in range(plan.rounds):
        if cancel.cancelled or run.spent or not run.memory:
            return
        request = writing_request(plan.task, run.memory, run.shown, errors=plan.errors)
        for text in write(request, plan.texts, run.chance.getrandbits(31)):
            prompt = clean_prompt(text)
            if prompt is None or prompt in run.seen or cancel.cancelled or run.spent:
                continue
            run.try_out(prompt)
        yield run.progress(done + 1)


class _Run:
    """One search while it goes on."""

    def __init__(
        self, cases: Sequence[Case], score: Score, plan: SearchPlan, chance: random.Random
    ) -> None:
        self.chance = chance
        self.memory: Memory = ()
        self.seen: set[str] = set()
        self.outcomes = 0
        self.shown = {case.id: case for case in cases}
        self._cases = tuple(cases)
        self._score = score
        self._plan = plan

    @property
    def spent(self) -> bool:
        """Whether another prompt could not even be tried on the first few cases."""
        return self.outcomes + min(self._plan.first, len(self._cases)) > self._plan.budget

    def progress(self, done: int) -> Progress:
        """Where the search stands."""
        best = f", best {100 * self.memory[-1].score:.0f} of 100" if self.memory else ""
        return Progress(f"Improving prompts{best}", done, self._plan.rounds)

    def take(self, entry: Entry) -> None:
        """Remember an entry if it is good enough."""
        self.seen.add(entry.prompt)
        self.memory = self._plan.keep((*self.memory, entry), self._plan.size)

    def complete(self, entry: Entry, cases: Sequence[Case] | None = None) -> Entry:
        """The entry with outcomes for all cases (or some); only missing ones are asked for."""
        wanted = self._cases if cases is None else cases
        missing = [case for case in wanted if case.id not in entry.outcomes]
        if not missing:
            return entry
        outcomes = self._score(entry.prompt, missing)
        self.outcomes += len(missing)
        new = {case.id: outcome for case, outcome in zip(missing, outcomes, strict=True)}
        return Entry(entry.prompt, {**entry.outcomes, **new})

    def try_out(self, prompt: str) -> None:
        """Score a new prompt on a few cases, and on all if it is no worse than the memory there."""
        self.seen.add(prompt)
        few = self.chance.sample(self._cases, min(self._plan.first, len(self._cases)))
        entry = self.complete(Entry(prompt, {}), few)
        ids = [case.id for case in few]
        usual = sum(known.score_on(ids) for known in self.memory) / len(self.memory)
        affordable = self.outcomes + len(self._cases) - len(few) <= self._plan.budget
        if entry.score >= usual and affordable:
            self.take(self.complete(entry))
