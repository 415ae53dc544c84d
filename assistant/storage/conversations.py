"""Conversations: list, find, name, delete and bring back."""

from __future__ import annotations

from sqlite_utils import Database as Tables

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Conversation, ConversationId
from assistant.storage.documents import Documents
from assistant.storage.rows import conversation_of, insert
from assistant.storage.search import Search, Source

_COLUMNS = "id, title, created_at, updated_at, pinned, folder, learn"


class Conversations:
    """The table of conversations; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._search = Search(tables)

    def add(self, title: str, now: float) -> ConversationId:
        """Start a conversation."""
        row = {"title": title, "created_at": now, "updated_at": now}
        conversation_id = ConversationId(insert(self._tables, "conversations", row))
        self._search.put(Source.TITLE, conversation_id, title)
        return conversation_id

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
        return conversation_of(rows[0])

    def all(self) -> tuple[Conversation, ...]:
        """All that are not deleted: pinned ones first, then the latest used."""
        return self._rows("SELECT {} FROM conversations WHERE deleted_at IS NULL")

    def deleted(self) -> tuple[Conversation, ...]:
        """Those that can be brought back, the latest deleted first."""
        rows = self._tables.query(
            f"SELECT {_COLUMNS} FROM conversations WHERE deleted_at IS NOT NULL "  # noqa: S608
            "ORDER BY deleted_at DESC, id DESC"
        )
        return tuple(map(conversation_of, rows))

    def rename(self, conversation_id: ConversationId, title: str) -> None:
        """Give a conversation another title."""
        self._change(conversation_id, {"title": title})
        self._search.put(Source.TITLE, conversation_id, title)

    def set_pinned(self, conversation_id: ConversationId, pinned: bool) -> None:
        """Keep a conversation at the top of the list, or no longer."""
        self._change(conversation_id, {"pinned": int(pinned)})

    def set_folder(self, conversation_id: ConversationId, folder: str) -> None:
        """Put a conversation into a folder; "" takes it out."""
        self._change(conversation_id, {"folder": folder})

    def set_learn(self, conversation_id: ConversationId, learn: bool) -> None:
        """Whether rankings made in a conversation from now on may be learned from."""
        self._change(conversation_id, {"learn": int(learn)})

    def set_origin(self, conversation_id: ConversationId, origin: str) -> None:
        """Note where an imported conversation comes from; each origin occurs once."""
        self._change(conversation_id, {"origin": origin})

    def origins(self) -> frozenset[str]:
        """Where all imported conversations, deleted ones too, come from."""
        rows = self._tables.query("SELECT origin FROM conversations WHERE origin <> ''")
        return frozenset(str(row["origin"]) for row in rows)

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
        removed = self._tables.execute(
            "DELETE FROM conversations WHERE deleted_at < ?", [deleted_before]
        ).rowcount
        if removed:
            self._search.drop_orphans()
            Documents(self._tables).drop_orphans()
        return int(removed)

    def _change(self, conversation_id: ConversationId, values: dict[str, object]) -> None:
        """Update one conversation; UsageProblem if there is none of that id."""
        self.get(conversation_id)
        self._tables.table("conversations").update(conversation_id, values)

    def _rows(self, sql: str) -> tuple[Conversation, ...]:
        """Conversations of a SELECT, pinned ones first, then the latest used."""
        query = sql.format(_COLUMNS) + " ORDER BY pinned DESC, updated_at DESC, id DESC"
        return tuple(conversation_of(row) for row in self._tables.query(query))
