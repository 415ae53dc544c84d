"""Queries and their candidates: written as they happen, read back as rounds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database as Tables

from assistant.domain.errors import UsageProblem
from assistant.domain.model import (
    Candidate,
    CandidateId,
    ConversationId,
    Finish,
    Guidance,
    Origin,
    QueryId,
    Round,
)
from assistant.storage.documents import Documents
from assistant.storage.rankings import Predictions, Rankings
from assistant.storage.reply_edits import Edits, ReplyEdits
from assistant.storage.rows import insert
from assistant.storage.search import Search, Source

_PATH = """
    WITH RECURSIVE path(id) AS (
        {start} UNION ALL
        SELECT parent_id FROM queries JOIN path USING (id) WHERE parent_id IS NOT NULL)
    SELECT id FROM path
"""
_SHOWN_PATH = _PATH.format(
    start="SELECT leaf_id FROM conversations WHERE id = ? AND leaf_id IS NOT NULL"
)
_PATH_TO = _PATH.format(start="SELECT ?")


class Rounds:
    """The tables of queries and candidates; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._search = Search(tables)
        self._rankings = Rankings(tables)
        self._predictions = Predictions(tables)
        self._documents = Documents(tables)
        self._edits = ReplyEdits(tables)

    def add_query(
        self,
        conversation_id: ConversationId,
        text: str,
        now: float,
        instead_of: QueryId | None = None,
    ) -> QueryId:
        """Store what the user asked: after the last round shown, or as another version of one."""
        parent = self._tables.execute(
            "SELECT leaf_id FROM conversations WHERE id = :conversation AND :version IS NULL "
            "UNION ALL SELECT parent_id FROM queries WHERE id = :version",
            {"conversation": conversation_id, "version": instead_of},
        ).fetchone()
        return self.add_query_after(parent[0] if parent else None, conversation_id, text, now)

    def add_query_after(
        self, parent: QueryId | None, conversation_id: ConversationId, text: str, now: float
    ) -> QueryId:
        """Store a query behind any round of its conversation, or as a first one."""
        row = {
            "conversation_id": conversation_id,
            "text": text,
            "created_at": now,
            "parent_id": parent,
        }
        query_id = QueryId(insert(self._tables, "queries", row))
        self._search.put(Source.QUERY, query_id, text)
        self._set_leaf(conversation_id, query_id)
        return query_id

    def next_id(self) -> QueryId:
        """The number that the next query will get."""
        row = self._tables.execute("SELECT coalesce(max(id), 0) + 1 FROM queries").fetchone()
        return QueryId(row[0])

    def show_version(self, query_id: QueryId) -> None:
        """Make the newest path through a query the one that its conversation shows."""
        leaf = self._tables.execute(
            """WITH RECURSIVE path(id) AS (
                   SELECT ? UNION ALL
                   SELECT (SELECT max(q.id) FROM queries q WHERE q.parent_id = path.id) FROM path
                   WHERE path.id IS NOT NULL)
               SELECT max(id) FROM path""",
            [query_id],
        ).fetchone()[0]
        self._set_leaf(self.get(query_id).conversation_id, QueryId(leaf))

    def _set_leaf(self, conversation_id: ConversationId, query_id: QueryId) -> None:
        self._tables.table("conversations").update(conversation_id, {"leaf_id": query_id})

    def set_model(
        self, query_id: QueryId, model: str, sha256: str, sampling: dict[str, float]
    ) -> None:
        """Note which model writes the candidates, and how it samples."""
        self._tables.table("queries").update(
            query_id,
            {"model": model, "model_sha256": sha256, "sampling": json.dumps(sampling)},
        )

    def model_beginning(self, digits: str) -> tuple[str, str] | None:
        """Name and hash of the latest model of a query whose hash begins like this."""
        for row in self._tables.query(
            "SELECT model, model_sha256 FROM queries WHERE model_sha256 LIKE ? "
            "ORDER BY id DESC LIMIT 1",
            [f"{digits}%"],
        ):
            return str(row["model"]), str(row["model_sha256"])
        return None

    def add_candidate(
        self,
        query_id: QueryId,
        *,
        letter: str,
        place: int,
        guidance: Guidance,
        origin: Origin,
        propensity: float,
        seed: int,
    ) -> CandidateId:
        """Store a candidate before its first token."""
        row = {
            "query_id": query_id,
            "letter": letter,
            "place": place,
            "guidance": json.dumps(asdict(guidance)),
            "origin": origin.value,
            "propensity": propensity,
            "seed": seed,
        }
        return CandidateId(insert(self._tables, "candidates", row))

    def write_text(self, texts: dict[CandidateId, str]) -> None:
        """Replace the text of candidates still being written."""
        for candidate_id, text in texts.items():
            self._tables.table("candidates").update(candidate_id, {"text": text})

    def finish_candidate(
        self, candidate_id: CandidateId, text: str, finish: Finish, tokens: int
    ) -> None:
        """Store a candidate's whole text and how it ended."""
        self._tables.table("candidates").update(
            candidate_id, {"text": text, "finish": finish.value, "tokens": tokens}
        )
        self._edits.index(candidate_id, text)

    def reopen(self, candidate_id: CandidateId) -> None:
        """A candidate is being written again, behind the text it has."""
        self._tables.table("candidates").update(candidate_id, {"finish": Finish.WRITING.value})

    def sampling(self, query_id: QueryId) -> dict[str, Any]:
        """How words were drawn for the candidates of a query; empty if that was not noted."""
        row = self._tables.execute("SELECT sampling FROM queries WHERE id = ?", [query_id])
        found: dict[str, Any] = json.loads(row.fetchone()[0] or "{}")
        return found

    def mark_interrupted(self) -> int:
        """Mark what a crash left half-written; how many candidates that were."""
        left = list(self._tables.query("SELECT id, text FROM candidates WHERE finish = 'writing'"))
        for row in left:
            self._tables.table("candidates").update(row["id"], {"finish": "interrupted"})
            self._edits.index(CandidateId(row["id"]), row["text"])
        return len(left)

    def choose(self, query_id: QueryId, candidate_id: CandidateId | None) -> None:
        """Make a reply part of the conversation."""
        self._tables.table("queries").update(query_id, {"chosen_candidate_id": candidate_id})

    def set_skipped(self, query_id: QueryId, skipped: bool) -> None:
        """Note that the user had no opinion."""
        self._tables.table("queries").update(query_id, {"skipped": int(skipped)})

    def get(self, query_id: QueryId) -> Round:
        """One round; UsageProblem if there is no query of that id."""
        rows = self._read("q.id = ?", [query_id])
        if not rows:
            raise UsageProblem(
                f"There is no query {query_id}; `attune conversations list` and "
                "`attune conversations show ID` name the queries there are."
            )
        return rows[0]

    def of_conversation(self, conversation_id: ConversationId) -> tuple[Round, ...]:
        """The rounds of a conversation on the path it shows, in the order asked."""
        return self._read(f"q.id IN ({_SHOWN_PATH})", [conversation_id])

    def path_to(self, query_id: QueryId) -> tuple[Round, ...]:
        """A query's round with those before it, in the order asked."""
        return self._read(f"q.id IN ({_PATH_TO})", [query_id])

    def ranked(self) -> tuple[Round, ...]:
        """All rounds with an active ranking, in the order of their rankings."""
        rounds = self._read("q.id IN (SELECT query_id FROM active_rankings)", [])
        return tuple(sorted(rounds, key=lambda r: r.ranking.id if r.ranking else 0))

    def _read(self, where: str, parameters: list[object]) -> tuple[Round, ...]:
        """Rounds of the queries that satisfy `where`, with everything that belongs to them."""
        queries = list(
            self._tables.query(f"SELECT q.* FROM queries q WHERE {where} ORDER BY q.id", parameters)  # noqa: S608
        )
        ids = [QueryId(row["id"]) for row in queries]
        candidates = self._candidates(ids)
        rankings = self._rankings.active(ids)
        expected = self._predictions.expected(ids)
        versions = self._versions(ids)
        sources = self._documents.sources(ids)
        return tuple(
            Round(
                query_id=QueryId(row["id"]),
                conversation_id=ConversationId(row["conversation_id"]),
                text=row["text"],
                created_at=row["created_at"],
                model=row["model"],
                candidates=candidates.get(QueryId(row["id"]), ()),
                ranking=rankings.get(QueryId(row["id"])),
                skipped=bool(row["skipped"]),
                chosen=row["chosen_candidate_id"],
                expected=expected.get(QueryId(row["id"])),
                versions=versions[QueryId(row["id"])],
                sources=sources.get(QueryId(row["id"]), ()),
                copied=bool(row["copied"]),
            )
            for row in queries
        )

    def _versions(self, query_ids: Iterable[QueryId]) -> dict[QueryId, tuple[QueryId, ...]]:
        """Each query with its siblings, itself included, by age."""
        found: dict[QueryId, tuple[QueryId, ...]] = {}
        for row in self._tables.query(
            """SELECT q.id, s.id AS version FROM queries q
               JOIN queries s ON s.conversation_id = q.conversation_id
                    AND +s.parent_id IS q.parent_id -- +: all first queries have no parent
               WHERE q.id IN (SELECT value FROM json_each(?)) ORDER BY q.id, s.id""",
            [json.dumps(list(query_ids))],
        ):
            query_id = QueryId(row["id"])
            found[query_id] = (*found.get(query_id, ()), QueryId(row["version"]))
        return found

    def _candidates(self, query_ids: Iterable[QueryId]) -> dict[QueryId, tuple[Candidate, ...]]:
        """Candidates of each query in the order shown."""
        found: dict[QueryId, tuple[Candidate, ...]] = {}
        rows = list(
            self._tables.query(
                "SELECT * FROM candidates WHERE query_id IN (SELECT value FROM json_each(?)) "
                "ORDER BY query_id, place",
                [json.dumps(list(query_ids))],
            )
        )
        edits = self._edits.of(CandidateId(row["id"]) for row in rows)
        for row in rows:
            candidate = _candidate(row, edits.get(CandidateId(row["id"]), Edits()))
            found[candidate.query_id] = (*found.get(candidate.query_id, ()), candidate)
        return found


def _candidate(row: dict[str, object], edits: Edits) -> Candidate:
    """A row as a value."""
    guidance = json.loads(str(row["guidance"]))
    return Candidate(
        id=CandidateId(int(str(row["id"]))),
        query_id=QueryId(int(str(row["query_id"]))),
        letter=str(row["letter"]),
        place=int(str(row["place"])),
        text=str(row["text"]),
        tokens=int(str(row["tokens"])),
        finish=Finish(str(row["finish"])),
        guidance=Guidance(
            tags=tuple(guidance["tags"]),
            rules=tuple(guidance["rules"]),
            prompt=guidance["prompt"],
            exemplars=tuple(guidance["exemplars"]),
        ),
        origin=Origin(str(row["origin"])),
        propensity=float(str(row["propensity"])),
        seed=int(str(row["seed"])),
        edits=edits.texts,
        version=edits.in_use,
    )
