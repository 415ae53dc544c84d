"""The schema's history: append-only functions, applied once each in order, never edited.

Tables are STRICT; times are seconds since the epoch (UTC), for display only: order comes from ids.
The history begins in `migrations_to_10.py`.
"""

from __future__ import annotations

from sqlite_utils import Database as Tables

from assistant.storage.migrations_to_10 import migrations

__all__ = ["migrations"]


@migrations()
def m011_documents(db: Tables) -> None:
    """Documents of a conversation, their passages, and which were put into which prompt."""
    db.executescript("""
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY,
            conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
            name TEXT NOT NULL CHECK (length(name) > 0),
            sha256 TEXT NOT NULL,
            characters INTEGER NOT NULL CHECK (characters > 0),
            pages INTEGER CHECK (pages > 0), -- NULL: it has none that a reader could look up
            added_at REAL NOT NULL,
            UNIQUE (conversation_id, sha256)
        ) STRICT;
        CREATE TABLE passages (
            id INTEGER PRIMARY KEY, -- also the row of passage_texts
            document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            page INTEGER CHECK (page > 0),
            text TEXT NOT NULL CHECK (length(text) > 0),
            vector BLOB NOT NULL -- little-endian float32
        ) STRICT;
        CREATE INDEX passages_by_document ON passages(document_id);
        CREATE VIRTUAL TABLE passage_texts USING fts5(
            text, tokenize = 'unicode61 remove_diacritics 2');
        CREATE TABLE sources (
            query_id INTEGER NOT NULL REFERENCES queries(id) ON DELETE CASCADE,
            place INTEGER NOT NULL CHECK (place >= 0),
            passage_id INTEGER REFERENCES passages(id) ON DELETE SET NULL,
            document TEXT NOT NULL,
            page INTEGER,
            PRIMARY KEY (query_id, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sources_by_passage ON sources(passage_id);
    """)


@migrations()
def m012_settings_of_a_model(db: Tables) -> None:
    """Settings that differ from the general ones while a certain model is in use."""
    db.executescript("""
        CREATE TABLE model_settings (
            model TEXT NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (model, key)
        ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m013_imported_rules(db: Tables) -> None:
    """Which rules came with a profile file, so that they can be taken back with it."""
    db.executescript("""
        CREATE TABLE imported_rules (
            rule_id INTEGER PRIMARY KEY REFERENCES rules(id) ON DELETE CASCADE,
            origin TEXT NOT NULL CHECK (length(origin) > 0)
        ) STRICT;
    """)


@migrations()
def m014_snippets(db: Tables) -> None:
    """Texts that the user keeps to put into messages."""
    db.executescript("""
        CREATE TABLE snippets (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 40),
            text TEXT NOT NULL CHECK (length(text) > 0),
            created_at REAL NOT NULL,
            origin TEXT NOT NULL -- of the profile that it came with; empty: the user's own
        ) STRICT;
    """)


@migrations()
def m015_rounds_passed_over(db: Tables) -> None:
    """Rounds that the user does not want to rank later; queries are found by their day."""
    db.executescript("""
        ALTER TABLE queries ADD COLUMN passed_at REAL;
        CREATE INDEX queries_by_day ON queries(created_at);
    """)


@migrations()
def m016_imports_complete(db: Tables) -> None:
    """Prompts and adapters of a profile file; what taking an import back has to restore.

    `replaced` holds what was learned here before an import took its place.
    """
    db.executescript("""
        ALTER TABLE prompts ADD COLUMN origin TEXT NOT NULL DEFAULT ''; -- empty: found here
        ALTER TABLE prompts ADD COLUMN banned INTEGER NOT NULL DEFAULT 0
            CHECK (banned IN (0, 1));
        CREATE TABLE outcomes_elsewhere (
            prompt_id INTEGER NOT NULL REFERENCES prompts(id) ON DELETE CASCADE,
            occasion TEXT NOT NULL CHECK (length(occasion) > 0), -- a query of another data file
            value REAL NOT NULL CHECK (value >= 0 AND value <= 1),
            said TEXT NOT NULL,
            PRIMARY KEY (prompt_id, occasion)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE imported_states (
            snapshot_id INTEGER PRIMARY KEY REFERENCES snapshots(id) ON DELETE CASCADE,
            origin TEXT NOT NULL CHECK (length(origin) > 0),
            model TEXT NOT NULL, -- its name and hash: a state of another model is of no use
            model_sha256 TEXT NOT NULL
        ) STRICT;
        CREATE TABLE imported_flags (
            tag TEXT PRIMARY KEY COLLATE NOCASE,
            origin TEXT NOT NULL CHECK (length(origin) > 0)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE replaced (
            id INTEGER PRIMARY KEY,
            origin TEXT NOT NULL CHECK (length(origin) > 0),
            created_at REAL NOT NULL,
            state TEXT NOT NULL
        ) STRICT;
    """)


@migrations()
def m017_edited_replies(db: Tables) -> None:
    """What the user made of a reply, beside what was written; one of them may stand for it."""
    db.executescript("""
        CREATE TABLE reply_edits (
            id INTEGER PRIMARY KEY,
            candidate_id INTEGER NOT NULL REFERENCES candidates(id) ON DELETE CASCADE,
            text TEXT NOT NULL CHECK (length(text) > 0),
            created_at REAL NOT NULL,
            in_use INTEGER NOT NULL DEFAULT 0 CHECK (in_use IN (0, 1)) -- 1: stands for the reply
        ) STRICT;
        CREATE INDEX edits_by_candidate ON reply_edits(candidate_id);
        CREATE UNIQUE INDEX one_edit_in_use ON reply_edits(candidate_id) WHERE in_use = 1;
    """)


@migrations()
def m018_copied_queries(db: Tables) -> None:
    """Queries that came with a copy of a conversation: nobody is asked to rank them once more."""
    db.executescript("""
        ALTER TABLE queries ADD COLUMN copied INTEGER NOT NULL DEFAULT 0 CHECK (copied IN (0, 1));
    """)


@migrations()
def m019_one_reply_shown(db: Tables) -> None:
    """Queries to which only the best reply was shown: nobody was asked to rank them."""
    db.executescript("""
        ALTER TABLE queries ADD COLUMN one_shown INTEGER NOT NULL DEFAULT 0
            CHECK (one_shown IN (0, 1));
    """)
