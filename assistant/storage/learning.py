"""What was learned: snapshots of learners, their training runs, cached embeddings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database as Tables

from assistant.domain.errors import StorageProblem
from assistant.storage.rows import insert

KEEP = 3  # snapshots of each learner


@dataclass(frozen=True, slots=True)
class SnapshotHead:
    """What is known of a learner's saved state without reading it."""

    id: int
    learner: str
    created_at: float
    rankings: int  # it knows
    metrics: dict[str, float]
    active: bool
    trial: bool  # in use, but still compared with doing without
    sha256: str  # of its weights


@dataclass(frozen=True, slots=True)
class Snapshot(SnapshotHead):
    """A learner's saved state; `weights` is a safetensors file."""

    weights: bytes


class Snapshots:
    """The table of snapshots; exactly one of each learner is active."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def activate(
        self,
        learner: str,
        weights: bytes,
        rankings: int,
        metrics: dict[str, float],
        now: float,
        *,
        trial: bool = False,
        keep: int = KEEP,
    ) -> int:
        """Store a state and make it the active one; older ones beyond `keep` are dropped.

        A state equal to the active one takes no more room: that one is brought up to date, and
        its bytes are whole again if they were damaged.
        """
        row = {
            "learner": learner,
            "created_at": now,
            "rankings": rankings,
            "metrics": json.dumps(metrics),
            "sha256": hashlib.sha256(weights).hexdigest(),
            "weights": weights,
            "active": 1,
        }
        known = self._active_with(learner, str(row["sha256"]))
        if known is not None:
            self._tables.table("snapshots").update(known, row)
            return known
        self._tables.execute("UPDATE snapshots SET active = 0 WHERE learner = ?", [learner])
        snapshot_id = insert(self._tables, "snapshots", row | {"trial": int(trial)})
        self._tables.execute(
            "DELETE FROM snapshots WHERE learner = ? AND id NOT IN "
            "(SELECT id FROM snapshots WHERE learner = ? ORDER BY id DESC LIMIT ?)",
            [learner, learner, keep],
        )
        return snapshot_id

    def reactivate(self, snapshot_id: int | None, learner: str) -> None:
        """Make an older state the active one again, or (None) none, as if nothing was learned."""
        self._tables.execute(
            "UPDATE snapshots SET active = 0, trial = 0 WHERE learner = ?", [learner]
        )
        self._tables.execute(
            "UPDATE snapshots SET active = 1 WHERE learner = ? AND id = ?", [learner, snapshot_id]
        )

    def end_trial(self, snapshot_id: int) -> None:
        """The state has stood its trial."""
        self._tables.execute("UPDATE snapshots SET trial = 0 WHERE id = ?", [snapshot_id])

    def active(self, learner: str) -> Snapshot | None:
        """The active state; StorageProblem if its bytes are not those that were stored."""
        query = "SELECT * FROM snapshots WHERE learner = ? AND active = 1"
        for row in self._tables.query(query, [learner]):
            if hashlib.sha256(row["weights"]).hexdigest() != row["sha256"]:
                raise StorageProblem(
                    f"A saved state of the {learner} is damaged; run `attune learn` (for the agent "
                    "`attune learn --only agent`), which builds it anew from your rankings."
                )
            return Snapshot(**_head(row), weights=row["weights"])
        return None

    def heads(self, learner: str = "") -> tuple[SnapshotHead, ...]:
        """All stored states (of one learner, if named), the oldest first; no weights are read."""
        rows = self._tables.query(
            "SELECT id, learner, created_at, rankings, metrics, active, trial, sha256 "
            "FROM snapshots WHERE ? IN ('', learner) ORDER BY id",
            [learner],
        )
        return tuple(SnapshotHead(**_head(row)) for row in rows)

    def forget(self) -> None:
        """Remove all states."""
        self._tables.execute("DELETE FROM snapshots")

    def _active_with(self, learner: str, digest: str) -> int | None:
        """The active state if its bytes have this hash."""
        for row in self._tables.query(
            "SELECT id FROM snapshots WHERE learner = ? AND active = 1 AND sha256 = ?",
            [learner, digest],
        ):
            return int(row["id"])
        return None


def _head(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a SnapshotHead from a row of the table."""
    return {
        "id": row["id"],
        "learner": row["learner"],
        "created_at": row["created_at"],
        "rankings": row["rankings"],
        "metrics": json.loads(row["metrics"]),
        "active": bool(row["active"]),
        "trial": bool(row["trial"]),
        "sha256": row["sha256"],
    }


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """One training and what came of it; without an outcome it was cut off, or still runs."""

    id: int
    learner: str
    started_at: float
    finished_at: float | None
    outcome: str
    reason: str


