"""A small survey on disk: two camps of people who answer alike within their camp."""

from __future__ import annotations

import json
from pathlib import Path

QUESTIONS = 26
PEOPLE = 24


def write_survey(folder: Path) -> Path:
    """Questions of two options; each camp gives one answer, but for a few deviations."""
    folder.mkdir(parents=True, exist_ok=True)
    questions = [
        {"qid": f"q{i}", "question": f"What about {i}?", "choices": ["for", "against"]}
        for i in range(QUESTIONS)
    ]
    people = [
        {
            "topic": "Tests",
            "user_id": person,
            "profile": {"Political party": "Left" if camp else "Right"},
            "answers": [
                [f"q{i}", (camp + (i % 2)) % 2 if (person * 7 + i) % 9 else 0]
                for i in range(QUESTIONS)
            ],
        }
        for person in range(PEOPLE)
        for camp in (person % 2,)
    ]
    _write(folder / "questions.jsonl", questions)
    _write(folder / "users.jsonl", people)
    return folder


def _write(file: Path, rows: list[dict[str, object]]) -> None:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
