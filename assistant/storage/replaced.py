"""What was learned here before a profile took its place, kept to be put back with that import.

Contract: `keep` is called before everything learned is forgotten and `put_back` after all that came
with the profile is removed, each in one transaction. If nothing was learned in between, every row
is as it was; whatever was learned in between stays beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlite_utils import Database as Tables

from assistant.storage.learning import ASIDE
from assistant.storage.rows import insert

KEPT = 3  # imports in place of what was here that can be taken back
_TABLES = ("lessons", "interview_answers", "rules", "prompts")  # rows with an id
_PARTS = {  # rows that belong to one of the above, by the column that says to which
    "imported_rules": ("rules", "rule_id"),
    "prompt_outcomes": ("prompts", "prompt_id"),
    "outcomes_elsewhere": ("prompts", "prompt_id"),
}
_QUERY = "query_id"  # a part about a query goes with it if its conversation was deleted since

Rows = list[dict[str, Any]]


class Replaced:
    """The table of replaced states; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def keep(self, origin: str, now: float, forget: Callable[[], object]) -> None:
        """Have everything learned forgotten, and remember it under the import's origin."""
        aside: dict[str, Any] = {name: self._rows(name) for name in (*_TABLES, *_PARTS)}
        retracted = self._retracted()
        row = {"origin": origin, "created_at": now, "state": ""}
        number = insert(self._tables, "replaced", row)
        self._tables.execute(
            "UPDATE snapshots SET learner = ? || learner WHERE learner NOT LIKE ?",
            [_prefix(number), f"{ASIDE}%"],
        )
        forget()
        for name in (*_TABLES, *_PARTS):  # what is not forgotten stays the user's to change
            left = self._rows(name)
            aside[name] = [row for row in aside[name] if row not in left]
        aside["retractions"] = sorted(self._retracted() - retracted)
        self._tables.execute(
            "UPDATE replaced SET state = ? WHERE id = ?", [json.dumps(aside), number]
        )
        for old in self._numbers()[:-KEPT]:
            self._drop(old)

    def put_back(self, origin: str) -> bool:
        """Bring back what the latest import of this origin replaced; whether there was anything."""
        found = list(
            self._tables.query(
                "SELECT id, state FROM replaced WHERE origin = ? ORDER BY id DESC LIMIT 1", [origin]
            )
        )
        if not found:
            return False
        number, aside = int(found[0]["id"]), json.loads(found[0]["state"])
        self._tables.execute(
            "DELETE FROM retractions WHERE ranking_id IN (SELECT value FROM json_each(?))",
            [json.dumps(aside["retractions"])],
        )
        ids = {name: self._insert(name, aside[name]) for name in _TABLES}
        for name, (whole, column) in _PARTS.items():
            self._insert_parts(name, column, aside[name], ids[whole])
        self._activate(number)
        self._drop(number)
        return True

    def origins(self) -> frozenset[str]:
        """The imports that can put something back."""
        rows = self._tables.query("SELECT DISTINCT origin FROM replaced")
        return frozenset(str(row["origin"]) for row in rows)

    def forget(self) -> None:
        """Keep nothing of what was replaced."""
        for number in self._numbers():
            self._drop(number)

    def _activate(self, number: int) -> None:
        """The states that were set aside are in use again, if they were."""
        prefix = _prefix(number)
        self._tables.execute(
            "UPDATE snapshots SET active = 0, trial = 0 WHERE learner NOT LIKE ?", [f"{ASIDE}%"]
        )
        self._tables.execute(
            "UPDATE snapshots SET learner = substr(learner, ?) WHERE learner LIKE ?",
            [len(prefix) + 1, f"{prefix}%"],
        )

    def _insert(self, table: str, rows: Rows) -> dict[int, int]:
        """Put rows back under their own ids where those are free; what stands where, by old id."""
        places: dict[int, int] = {}
        for row in rows:
            taken = self._tables.table(table).count_where("id = ?", [row["id"]])
            content = {k: v for k, v in row.items() if k != "id"} if taken else row
            before = self._tables.table(table).count
            self._tables.table(table).insert(content, ignore=True)  # what was found again stays
            if self._tables.table(table).count > before:
                last = self._tables.execute("SELECT last_insert_rowid()").fetchone()[0]
                places[row["id"]] = int(last)
        return places

    def _insert_parts(self, table: str, column: str, rows: Rows, places: dict[int, int]) -> None:
        """Put back what belongs to rows that were put back, and to queries that are still here."""
        queries = self._queries_of(rows)
        self._tables.table(table).insert_all(
            (
                {**row, column: places[row[column]]}
                for row in rows
                if row[column] in places and row.get(_QUERY) in {None, *queries}
            ),
            ignore=True,
        )

    def _queries_of(self, rows: Rows) -> set[int]:
        """The queries that rows are about and that are still here."""
        found = self._tables.query(
            "SELECT id FROM queries WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps([row[_QUERY] for row in rows if _QUERY in row])],
        )
        return {int(row["id"]) for row in found}

    def _drop(self, number: int) -> None:
        """One replaced state cannot be put back any more."""
        self._tables.execute("DELETE FROM snapshots WHERE learner LIKE ?", [f"{_prefix(number)}%"])
        self._tables.execute("DELETE FROM replaced WHERE id = ?", [number])

    def _numbers(self) -> list[int]:
        return [int(row["id"]) for row in self._tables.query("SELECT id FROM replaced ORDER BY id")]

    def _rows(self, table: str) -> Rows:
        return list(self._tables.table(table).rows_where(order_by="1, 2"))

    def _retracted(self) -> set[int]:
        rows = self._tables.query("SELECT ranking_id FROM retractions")
        return {int(row["ranking_id"]) for row in rows}


def _prefix(number: int) -> str:
    """What the learner's name begins with in the states that were set aside together."""
    return f"{ASIDE}{number} "
