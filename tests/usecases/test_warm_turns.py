"""First words through the program: each row has its part where the program puts it, no other."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from makers import MakeServices
from plain_personalizer import PlainPersonalizer

from assistant.evaluation.bench_first_token import PROMPT, RULES
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.learner import Choice, Policy
from assistant.usecases.warm_turns import ROWS, first_words

TURNS = 3  # of a row in each round: one to prepare the engine, one sent at once, one read ahead


class Knows(PlainPersonalizer):
    """Gives the vector of each query."""

    def begin_choice(self, query: str, policy: Policy, seed: int) -> Callable[[], Choice]:
        chosen = super().begin_choice(query, policy, seed)()
        return lambda: replace(chosen, vectors=dict(self.vectors([query])))


@pytest.fixture
def written(make_services: MakeServices) -> dict[str, list[tuple[str, ...]]]:
    """The guidance of all drafts of each row's measured turns."""
    ticks = itertools.count()
    services = make_services(ScriptedBackend(), Knows(), timer=lambda: float(next(ticks)))
    rows = first_words(services, 1)
    assert all(row["seconds"] == [row["warm_s"]] for row in rows.values())
    backend = services.backend
    assert isinstance(backend, ScriptedBackend)
    turns = [tuple(d.guidance for d in request.drafts) for request in backend.requests]
    turns = turns[-2 * TURNS * len(ROWS) :]
    measured = {
        name: [*range(TURNS * at, len(turns), TURNS * len(ROWS))] for at, name in enumerate(ROWS)
    }
    return {
        name: [turns[first + turn] for first in begins for turn in range(1, TURNS)]
        for name, begins in measured.items()
    }


def test_a_part_is_in_its_rows_and_in_no_others(written: dict[str, list[tuple[str, ...]]]) -> None:
    signs = {"rules": RULES[0][1:], "exemplars": "the reader liked", "prompt pool": PROMPT}
    for part, sign in signs.items():
        for name, rounds in written.items():
            there = [any(sign in text for text in drafts) for drafts in rounds]
            assert all(there) if name in (part, "all of these") else not any(there), (name, part)


def test_every_row_is_compared_with_one_that_lacks_its_part_alone() -> None:
    assert all(row.base in ROWS for row in ROWS.values())
    assert [name for name, row in ROWS.items() if row.base == "nothing"] == [
        "nothing", "first tags", "tags", "all of these",
    ]  # fmt: skip
