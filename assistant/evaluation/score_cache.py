"""What a model said, kept in a file of lines, so that a long experiment can go on where it stopped.

One file for each model; a line holds the hash of what was asked, what came and the seconds it took.
A line torn by a crash is ignored. The file can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing a model said and how long it took when it was really asked."""

    value: Any
    seconds: float


class ScoreCache:
    """Values by the text of what was asked; new ones are in the file when `ask` returns."""

    def __init__(self, file: Path, timer: Callable[[], float]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        self._timer = timer
        self._kept: dict[str, Kept] = {}
        for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            try:
                row = json.loads(line)
                self._kept[row["key"]] = Kept(row["value"], float(row["seconds"]))
            except (ValueError, KeyError, TypeError):
                continue  # torn or not ours: asked again

    def ask(
        self, questions: Sequence[str], answer: Callable[[list[int]], Sequence[Any]]
    ) -> list[Kept]:
        """The value of each question; `answer` gets the indices of those not known yet."""
        keys = [hashlib.sha256(question.encode()).hexdigest() for question in questions]
        missing = [index for index, key in enumerate(keys) if key not in self._kept]
        if missing:
            started = self._timer()
            values = answer(missing)
            seconds = (self._timer() - started) / len(missing)
            rows = []
            for index, value in zip(missing, values, strict=True):
                self._kept[keys[index]] = Kept(value, seconds)
                rows.append({"key": keys[index], "value": value, "seconds": seconds})
            with self._file.open("a", encoding="utf-8") as stream:
                stream.write("".join("\n" + json.dumps(row) for row in rows) + "\n")
        return [self._kept[key] for key in keys]
