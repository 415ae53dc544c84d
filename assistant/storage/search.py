"""Full-text search over titles, queries and finished replies (SQLite's FTS5)."""

from __future__ import annotations

import re
from enum import IntEnum

from sqlite_utils import Database as Tables

from assistant.domain.model import Hit, QueryId
from assistant.storage.rows import conversation_of

_WORD = re.compile(r"\w+")
_EXCERPT_TOKENS = 12


class Source(IntEnum):
    """Where a text comes from; a row of the index has the id 3 x (id of the source) + this."""

    TITLE = 0
    QUERY = 1
    REPLY = 2


_FIND = """
    WITH found AS (
        SELECT rowid AS row, rank, snippet(texts, 0, :start, :end, '…', :length) AS excerpt
        FROM texts WHERE texts MATCH :words ORDER BY rank LIMIT :limit)
    SELECT c.*, q.id AS query_id, excerpt FROM found
    LEFT JOIN candidates k ON row % 3 = 2 AND k.id = row / 3
    LEFT JOIN queries q ON q.id = CASE row % 3 WHEN 1 THEN row / 3 WHEN 2 THEN k.query_id END
    JOIN conversations c ON c.id = CASE row % 3 WHEN 0 THEN row / 3 ELSE q.conversation_id END
    WHERE c.deleted_at IS NULL ORDER BY rank
"""


class Search:
    """The index of texts; the other repositories put theirs into it."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put(self, source: Source, id_: int, text: str) -> None:
        """Index a text in place of what was indexed of the same source."""
        row = 3 * id_ + source
        self._tables.execute("DELETE FROM texts WHERE rowid = ?", [row])
        self._tables.execute("INSERT INTO texts(rowid, text) VALUES (?, ?)", [row, text])

    def drop_orphans(self) -> None:
        """Forget texts whose source is gone, and write the index anew.

        Deleted words stay in the file until the index is written anew.
        """
        self._tables.execute(
            """DELETE FROM texts WHERE NOT CASE rowid % 3
                 WHEN 0 THEN EXISTS (SELECT 1 FROM conversations WHERE id = texts.rowid / 3)
                 WHEN 1 THEN EXISTS (SELECT 1 FROM queries WHERE id = texts.rowid / 3)
                 ELSE EXISTS (SELECT 1 FROM candidates WHERE id = texts.rowid / 3) END"""
        )
        self._tables.execute("INSERT INTO texts(texts) VALUES ('optimize')")

    def find(self, text: str, limit: int = 200) -> tuple[Hit, ...]:
        """Where all words of `text` occur together, the best places first.

        The last word may be the beginning of one. No word at all finds nothing.
        """
        words = [f'"{word}"' for word in _WORD.findall(text)]
        if not words:
            return ()
        rows = self._tables.query(
            _FIND,
            {
                "words": " ".join(words) + "*",
                "start": Hit.START,
                "end": Hit.END,
                "length": _EXCERPT_TOKENS,
                "limit": limit,
            },
        )
        return tuple(
            Hit(
                conversation_of(row),
                None if row["query_id"] is None else QueryId(row["query_id"]),
                str(row["excerpt"]),
            )
            for row in rows
        )
