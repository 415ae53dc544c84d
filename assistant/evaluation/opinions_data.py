"""Survey people with their answers to multiple-choice questions, split into known and tested.

Reads questions.jsonl {qid, question, choices} and users.jsonl {topic, user_id, profile, answers}.
The split is drawn anew for each person from their id, so it never depends on who else takes part.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.domain.errors import UsageProblem

KNOWN = 20  # answers given to the methods, as in the published experiments; the rest is tested


@dataclass(frozen=True, slots=True)
class Question:
    """One multiple-choice question."""

    id: str
    text: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One respondent. Answers are option indices by question id."""

    id: str
    topic: str
    profile: dict[str, str]
    known: dict[str, int]
    tested: dict[str, int]

    @property
    def answers(self) -> dict[str, int]:
        """All answers: what others may be told of this person."""
        return {**self.known, **self.tested}


@dataclass(frozen=True, slots=True)
class Opinions:
    """All questions and people of a data folder."""

    questions: dict[str, Question]
    people: tuple[Person, ...]


def read_opinions(folder: Path) -> Opinions:
    """The data in `folder`; UsageProblem if it is not there or not what it should be."""
    try:
        questions = {
            str(row["qid"]): Question(str(row["qid"]), str(row["question"]), tuple(row["choices"]))
            for row in _rows(folder / "questions.jsonl")
        }
        people = tuple(_person(row, questions) for row in _rows(folder / "users.jsonl"))
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise UsageProblem(
            f"The files in {folder} are not survey answers as expected ({error!r}); "
            "name a folder with questions.jsonl and users.jsonl."
        ) from error
    if not people:
        raise UsageProblem(f"There are no people in {folder}; name another folder.")
    return Opinions(questions, people)


def choose_people(opinions: Opinions, count: int, seed: int) -> tuple[Person, ...]:
    """`count` people drawn at random (all if there are fewer); fewer are a part of more."""
    order = list(opinions.people)
    random.Random(seed).shuffle(order)
    return tuple(order[:count])


def with_fewer_tested(person: Person, most: int) -> Person:
    """The same person with at most so many tested questions, of those drawn the first ones."""
    return replace(person, tested=dict(list(person.tested.items())[:most]))


def _person(row: dict[str, Any], questions: dict[str, Question]) -> Person:
    """One line of users.jsonl."""
    person = f"{row['topic']}/{row['user_id']}"
    answers = [(str(qid), int(index)) for qid, index in row["answers"]]
    for qid, index in answers:
        questions[qid].options[index]  # an answer that is no option is refused here
    random.Random(person).shuffle(answers)
    return Person(
        id=person,
        topic=str(row["topic"]),
        profile={str(k): str(v) for k, v in row["profile"].items()},
        known=dict(answers[:KNOWN]),
        # a question with a single option tests nothing
        tested={q: a for q, a in answers[KNOWN:] if len(questions[q].options) > 1},
    )


def _rows(file: Path) -> list[dict[str, Any]]:
    """The lines of a file of JSON objects."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageProblem(
            f"{file} cannot be read ({error.strerror}); name a folder with survey answers."
        ) from error
    return [json.loads(line) for line in text.splitlines() if line.strip()]
