"""Snippets: the user's own texts under names, kept to be put into messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain.errors import UsageProblem
from assistant.storage.snippets import Snippet

if TYPE_CHECKING:
    from assistant.storage.database import Database, Store

LONGEST_NAME = 40  # characters
LONGEST_TEXT = 20_000


def list_snippets(store: Store) -> tuple[Snippet, ...]:
    """All snippets, by name."""
    return store.run(lambda db: db.snippets.all())


def add_snippet(store: Store, *, name: str, text: str, now: float) -> Snippet:
    """Keep a text under a new name; UsageProblem if the name is taken or one of them is unfit."""
    clean, body = clean_name(name), clean_text(text)

    def write(db: Database) -> Snippet:
        if db.snippets.find(clean) is not None:
            raise UsageProblem(f"There is a snippet “{clean}” already; choose another name.")
        return Snippet(db.snippets.add(clean, body, now), clean, body)

    return store.run(write)


def edit_snippet(
    store: Store, *, name: str, text: str | None = None, new_name: str | None = None
) -> Snippet:
    """Give a snippet another text, another name, or both."""

    def write(db: Database) -> Snippet:
        old = _found(db, name)
        clean = old.name if new_name is None else clean_name(new_name)
        body = old.text if text is None else clean_text(text)
        other = db.snippets.find(clean)
        if other is not None and other.id != old.id:
            raise UsageProblem(f"There is a snippet “{clean}” already; choose another name.")
        db.snippets.change(old.id, clean, body)
        return Snippet(old.id, clean, body)

    return store.run(write)


def remove_snippet(store: Store, *, name: str) -> Snippet:
    """Delete a snippet; what it was."""

    def write(db: Database) -> Snippet:
        old = _found(db, name)
        db.snippets.remove(old.id)
        return old

    return store.run(write)


def clean_name(name: str) -> str:
    """A name on one line, without the slash that asks for it; UsageProblem if none is left."""
    clean = " ".join(name.split()).lstrip("/").strip()
    if not 0 < len(clean) <= LONGEST_NAME:
        raise UsageProblem(f"A snippet's name has 1 to {LONGEST_NAME} characters; shorten it.")
    return clean


def clean_text(text: str) -> str:
    """A text without blank ends; UsageProblem if it is empty or too long."""
    clean = text.strip()
    if not 0 < len(clean) <= LONGEST_TEXT:
        raise UsageProblem(f"A snippet's text has 1 to {LONGEST_TEXT} characters; shorten it.")
    return clean


def _found(db: Database, name: str) -> Snippet:
    """The snippet of that name; UsageProblem if there is none."""
    snippet = db.snippets.find(" ".join(name.split()).lstrip("/"))
    if snippet is None:
        raise UsageProblem(f"There is no snippet “{name}”; `attune snippets list` names them.")
    return snippet
