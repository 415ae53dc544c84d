"""What was learned: snapshots of learners, their own and those of profile files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database as Tables

from assistant.domain.errors import StorageProblem
from assistant.storage.rows import insert

KEEP = 3  # snapshots of each learner
ASIDE = "aside "  # begins the learner's name in states that an import has replaced
_ORIGIN = (  # the end of a query for states: where they came from
    "origin, model, model_sha256 "
    "FROM snapshots s LEFT JOIN imported_states i ON i.snapshot_id = s.id"
)


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
    origin: str = ""  # of the profile that it came with; empty: learned here
    model: str = ""  # name and hash of the model it belongs to, if it came with a profile
    model_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot(SnapshotHead):
    """A learner's saved state; `weights` is a safetensors file."""

    weights: bytes


@dataclass(frozen=True, slots=True)
class ImportedState:
    """What a profile file says of a state in it, and the origin of that import."""

    origin: str
    model: str
    model_sha256: str
    created_at: float
    rankings: int


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
        self._tables.execute(  # imported ones leave with their import
            "DELETE FROM snapshots WHERE id IN (SELECT s.id FROM snapshots s WHERE s.learner = ? "
            "AND s.id NOT IN (SELECT snapshot_id FROM imported_states) "
            "ORDER BY s.id DESC LIMIT -1 OFFSET ?)",
            [learner, keep],
        )
        return snapshot_id

    def add_imported(
        self, learner: str, weights: bytes, facts: ImportedState, metrics: dict[str, float]
    ) -> int:
        """Store a state that came with a profile file; it is not used before it is activated."""
        row = {
            "learner": learner,
            "created_at": facts.created_at,
            "rankings": facts.rankings,
            "metrics": json.dumps(metrics),
            "sha256": hashlib.sha256(weights).hexdigest(),
            "weights": weights,
        }
        snapshot_id = insert(self._tables, "snapshots", row)
        self._tables.table("imported_states").insert(
            {
                "snapshot_id": snapshot_id,
                "origin": facts.origin,
                "model": facts.model,
                "model_sha256": facts.model_sha256,
            }
        )
        return snapshot_id

    def reactivate(
        self,
        snapshot_id: int | None,
        learner: str,
        *,
        trial: bool = False,
        metrics: dict[str, float] | None = None,
    ) -> None:
        """Make a stored state the active one, or (None) none, as if nothing was learned.

        `metrics` take the place of what was known of it.
        """
        self._tables.execute(
            "UPDATE snapshots SET active = 0, trial = 0 WHERE learner = ?", [learner]
        )
        self._tables.execute(
            "UPDATE snapshots SET active = 1, trial = ?, metrics = coalesce(?, metrics) "
            "WHERE learner = ? AND id = ?",
            [int(trial), None if metrics is None else json.dumps(metrics), learner, snapshot_id],
        )

    def remove_imported(self, origin: str) -> int:
        """Remove the states that came with a profile file; how many that were."""
        return self._tables.execute(
            "DELETE FROM snapshots WHERE id IN "
            "(SELECT snapshot_id FROM imported_states WHERE origin = ?) AND learner NOT LIKE ?",
            [origin, f"{ASIDE}%"],
        ).rowcount

    def end_trial(self, snapshot_id: int) -> None:
        """The state has stood its trial."""
        self._tables.execute("UPDATE snapshots SET trial = 0 WHERE id = ?", [snapshot_id])

    def active(self, learner: str) -> Snapshot | None:
        """The active state; StorageProblem if its bytes are not those that were stored."""
        query = f"SELECT s.*, {_ORIGIN} WHERE learner = ? AND active = 1"
        for row in self._tables.query(query, [learner]):
            return _whole(row)
        return None

    def get(self, snapshot_id: int) -> Snapshot | None:
        """A stored state; StorageProblem if its bytes are not those that were stored."""
        for row in self._tables.query(f"SELECT s.*, {_ORIGIN} WHERE s.id = ?", [snapshot_id]):
            return _whole(row)
        return None

    def heads(self, learner: str = "") -> tuple[SnapshotHead, ...]:
        """All stored states (of one learner, if named), the oldest first; no weights are read."""
        rows = self._tables.query(
            f"SELECT s.id, learner, created_at, rankings, metrics, active, trial, sha256, {_ORIGIN}"
            " WHERE ? IN ('', learner) AND learner NOT LIKE ? ORDER BY s.id",
            [learner, f"{ASIDE}%"],
        )
        return tuple(SnapshotHead(**_head(row)) for row in rows)

    def forget(self) -> None:
        """Remove all states, but for those that an import has replaced."""
        self._tables.execute("DELETE FROM snapshots WHERE learner NOT LIKE ?", [f"{ASIDE}%"])

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
        "origin": row["origin"] or "",
        "model": row["model"] or "",
        "model_sha256": row["model_sha256"] or "",
    }


def _whole(row: dict[str, Any]) -> Snapshot:
    """A state from a row of the table."""
    if hashlib.sha256(row["weights"]).hexdigest() != row["sha256"]:
        name = row["learner"]
        raise StorageProblem(
            f"A saved state of the {name} is damaged; run `attune learn` (for the agent "
            "`attune learn --only agent`), which builds it anew from your rankings."
        )
    return Snapshot(**_head(row), weights=row["weights"])
