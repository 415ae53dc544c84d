"""The tag library as this user has it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database as Tables

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Tag, TagKind


class Tags:
    """The table of tags; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def all(self) -> tuple[Tag, ...]:
        """All tags in the order of the library, the user's own last."""
        return tuple(
            Tag(
                name=row["name"],
                kind=TagKind(row["kind"]),
                instruction=row["instruction"],
                area=row["area"],
                opposite=row["opposite"],
                origin=row["origin"],
                pinned=bool(row["pinned"]),
                banned=bool(row["banned"]),
            )
            for row in self._tables.query("SELECT * FROM tags ORDER BY position, name")
        )

    def sync_library(self, library: Sequence[Tag]) -> None:
        """Bring the shipped tags up to date; the user's own tags, pins and bans stay."""
        stored = {tag.name: tag for tag in self.all()}
        for position, tag in enumerate(library):
            old = stored.get(tag.name)
            row = {
                "name": tag.name,
                "kind": tag.kind.value,
                "area": tag.area,
                "instruction": tag.instruction,
                "opposite": tag.opposite,
                "origin": "library",
                "pinned": int(old.pinned if old else False),
                "banned": int(old.banned if old else False),
                "position": position,
            }
            self._tables.table("tags").upsert(row, pk="name")
        gone = [n for n, t in stored.items() if t.origin == "library"]
        for name in set(gone) - {tag.name for tag in library}:
            self._tables.table("tags").delete(name)

    def add_own(self, tag: Tag) -> None:
        """Add a tag of the user's own, or change one; UsageProblem for a name of the library."""
        old = {old.name.lower(): old for old in self.all()}.get(tag.name.lower())
        if old is not None and old.origin == "library":
            raise UsageProblem(f"The library has a tag “{old.name}” already; pin it instead.")
        last = self._tables.execute("SELECT coalesce(max(position), -1) FROM tags").fetchone()[0]
        row = {
            "name": tag.name,
            "kind": tag.kind.value,
            "area": tag.area,
            "instruction": tag.instruction,
            "opposite": tag.opposite,
            "origin": tag.origin,
            "pinned": int(tag.pinned),
            "banned": int(tag.banned),
            "position": last + 1,
        }
        self._tables.table("tags").upsert(row, pk="name")

    def remove_own(self, name: str) -> None:
        """Remove a tag of the user's own; UsageProblem if there is none of that name."""
        removed = self._tables.execute(
            "DELETE FROM tags WHERE name = ? AND origin <> 'library'", [name]
        ).rowcount
        if not removed:
            raise UsageProblem(
                f"There is no tag of your own “{name}”; tags of the library can be banned."
            )

    def set_flags(self, name: str, *, pinned: bool, banned: bool, origin: str = "") -> None:
        """Pin or ban a tag; UsageProblem if there is no such tag or both are asked for.

        `origin`: the profile that asks for it; without one it is the user's own wish from now on.
        """
        if pinned and banned:
            raise UsageProblem(f"“{name}” cannot be pinned and banned at once.")
        changed = self._tables.execute(
            "UPDATE tags SET pinned = ?, banned = ? WHERE name = ?",
            [int(pinned), int(banned), name],
        ).rowcount
        if not changed:
            raise UsageProblem(f"There is no tag “{name}”; `attune profile show` lists them.")
        self._tables.execute("DELETE FROM imported_flags WHERE tag = ?", [name])
        if origin:
            self._tables.table("imported_flags").insert({"tag": name, "origin": origin})

    def flag_origins(self) -> frozenset[str]:
        """The profiles that brought pins and bans along which still stand."""
        rows = self._tables.query("SELECT DISTINCT origin FROM imported_flags")
        return frozenset(str(row["origin"]) for row in rows)

    def remove_imported_flags(self, origin: str) -> int:
        """Free the tags that an import pinned or banned, unless the user did so since; how many."""
        self._tables.execute(
            "UPDATE tags SET pinned = 0, banned = 0 "
            "WHERE name IN (SELECT tag FROM imported_flags WHERE origin = ?)",
            [origin],
        )
        return self._tables.execute(
            "DELETE FROM imported_flags WHERE origin = ?", [origin]
        ).rowcount
