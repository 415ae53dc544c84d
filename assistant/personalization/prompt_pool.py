"""The prompt pool (Fermi): prompts, how they did on past cases, and which one suits a query.

A case is one past decision of the user: a multiple-choice opinion, or a query whose replies were
ranked. Pure functions on values; no model is called here. Memories are in ascending order of score.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MEMORY = 5  # prompts kept (L of the published method)
NEAREST = 3  # past cases that choose the prompt of a query


@dataclass(frozen=True, slots=True)
class Case:
    """What was asked, and what the user wanted: the option chosen, or the reply ranked first."""

    id: int
    question: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the model did on one case under one prompt.

    `value` (0 to 1) is what scores are means of; `aligned` says whether the user's wish was met.
    """

    value: float
    aligned: bool
    said: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A prompt with its outcomes by case id."""

    prompt: str
    outcomes: Mapping[int, Outcome]

    @property
    def score(self) -> float:
        """Mean value over the cases it was tried on; 0 if there is none."""
        return self.score_on(tuple(self.outcomes))

    @property
    def misaligned(self) -> tuple[int, ...]:
        """The cases in which the model did not do what the user wanted."""
        return tuple(case for case, outcome in self.outcomes.items() if not outcome.aligned)

    def score_on(self, cases: Sequence[int]) -> float:
        """Mean value over those of `cases` it was tried on; 0 if there is none."""
        values = [self.outcomes[case].value for case in cases if case in self.outcomes]
        return sum(values) / len(values) if values else 0.0


Memory = tuple[Entry, ...]
Keep = Callable[[Sequence[Entry], int], Memory]


def keep_best(entries: Sequence[Entry], size: int = MEMORY) -> Memory:
    """The `size` best prompts by score, best last; of equal prompts the one tried more often."""
    return _ascending(_distinct(entries))[-size:]


def keep_front(entries: Sequence[Entry], size: int = MEMORY) -> Memory:
    """Prompts that are best for different cases (Pareto front), best score last.

    The best on average comes first; then, one by one, whichever adds most to the sum over cases of
    the best value in the pool; what adds nothing fills up by score.
    """
    waiting = list(reversed(_ascending(_distinct(entries))))
    kept: list[Entry] = []
    best: dict[int, float] = {}

    def gain(entry: Entry) -> float:
        return sum(
            max(0.0, outcome.value - best.get(case, 0.0))
            for case, outcome in entry.outcomes.items()
        )

    while waiting and len(kept) < size:
        chosen = max(waiting, key=gain) if kept else waiting[0]
        waiting.remove(chosen)
        kept.append(chosen)
        for case, outcome in chosen.outcomes.items():
            best[case] = max(best.get(case, 0.0), outcome.value)
    return _ascending(kept)


def nearest(
    query: Sequence[float], cases: Mapping[int, Sequence[float]], count: int = NEAREST
) -> tuple[int, ...]:
    """The `count` cases most similar to a query by cosine, the nearest first."""
    similar = {case: cosine(query, vector) for case, vector in cases.items()}
    return tuple(sorted(similar, key=lambda case: (-similar[case], case))[:count])


def prompt_for(memory: Sequence[Entry], near: Sequence[int]) -> Entry | None:
    """Retrieval-of-Prompt: whoever did best on the nearest cases; ties go to the higher score."""
    if not memory:
        return None
    return max(memory, key=lambda entry: (entry.score_on(near), entry.score))


def cosine(left: Sequence[float], right: Sequence[float]) -> float:
    """Cosine of two vectors; 0 if one of them is zero."""
    scale = math.sqrt(math.fsum(x * x for x in left) * math.fsum(x * x for x in right))
    dot = math.fsum(x * y for x, y in zip(left, right, strict=True))
    return dot / scale if scale else 0.0


def _distinct(entries: Sequence[Entry]) -> list[Entry]:
    """One entry for each prompt: the one with the most outcomes."""
    found: dict[str, Entry] = {}
    for entry in entries:
        known = found.get(entry.prompt)
        if known is None or len(entry.outcomes) >= len(known.outcomes):
            found[entry.prompt] = entry
    return list(found.values())


def _ascending(entries: Sequence[Entry]) -> Memory:
    """By score, then by text, so that equal input gives equal output."""
    return tuple(sorted(entries, key=lambda entry: (entry.score, entry.prompt)))
