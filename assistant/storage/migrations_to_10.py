"""The first ten steps of the schema's history; `migrations.py` goes on from here."""

from __future__ import annotations

from sqlite_utils import Database as Tables
from sqlite_utils import Migrations

migrations = Migrations("attune")


@migrations()
def m001_conversations_and_rounds(db: Tables) -> None:
    """Conversations, queries and their candidates."""
    db.executescript("""
        CREATE TABLE conversations (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            created_at REAL NOT NULL,
            updated_at REAL NOT NULL,
            deleted_at REAL
        ) STRICT;
        CREATE TABLE queries (
            id INTEGER PRIMARY KEY,
            conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
            text TEXT NOT NULL CHECK (length(text) > 0),
            model TEXT NOT NULL DEFAULT '',
            model_sha256 TEXT NOT NULL DEFAULT '',
            sampling TEXT NOT NULL DEFAULT '{}',
            created_at REAL NOT NULL,
            skipped INTEGER NOT NULL DEFAULT 0 CHECK (skipped IN (0, 1)),
            chosen_candidate_id INTEGER REFERENCES candidates(id)
        ) STRICT;
        CREATE INDEX queries_by_conversation ON queries(conversation_id);
        CREATE TABLE candidates (
            id INTEGER PRIMARY KEY,
            query_id INTEGER NOT NULL REFERENCES queries(id) ON DELETE CASCADE,
            letter TEXT NOT NULL CHECK (length(letter) = 1),
            place INTEGER NOT NULL CHECK (place >= 0),
            text TEXT NOT NULL DEFAULT '',
            tokens INTEGER NOT NULL DEFAULT 0 CHECK (tokens >= 0),
            finish TEXT NOT NULL DEFAULT 'writing'
                CHECK (finish IN ('writing', 'stop', 'length', 'stopped', 'interrupted')),
            guidance TEXT NOT NULL,
            origin TEXT NOT NULL CHECK (origin IN ('exploit', 'explore', 'plain')),
            propensity REAL NOT NULL CHECK (propensity >= 0 AND propensity <= 1),
            seed INTEGER NOT NULL,
            UNIQUE (query_id, letter),
            UNIQUE (query_id, place)
        ) STRICT;
    """)


