"""Lessons: examples to learn from that were not made here, such as those of an imported profile."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlite_utils import Database as Tables

Content = Mapping[str, object]  # an example as JSON has it; what it means is the use cases' affair


class Lessons:
    """The table of lessons; all of one origin come and go together."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, origin: str, contents: Iterable[Content], now: float) -> None:
        """Append lessons under an origin."""
        self._tables.table("lessons").insert_all(
            {"origin": origin, "created_at": now, "example": json.dumps(content)}
            for content in contents
        )

    def all(self) -> dict[int, dict[str, object]]:
        """Every lesson by its id, in the order added."""
        rows = self._tables.query("SELECT id, example FROM lessons ORDER BY id")
        return {int(row["id"]): json.loads(row["example"]) for row in rows}

    def origins(self) -> dict[str, int]:
        """How many lessons there are of each origin."""
        rows = self._tables.query("SELECT origin, count(*) AS n FROM lessons GROUP BY origin")
        return {str(row["origin"]): int(row["n"]) for row in rows}

    def remove(self, origin: str) -> int:
        """Remove all lessons of an origin; how many that were."""
        return int(self._tables.execute("DELETE FROM lessons WHERE origin = ?", [origin]).rowcount)
