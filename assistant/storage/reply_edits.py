"""What the user made of replies: texts beside the one written, of which one may stand for it.

The text of a candidate itself is never touched: rankings and learning are about what was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database as Tables

from assistant.domain.errors import UsageProblem
from assistant.domain.model import CandidateId
from assistant.storage.rows import insert
from assistant.storage.search import Search, Source


@dataclass(frozen=True, slots=True)
class Edits:
    """The edited texts of one reply, by age; `in_use` is 0 while it stands as it was written."""

    texts: tuple[str, ...] = ()
    in_use: int = 0


class ReplyEdits:
    """The table of edited replies; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._search = Search(tables)

    def add(self, candidate_id: CandidateId, text: str, now: float) -> None:
        """Let a text stand for a reply; those before it stay."""
        self._set_aside(candidate_id)
        row = {"candidate_id": candidate_id, "text": text, "created_at": now, "in_use": 1}
        insert(self._tables, "reply_edits", row)
        written = self._tables.table("candidates").get(candidate_id)["text"]
        self.index(candidate_id, str(written))

    def use(self, candidate_id: CandidateId, number: int) -> None:
        """Let the edit of a number stand for a reply, or (0) what was written.

        UsageProblem if there is no such edit.
        """
        ids = [
            row["id"]
            for row in self._tables.query(
                "SELECT id FROM reply_edits WHERE candidate_id = ? ORDER BY id", [candidate_id]
            )
        ]
        if not 0 <= number <= len(ids):
            raise UsageProblem(
                f"This reply has the versions 0 (as it was written) to {len(ids)}, not {number}."
            )
        self._set_aside(candidate_id)
        if number:
            self._tables.table("reply_edits").update(ids[number - 1], {"in_use": 1})

    def of(self, candidate_ids: Iterable[CandidateId]) -> dict[CandidateId, Edits]:
        """The edits of those replies that have any."""
        found: dict[CandidateId, Edits] = {}
        for row in self._tables.query(
            "SELECT * FROM reply_edits WHERE candidate_id IN (SELECT value FROM json_each(?)) "
            "ORDER BY candidate_id, id",
            [json.dumps(list(candidate_ids))],
        ):
            candidate_id = CandidateId(row["candidate_id"])
            before = found.get(candidate_id, Edits())
            texts = (*before.texts, str(row["text"]))
            found[candidate_id] = Edits(texts, len(texts) if row["in_use"] else before.in_use)
        return found

    def index(self, candidate_id: CandidateId, written: str) -> None:
        """A reply is found by the words of each of its texts."""
        edits = self.of([candidate_id]).get(candidate_id, Edits())
        self._search.put(Source.REPLY, candidate_id, "\n\n".join((written, *edits.texts)))

    def _set_aside(self, candidate_id: CandidateId) -> None:
        self._tables.execute(
            "UPDATE reply_edits SET in_use = 0 WHERE candidate_id = ?", [candidate_id]
        )
