"""The interview: the shipped questions, and the user's answers as they were given."""

from __future__ import annotations

import tomllib
from pathlib import Path

from sqlite_utils import Database as Tables

from assistant.domain.interview import InterviewAnswer, InterviewOption, InterviewQuestion
from assistant.storage.rows import insert


class InterviewAnswers:
    """The table of answers; append-only, the newest answer to a question counts."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, answer: InterviewAnswer) -> None:
        """Store an answer (or that the question was skipped)."""
        row = {
            "question": answer.question,
            "option": answer.option,
            "created_at": answer.created_at,
        }
        insert(self._tables, "interview_answers", row)

    def all(self) -> dict[str, InterviewAnswer]:
        """What counts now, by question."""
        rows = self._tables.query("SELECT * FROM interview_answers ORDER BY id")
        return {
            row["question"]: InterviewAnswer(row["question"], row["option"], row["created_at"])
            for row in rows
        }

    def forget(self) -> None:
        """Remove all answers."""
        self._tables.execute("DELETE FROM interview_answers")


def read_interview(file: Path) -> tuple[InterviewQuestion, ...]:
    """The shipped questions in the file's order."""
    with file.open("rb") as stream:
        content = tomllib.load(stream)
    return tuple(
        InterviewQuestion(
            id=row["id"],
            text=row["text"],
            query=row["query"],
            options=tuple(
                InterviewOption(option["text"], tuple(option["tags"]), option["sample"])
                for option in row["option"]
            ),
        )
        for row in content["question"]
    )
