"""Inserting a row and learning its id."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database as Tables


def insert(tables: Tables, table: str, row: Mapping[str, object]) -> int:
    """Insert one row into a table with an integer key; the key."""
    tables.table(table).insert(dict(row))
    return int(tables.execute("SELECT last_insert_rowid()").fetchone()[0])