class TrainingRuns:
    """The log of what was trained when and what came of it."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def start(self, learner: str, now: float) -> int:
        """Note that a run begins."""
        row = {"learner": learner, "started_at": now}
        return insert(self._tables, "training_runs", row)

    def rankings_since(self, learner: str = "") -> int:
        """Rankings to learn from, made after the last run of a learner began.

        All of them if it never ran, or if none is named.

        A run that was cancelled is to be taken up again, so it does not count.
        """
        row = self._tables.execute(
            """SELECT count(*) FROM active_rankings WHERE learn = 1 AND created_at > coalesce(
                   (SELECT max(started_at) FROM training_runs
                    WHERE learner = ? AND outcome IS NOT 'cancelled'), -1)""",
            [learner],
        ).fetchone()
        return int(row[0])

    def mark_interrupted(self) -> None:
        """Runs that never ended are over: they were cut off, and are taken up again when due."""
        self._tables.execute(
            "UPDATE training_runs SET outcome = 'cancelled', reason = 'cut off' "
            "WHERE outcome = 'running'"
        )

    def finish(
        self, run_id: int, outcome: str, snapshot_id: int | None, now: float, reason: str = ""
    ) -> None:
        """Note how a run ended, and why so."""
        self._tables.table("training_runs").update(
            run_id,
            {
                "outcome": outcome,
                "snapshot_id": snapshot_id,
                "finished_at": now,
                "reason": reason,
            },
        )

    def states_with(self, learner: str, outcome: str) -> frozenset[int]:
        """The states of a learner that some run ended with in this way."""
        rows = self._tables.query(
            "SELECT snapshot_id FROM training_runs WHERE learner = ? AND outcome = ? "
            "AND snapshot_id IS NOT NULL",
            [learner, outcome],
        )
        return frozenset(int(row["snapshot_id"]) for row in rows)

    def newest(self, most: int) -> tuple[TrainingRun, ...]:
        """The latest runs, the newest first."""
        rows = self._tables.query("SELECT * FROM training_runs ORDER BY id DESC LIMIT ?", [most])
        return tuple(
            TrainingRun(
                id=row["id"],
                learner=row["learner"],
                started_at=row["started_at"],
                finished_at=row["finished_at"],
                outcome=row["outcome"] or "",
                reason=row["reason"] or "",
            )
            for row in rows
        )

    def latest(self, learner: str) -> tuple[str, str] | None:
        """Outcome and reason of a learner's latest run."""
        for row in self._tables.query(
            "SELECT outcome, reason FROM training_runs WHERE learner = ? ORDER BY id DESC LIMIT 1",
            [learner],
        ):
            return row["outcome"], row["reason"]
        return None


class Embeddings:
    """Vectors of texts, kept so that none is computed twice."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, texts: Iterable[str], model: str) -> dict[str, bytes]:
        """Stored vectors (little-endian float32) of those texts that have one."""
        by_hash = {_hash(text): text for text in texts}
        rows = self._tables.query(
            "SELECT text_sha256, vector FROM embeddings WHERE model = ? "
            "AND text_sha256 IN (SELECT value FROM json_each(?))",
            [model, json.dumps(list(by_hash))],
        )
        return {by_hash[row["text_sha256"]]: row["vector"] for row in rows}

    def add(self, vectors: dict[str, bytes], model: str) -> None:
        """Store vectors by text."""
        for text, vector in vectors.items():
            self._tables.execute(
                "INSERT OR IGNORE INTO embeddings (text_sha256, model, vector) VALUES (?, ?, ?)",
                [_hash(text), model, vector],
            )


def _hash(text: str) -> str:
    """The key of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
