"""Public rankings of texts by people, read into one form.

writer_rankings: full orders of three replies by professional writers (BSD-3-Clause).
mtbench_human: votes on two replies by experts, ties included (CC-BY-4.0).
Used for measuring, and as numbers only for the prior; no text of them is part of the program.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain.errors import UsageProblem
from assistant.personalization.learner import Example, Reply

WRITERS = "writer_rankings"
VOTES = "mtbench_human"
SOURCES = {
    WRITERS: {
        "origin": "Salesforce creativity_eval, Writing_Alignment (Chakrabarty et al. 2024)",
        "licence": "BSD-3-Clause",
    },
    VOTES: {
        "origin": "lmsys/mt_bench_human_judgments, FastChat (Zheng et al. 2023)",
        "licence": "CC-BY-4.0",
    },
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One person's order of the replies to one item."""

    person: str
    item: str
    source: str
    example: Example

    @property
    def tells(self) -> bool:
        """Whether the replies are prose that tells, rather than answers that inform."""
        return self.source == WRITERS


def find_data(folder: Path, *, beside: bool = False) -> dict[str, Path]:
    """The rankings in a folder, or in the folders in it, by name.

    Recognised by their files, so that the folders may have any name. UsageProblem if there are
    none, unless only those `beside` another are asked for.
    """
    if not folder.is_dir():
        raise UsageProblem(f"There is no folder {folder}.")
    found: dict[str, Path] = {}
    for place in (folder, *sorted(p for p in folder.iterdir() if p.is_dir())):
        if (place / "rankings.jsonl").is_file():
            found.setdefault(WRITERS, place)
        if (place / "votes.jsonl").is_file():
            found.setdefault(VOTES, place)
    if not found and not beside:
        raise UsageProblem(
            f"There are no rankings in {folder}; it needs rankings.jsonl, or votes.jsonl with "
            "answers.jsonl and questions.jsonl."
        )
    return found


def read_comparisons(name: str, folder: Path) -> tuple[Comparison, ...]:
    """All comparisons of one data set; UsageProblem if a file is not as it should be."""
    try:
        rows = _writers(folder) if name == WRITERS else _votes(folder)
        return tuple(rows)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise UsageProblem(
            f"The rankings in {folder} cannot be read ({error!r}); see shared/data/README.md."
        ) from error


def _writers(folder: Path) -> Iterator[Comparison]:
    """Full orders of three."""
    for number, row in enumerate(_lines(folder / "rankings.jsonl")):
        replies = tuple(
            Reply((), place, len(text), text) for place, text in enumerate(row["responses"])
        )
        tiers = tuple((int(index),) for index in row["ranking"])
        example = Example(number, row["instruction"], replies, tiers)
        yield Comparison(row["user"], row["instruction"], WRITERS, example)


def _votes(folder: Path) -> Iterator[Comparison]:
    """Orders of two; a tie is one tier."""
    questions = {row["question_id"]: row["turns"] for row in _lines(folder / "questions.jsonl")}
    answers = {
        (row["question_id"], row["model"]): row["turns"] for row in _lines(folder / "answers.jsonl")
    }
    orders = {"model_a": ((0,), (1,)), "model_b": ((1,), (0,)), "tie": ((0, 1),)}
    for number, row in enumerate(_lines(folder / "votes.jsonl")):
        question, turn = row["question_id"], row["turn"] - 1
        texts = [answers[question, row[side]][turn] for side in ("model_a", "model_b")]
        replies = tuple(Reply((), place, len(text), text) for place, text in enumerate(texts))
        example = Example(number, questions[question][turn], replies, orders[row["winner"]])
        yield Comparison(row["judge"], str(question), VOTES, example)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects in a file of lines."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