@migrations()
def m002_rankings_and_predictions(db: Tables) -> None:
    """Rankings (append-only; a newer one supersedes, a retraction takes one back), predictions."""
    db.executescript("""
        CREATE TABLE rankings (
            id INTEGER PRIMARY KEY,
            query_id INTEGER NOT NULL REFERENCES queries(id) ON DELETE CASCADE,
            learn INTEGER NOT NULL DEFAULT 1 CHECK (learn IN (0, 1)), -- 0: made with learning off
            created_at REAL NOT NULL
        ) STRICT;
        CREATE INDEX rankings_by_query ON rankings(query_id);
        CREATE TABLE ranking_entries (
            ranking_id INTEGER NOT NULL REFERENCES rankings(id) ON DELETE CASCADE,
            candidate_id INTEGER NOT NULL REFERENCES candidates(id) ON DELETE CASCADE,
            position INTEGER CHECK (position >= 1), -- ties share one; NULL: worse than all placed
            PRIMARY KEY (ranking_id, candidate_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE retractions (
            ranking_id INTEGER PRIMARY KEY REFERENCES rankings(id) ON DELETE CASCADE,
            created_at REAL NOT NULL
        ) STRICT;
        CREATE VIEW active_rankings AS
            SELECT max(id) AS id, query_id, learn, created_at FROM rankings
            WHERE id NOT IN (SELECT ranking_id FROM retractions)
            GROUP BY query_id;
        CREATE TABLE predictions (
            query_id INTEGER NOT NULL REFERENCES queries(id) ON DELETE CASCADE,
            predictor TEXT NOT NULL,
            utilities TEXT NOT NULL,
            created_at REAL NOT NULL,
            PRIMARY KEY (query_id, predictor)
        ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m003_learning(db: Tables) -> None:
    """Tags, what was learned, how it was trained, settings, cached embeddings."""
    db.executescript("""
        CREATE TABLE tags (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            kind TEXT NOT NULL CHECK (kind IN ('interest', 'style')),
            area TEXT NOT NULL DEFAULT '',
            instruction TEXT NOT NULL CHECK (length(instruction) BETWEEN 1 AND 200),
            opposite TEXT,
            origin TEXT NOT NULL DEFAULT 'library',
            pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
            banned INTEGER NOT NULL DEFAULT 0 CHECK (banned IN (0, 1)),
            position INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE snapshots (
            id INTEGER PRIMARY KEY,
            learner TEXT NOT NULL,
            created_at REAL NOT NULL,
            rankings INTEGER NOT NULL,
            metrics TEXT NOT NULL DEFAULT '{}',
            sha256 TEXT NOT NULL, weights BLOB NOT NULL, -- safetensors
            active INTEGER NOT NULL DEFAULT 0 CHECK (active IN (0, 1))
        ) STRICT;
        CREATE UNIQUE INDEX one_active_snapshot ON snapshots(learner) WHERE active = 1;
        CREATE TABLE training_runs (
            id INTEGER PRIMARY KEY,
            learner TEXT NOT NULL,
            started_at REAL NOT NULL,
            finished_at REAL,
            outcome TEXT NOT NULL DEFAULT 'running',
            snapshot_id INTEGER REFERENCES snapshots(id) ON DELETE SET NULL
        ) STRICT;
        CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE embeddings (
            text_sha256 TEXT NOT NULL,
            model TEXT NOT NULL,
            vector BLOB NOT NULL, -- little-endian float32
            PRIMARY KEY (text_sha256, model)
        ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m004_state_before_a_ranking(db: Tables) -> None:
    """What taking a ranking back restores beside the learners: a skip, a reply chosen by hand."""
    db.executescript("""
        ALTER TABLE rankings ADD COLUMN skipped_before INTEGER NOT NULL DEFAULT 0
            CHECK (skipped_before IN (0, 1));
        ALTER TABLE rankings ADD COLUMN chosen_before INTEGER REFERENCES candidates(id);
    """)


@migrations()
def m005_versions_of_a_query(db: Tables) -> None:
    """Queries form a tree: an edited query is a sibling of the old one, and nothing is destroyed.

    A conversation shows the path that ends in its leaf.
    """
    db.executescript("""
        ALTER TABLE queries ADD COLUMN parent_id INTEGER REFERENCES queries(id);
        CREATE INDEX queries_by_parent ON queries(parent_id);
        UPDATE queries SET parent_id = (
            SELECT max(q.id) FROM queries q
            WHERE q.conversation_id = queries.conversation_id AND q.id < queries.id);
        ALTER TABLE conversations ADD COLUMN leaf_id INTEGER REFERENCES queries(id);
        UPDATE conversations SET leaf_id = (
            SELECT max(q.id) FROM queries q WHERE q.conversation_id = conversations.id);
        ALTER TABLE conversations ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0
            CHECK (pinned IN (0, 1));
        ALTER TABLE conversations ADD COLUMN folder TEXT NOT NULL DEFAULT '';
        ALTER TABLE conversations ADD COLUMN learn INTEGER NOT NULL DEFAULT 1
            CHECK (learn IN (0, 1)); -- 0: nothing may learn from rankings made in it
    """)


@migrations()
def m006_full_text(db: Tables) -> None:
    """An index over titles, queries and finished replies; `search.py` keeps it.

    No triggers do, because SQLite calls them unsafe on virtual tables with trusted_schema off.
    Row ids say where a text comes from: 3 x id for a conversation's title, + 1 for a query's text,
    + 2 for a candidate's. Deleted words leave the file when the index is optimised (see `purge`).
    """
    db.executescript("""
        CREATE VIRTUAL TABLE texts USING fts5(
            text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
        INSERT INTO texts(rowid, text) SELECT 3 * id, title FROM conversations;
        INSERT INTO texts(rowid, text) SELECT 3 * id + 1, text FROM queries;
        INSERT INTO texts(rowid, text) SELECT 3 * id + 2, text FROM candidates
            WHERE finish <> 'writing';
    """)


@migrations()
def m007_imported_conversations(db: Tables) -> None:
    """Where a conversation was imported from, so that it comes in once and can be told apart."""
    db.executescript("""
        ALTER TABLE conversations ADD COLUMN origin TEXT NOT NULL DEFAULT '';
        CREATE UNIQUE INDEX imported_once ON conversations(origin) WHERE origin <> '';
    """)


@migrations()
def m008_lessons(db: Tables) -> None:
    """Examples to learn from that are no rankings made here; gone together with their origin."""
    db.executescript("""
        CREATE TABLE lessons (
            id INTEGER PRIMARY KEY,
            origin TEXT NOT NULL CHECK (length(origin) > 0),
            created_at REAL NOT NULL,
            example TEXT NOT NULL
        ) STRICT;
        CREATE INDEX lessons_by_origin ON lessons(origin);
    """)


@migrations()
def m009_rules_and_trials(db: Tables) -> None:
    """Rules; states on trial; why a training run ended as it did."""
    db.executescript("""
        CREATE TABLE rules (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(text) BETWEEN 1 AND 200),
            origin TEXT NOT NULL CHECK (origin IN ('feature', 'tag', 'distilled', 'own')),
            detector TEXT NOT NULL,
            evidence TEXT NOT NULL DEFAULT '[]', -- ids of rankings
            correct REAL NOT NULL DEFAULT 0, -- held-out pairs that agree with it
            judged INTEGER NOT NULL DEFAULT 0 CHECK (judged >= 0),
            alive INTEGER NOT NULL DEFAULT 0 CHECK (alive IN (0, 1)),
            pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
            banned INTEGER NOT NULL DEFAULT 0 CHECK (banned IN (0, 1)),
            edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1)),
            created_at REAL NOT NULL
        ) STRICT;
        ALTER TABLE snapshots ADD COLUMN trial INTEGER NOT NULL DEFAULT 0 CHECK (trial IN (0, 1));
        ALTER TABLE training_runs ADD COLUMN reason TEXT NOT NULL DEFAULT '';
    """)


@migrations()
def m010_interview_and_prompts(db: Tables) -> None:
    """Answers to the interview; prompts that were tried, and how each did on past rankings."""
    db.executescript("""
        CREATE TABLE interview_answers (
            id INTEGER PRIMARY KEY,
            question TEXT NOT NULL CHECK (length(question) > 0),
            option INTEGER CHECK (option >= 0), -- NULL: skipped
            created_at REAL NOT NULL
        ) STRICT;
        CREATE TABLE prompts (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE CHECK (length(text) BETWEEN 1 AND 400),
            created_at REAL NOT NULL
        ) STRICT;
        CREATE TABLE prompt_outcomes (
            prompt_id INTEGER NOT NULL REFERENCES prompts(id) ON DELETE CASCADE,
            query_id INTEGER NOT NULL REFERENCES queries(id) ON DELETE CASCADE,
            value REAL NOT NULL CHECK (value >= 0 AND value <= 1),
            said TEXT NOT NULL,
            PRIMARY KEY (prompt_id, query_id)
        ) STRICT, WITHOUT ROWID;
    """)
