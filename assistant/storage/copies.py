"""A copy of a conversation up to one of its queries, as a conversation of its own.

It has the texts, which reply went on, and the documents. Rankings and what was expected stay with
the original, so that nothing is learned or asked twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database as Tables

from assistant.domain.model import CandidateId, ConversationId, Finish, QueryId, Round
from assistant.storage.documents import Documents
from assistant.storage.reply_edits import ReplyEdits
from assistant.storage.rows import insert
from assistant.storage.search import Search, Source


class Copies:
    """Writes rows anew in all tables that belong to a conversation; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._search = Search(tables)
        self._edits = ReplyEdits(tables)
        self._documents = Documents(tables)

    def add(self, path: Sequence[Round], title: str, now: float) -> ConversationId:
        """A conversation with these rounds, the first of which begins one."""
        original = path[-1].conversation_id
        conversation = ConversationId(
            self._again(
                "conversations",
                original,
                title=title,
                created_at=now,
                updated_at=now,
                leaf_id=None,
                pinned=0,
                origin="",
            )
        )
        self._search.put(Source.TITLE, conversation, title)
        last: QueryId | None = None
        for round_ in path:
            last = self._copy_round(round_, conversation, last)
        self._tables.table("conversations").update(conversation, {"leaf_id": last})
        self._documents.copy(original, conversation)
        return conversation

    def _copy_round(
        self, round_: Round, conversation: ConversationId, parent: QueryId | None
    ) -> QueryId:
        query_id = QueryId(
            self._again(
                "queries",
                round_.query_id,
                conversation_id=conversation,
                parent_id=parent,
                chosen_candidate_id=None,
                copied=1,
            )
        )
        self._search.put(Source.QUERY, query_id, round_.text)
        for candidate in round_.candidates:
            unfinished = candidate.finish is Finish.WRITING
            changed = {"finish": Finish.INTERRUPTED.value} if unfinished else {}
            copy = self._again("candidates", candidate.id, query_id=query_id, **changed)
            for edit in self._ids("reply_edits", "candidate_id", candidate.id):
                self._again("reply_edits", edit, candidate_id=copy)
            self._edits.index(CandidateId(copy), candidate.text)
            if candidate.id == round_.chosen:
                self._tables.table("queries").update(query_id, {"chosen_candidate_id": copy})
        self._tables.execute(
            "INSERT INTO sources (query_id, place, passage_id, document, page) "
            "SELECT ?, place, passage_id, document, page FROM sources WHERE query_id = ?",
            [query_id, round_.query_id],
        )
        return query_id

    def _again(self, table: str, id_: int, **changed: object) -> int:
        """One row once more, with some of its values changed; its id."""
        row: dict[str, Any] = dict(self._tables.table(table).get(id_))
        del row["id"]
        return insert(self._tables, table, {**row, **changed})

    def _ids(self, table: str, column: str, value: int) -> list[int]:
        rows = self._tables.query(
            f"SELECT id FROM {table} WHERE {column} = ? ORDER BY id",  # noqa: S608 (our own names)
            [value],
        )
        return [row["id"] for row in rows]
