"""Conversations: list, find, name, delete and bring back."""

from __future__ import annotations

from sqlite_utils import Database as Tables

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Conversation, ConversationId
from assistant.storage.rows import insert

_COLUMNS = "id, title, created_at, updated_at"


class Conversations:
    """The table of conversations; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, title: str, now: float) -> ConversationId:
        """Start a conversation."""
        row = {"title": title, "created_at": now, "updated_at": now}
        return ConversationId(insert(self._tables, "conversations", row))

    def get(self, conversation_id: ConversationId) -> Conversation:
        """One conversation; UsageProblem if there is none of that id (or it was deleted)."""
        rows = list(
            self._tables.query(
                f"SELECT {_COLUMNS} FROM conversations WHERE id = ? AND deleted_at IS NULL",  # noqa: S608
                [conversation_id],
            )
        )
        if not rows:
            raise UsageProblem(
                f"There is no conversation {conversation_id}; "
                "`attune conversations list` shows them all."
            )
        return Conversation(**rows[0])

    def all(self) -> tuple[Conversation, ...]:
        """All that are not deleted, the latest used first."""
        return self._rows("SELECT {} FROM conversations WHERE deleted_at IS NULL", [])

    def search(self, text: str) -> tuple[Conversation, ...]:
        """Those whose title, queries or replies contain `text`, whatever its capitals."""
        pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        return self._rows(
            """SELECT {} FROM conversations c WHERE deleted_at IS NULL AND (
                   title LIKE :p ESCAPE '\\'
                   OR EXISTS (SELECT 1 FROM queries q WHERE q.conversation_id = c.id
                              AND (q.text LIKE :p ESCAPE '\\'
                                   OR EXISTS (SELECT 1 FROM candidates WHERE query_id = q.id
                                              AND text LIKE :p ESCAPE '\\'))))""",
            {"p": pattern},
        )

    def rename(self, conversation_id: ConversationId, title: str) -> None:
        """Give a conversation another title."""
        self.get(conversation_id)
        self._tables.table("conversations").update(conversation_id, {"title": title})

    def touch(self, conversation_id: ConversationId, now: float) -> None:
        """Note that the conversation was used."""
        self._tables.table("conversations").update(conversation_id, {"updated_at": now})

    def delete(self, conversation_id: ConversationId, now: float) -> None:
        """Hide a conversation; `bring_back` undoes this until `purge`."""
        self.get(conversation_id)
        self._tables.table("conversations").update(conversation_id, {"deleted_at": now})

    def bring_back(self, conversation_id: ConversationId) -> None:
        """Undo a deletion; UsageProblem if it was removed for good or never was."""
        changed = self._tables.execute(
            "UPDATE conversations SET deleted_at = NULL WHERE id = ?", [conversation_id]
        ).rowcount
        if not changed:
            raise UsageProblem(f"There is no deleted conversation {conversation_id} any more.")

    def purge(self, deleted_before: float) -> int:
        """Remove for good what was deleted before a time; how many conversations that were."""
        self._tables.execute(
            "UPDATE queries SET chosen_candidate_id = NULL WHERE conversation_id IN "
            "(SELECT id FROM conversations WHERE deleted_at < ?)",
            [deleted_before],
        )
        return int(
            self._tables.execute(
                "DELETE FROM conversations WHERE deleted_at < ?", [deleted_before]
            ).rowcount
        )

    def _rows(
        self, sql: str, parameters: list[object] | dict[str, object]
    ) -> tuple[Conversation, ...]:
        """Conversations of a SELECT, the latest used first."""
        query = sql.format(_COLUMNS) + " ORDER BY updated_at DESC, id DESC"
        return tuple(Conversation(**row) for row in self._tables.query(query, parameters))
