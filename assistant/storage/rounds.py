"""Queries and their candidates: written as they happen, read back as rounds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

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
from assistant.storage.rankings import Predictions, Rankings
from assistant.storage.rows import insert


class Rounds:
    """The tables of queries and candidates; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rankings = Rankings(tables)
        self._predictions = Predictions(tables)

    def add_query(self, conversation_id: ConversationId, text: str, now: float) -> QueryId:
        """Store what the user asked."""
        row = {"conversation_id": conversation_id, "text": text, "created_at": now}
        return QueryId(insert(self._tables, "queries", row))

    def set_model(
        self, query_id: QueryId, model: str, sha256: str, sampling: dict[str, float]
    ) -> None:
        """Note which model writes the candidates, and how it samples."""
        self._tables.table("queries").update(
            query_id,
            {"model": model, "model_sha256": sha256, "sampling": json.dumps(sampling)},
        )

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

    def mark_interrupted(self) -> int:
        """Mark what a crash left half-written; how many candidates that were."""
        return int(
            self._tables.execute(
                "UPDATE candidates SET finish = 'interrupted' WHERE finish = 'writing'"
            ).rowcount
        )

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
        """All rounds of a conversation in the order asked."""
        return self._read("q.conversation_id = ?", [conversation_id])

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
            )
            for row in queries
        )

    def _candidates(self, query_ids: Iterable[QueryId]) -> dict[QueryId, tuple[Candidate, ...]]:
        """Candidates of each query in the order shown."""
        found: dict[QueryId, tuple[Candidate, ...]] = {}
        for row in self._tables.query(
            "SELECT * FROM candidates WHERE query_id IN (SELECT value FROM json_each(?)) "
            "ORDER BY query_id, place",
            [json.dumps(list(query_ids))],
        ):
            candidate = _candidate(row)
            found[candidate.query_id] = (*found.get(candidate.query_id, ()), candidate)
        return found


def _candidate(row: dict[str, object]) -> Candidate:
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
    )
