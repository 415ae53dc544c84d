"""Inserting a row and learning its id."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database as Tables

from assistant.domain.model import Conversation, ConversationId


def insert(tables: Tables, table: str, row: Mapping[str, object]) -> int:
    """Insert one row into a table with an integer key; the key."""
    tables.table(table).insert(dict(row))
    return int(tables.execute("SELECT last_insert_rowid()").fetchone()[0])


def conversation_of(row: dict[str, object]) -> Conversation:
    """A row of the table of conversations as a value."""
    return Conversation(
        id=ConversationId(int(str(row["id"]))),
        title=str(row["title"]),
        created_at=float(str(row["created_at"])),
        updated_at=float(str(row["updated_at"])),
        pinned=bool(row["pinned"]),
        folder=str(row["folder"]),
        learn=bool(row["learn"]),
    )
