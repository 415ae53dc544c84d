"""The log of training runs."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database as Tables

from assistant.storage.rows import insert


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
