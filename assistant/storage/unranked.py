"""Rounds that wait for a ranking, and how many rankings were asked for since a moment."""

from __future__ import annotations

from sqlite_utils import Database as Tables

from assistant.domain.model import QueryId


class Unranked:
    """Reads queries beside their candidates; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def all(self) -> tuple[QueryId, ...]:
        """Queries with replies to compare and no ranking that counts, the latest first.

        Those passed over, deleted, copied, kept out of learning or being written are left out.
        """
        rows = self._tables.query(
            """SELECT q.id FROM queries q JOIN conversations c ON c.id = q.conversation_id
               WHERE c.deleted_at IS NULL AND c.learn = 1 AND q.passed_at IS NULL AND q.copied = 0
                 AND q.id NOT IN (SELECT query_id FROM active_rankings)
                 AND (SELECT sum(text <> '') > 1 AND max(finish = 'writing') = 0
                      FROM candidates WHERE query_id = q.id)
               ORDER BY q.id DESC"""
        )
        return tuple(QueryId(row["id"]) for row in rows)

    def pass_over(self, query_id: QueryId, now: float) -> None:
        """The user has no opinion: not shown again."""
        self._tables.table("queries").update(query_id, {"passed_at": now})

    def note_one_shown(self, query_id: QueryId) -> None:
        """Only one of the replies was shown: no ranking was asked for."""
        self._tables.table("queries").update(query_id, {"one_shown": 1})

    def asked_since(self, moment: float, before: QueryId) -> int:
        """How many queries older than `before` got several replies to rank, all of them shown.

        Only what was asked here: neither copies nor what was imported.
        """
        row = self._tables.execute(
            """SELECT count(*) FROM queries q WHERE q.created_at >= ? AND q.id < ? AND q.copied = 0
               AND q.one_shown = 0
               AND EXISTS (SELECT 1 FROM candidates WHERE query_id = q.id AND place = 1)
               AND (SELECT origin FROM conversations WHERE id = q.conversation_id) = ''""",
            [moment, before],
        ).fetchone()
        return int(row[0])
