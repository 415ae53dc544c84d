"""Snippets: texts that the user keeps to put into messages, each under a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from sqlite_utils import Database as Tables

from assistant.storage.rows import insert

SnippetId = NewType("SnippetId", int)


@dataclass(frozen=True, slots=True)
class Snippet:
    """One text under its name; `origin` tells which profile it came with, empty for one's own."""

    id: SnippetId
    name: str
    text: str
    origin: str = ""


class Snippets:
    """The table of snippets; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def all(self) -> tuple[Snippet, ...]:
        """Every snippet, by name."""
        rows = self._tables.query("SELECT * FROM snippets ORDER BY name COLLATE NOCASE, id")
        return tuple(
            Snippet(SnippetId(row["id"]), row["name"], row["text"], row["origin"]) for row in rows
        )

    def find(self, name: str) -> Snippet | None:
        """The snippet of a name, however it is capitalised."""
        wanted = name.casefold()
        return next((one for one in self.all() if one.name.casefold() == wanted), None)

    def add(self, name: str, text: str, now: float, origin: str = "") -> SnippetId:
        """Keep one more; its name must be free."""
        row = {"name": name, "text": text, "created_at": now, "origin": origin}
        return SnippetId(insert(self._tables, "snippets", row))

    def change(self, snippet_id: SnippetId, name: str, text: str) -> None:
        """Give a snippet this name and text; it is the user's own from now on."""
        self._tables.table("snippets").update(
            snippet_id, {"name": name, "text": text, "origin": ""}
        )

    def remove(self, snippet_id: SnippetId) -> None:
        """Delete one."""
        self._tables.execute("DELETE FROM snippets WHERE id = ?", [snippet_id])

    def remove_imported(self, origin: str) -> int:
        """Delete what came with one profile and was not changed since; how many that were."""
        return self._tables.execute("DELETE FROM snippets WHERE origin = ?", [origin]).rowcount
