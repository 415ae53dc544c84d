"""Rankings (append-only) and the predictions made before them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlite_utils import Database as Tables

from assistant.domain.model import (
    Candidate,
    Order,
    Prediction,
    QueryId,
    Ranking,
    RankingId,
)
from assistant.domain.preferences import order_by_utility, shown
from assistant.storage.rows import insert


class Rankings:
    """The tables of rankings; a newer ranking of a query supersedes, a retraction takes it back."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(
        self,
        query_id: QueryId,
        order: Order,
        candidates: Sequence[Candidate],
        now: float,
        *,
        learn: bool = True,
    ) -> RankingId:
        """Append a ranking; `learn` is False for one that nothing may learn from."""
        ids = {candidate.letter: candidate.id for candidate in candidates}
        before = self._tables.table("queries").get(query_id)
        row = {
            "query_id": query_id,
            "learn": int(learn),
            "created_at": now,
            "skipped_before": before["skipped"],
            "chosen_before": before["chosen_candidate_id"],
        }
        ranking_id = RankingId(insert(self._tables, "rankings", row))
        placed: list[dict[str, int | None]] = [
            {"ranking_id": ranking_id, "candidate_id": ids[letter], "position": position}
            for position, tier in enumerate(order.tiers, 1)
            for letter in tier
        ]
        behind: list[dict[str, int | None]] = [
            {"ranking_id": ranking_id, "candidate_id": ids[letter], "position": None}
            for letter in order.rest
        ]
        self._tables.table("ranking_entries").insert_all([*placed, *behind])
        return ranking_id

    def counts_elsewhere(self, query_id: QueryId) -> bool:
        """Whether the same replies are learned from already, ranked in a copy or in the original.

        A copied query keeps its text and its time, by which its row is found.
        """
        found = self._tables.query(
            """SELECT 1 FROM queries q
               JOIN queries twin ON twin.created_at = q.created_at AND twin.text = q.text
                   AND twin.id <> q.id AND (twin.copied OR q.copied)
               JOIN rankings r ON r.query_id = twin.id AND r.learn = 1
               WHERE q.id = ? AND r.id NOT IN (SELECT ranking_id FROM retractions) LIMIT 1""",
            [query_id],
        )
        return any(True for _ in found)

    def retract(self, ranking_id: RankingId, now: float) -> None:
        """Take a ranking back: the one it superseded, if any, counts again, and so does the skip
        or the chosen reply that it replaced; the reply a conversation went on with stays chosen."""
        self._tables.table("retractions").insert({"ranking_id": ranking_id, "created_at": now})
        self._tables.execute(
            """UPDATE queries SET skipped = r.skipped_before,
                   chosen_candidate_id = CASE
                       WHEN r.chosen_before IS NULL AND EXISTS (
                           SELECT 1 FROM queries later WHERE later.parent_id = queries.id)
                       THEN queries.chosen_candidate_id ELSE r.chosen_before END
               FROM rankings r WHERE r.id = ? AND queries.id = r.query_id""",
            [ranking_id],
        )

    def retract_of(self, query_id: QueryId, now: float) -> None:
        """Take all rankings of a query back: it is as before the first of them, but for the reply
        that its conversation went on with, if it did."""
        self._tables.execute(
            "INSERT OR IGNORE INTO retractions (ranking_id, created_at) "
            "SELECT id, ? FROM rankings WHERE query_id = ?",
            [now, query_id],
        )
        self._tables.execute(
            """UPDATE queries SET skipped = r.skipped_before,
                   chosen_candidate_id = CASE
                       WHEN EXISTS (
                           SELECT 1 FROM queries later WHERE later.parent_id = queries.id)
                       THEN queries.chosen_candidate_id ELSE r.chosen_before END
               FROM rankings r
               WHERE queries.id = ?1 AND r.id = (
                   SELECT min(first.id) FROM rankings first WHERE first.query_id = ?1)""",
            [query_id],
        )

    def retract_all(self, now: float) -> None:
        """Take every ranking back; conversations keep the replies they go on with."""
        self._tables.execute(
            "INSERT OR IGNORE INTO retractions (ranking_id, created_at) SELECT id, ? FROM rankings",
            [now],
        )

    def active(self, query_ids: Iterable[QueryId]) -> dict[QueryId, Ranking]:
        """The ranking that counts for each query, where there is one."""
        rows = self._tables.query(
            """SELECT a.id, a.query_id, a.learn, a.created_at, e.position, c.letter,
                      (SELECT first.chosen_before IS NULL FROM rankings first
                       WHERE first.query_id = a.query_id ORDER BY first.id LIMIT 1) AS blind
               FROM active_rankings a
               JOIN ranking_entries e ON e.ranking_id = a.id
               JOIN candidates c ON c.id = e.candidate_id
               WHERE a.query_id IN (SELECT value FROM json_each(?))
               ORDER BY a.id, e.position, c.place""",
            [json.dumps(list(query_ids))],
        )
        heads: dict[QueryId, tuple[float, bool, bool]] = {}
        ids: dict[QueryId, RankingId] = {}
        letters: dict[QueryId, dict[int | None, list[str]]] = {}
        for row in rows:
            query_id = QueryId(row["query_id"])
            ids[query_id] = RankingId(row["id"])
            heads[query_id] = (row["created_at"], bool(row["learn"]), bool(row["blind"]))
            tiers = letters.setdefault(query_id, {})
            tiers.setdefault(row["position"], []).append(row["letter"])
        return {
            query_id: Ranking(ids[query_id], query_id, _order(letters[query_id]), *head)
            for query_id, head in heads.items()
        }

    def count(self) -> int:
        """How many queries have a ranking that counts."""
        return int(self._tables.execute("SELECT count(*) FROM active_rankings").fetchone()[0])


class Predictions:
    """The orders expected before the user ranked."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(
        self, query_id: QueryId, predictor: str, utilities: dict[str, float], now: float
    ) -> None:
        """Store what `predictor` expects; it stays so as long as the replies are the same."""
        self._tables.execute(
            "INSERT OR IGNORE INTO predictions (query_id, predictor, utilities, created_at) "
            "VALUES (?, ?, ?, ?)",
            [query_id, predictor, json.dumps(utilities), now],
        )

    def forget(self, query_id: QueryId) -> None:
        """The replies are not what they were when these predictions were made."""
        self._tables.execute("DELETE FROM predictions WHERE query_id = ?", [query_id])

    def of(self, query_ids: Iterable[QueryId]) -> dict[QueryId, tuple[Prediction, ...]]:
        """All predictions for each query."""
        found: dict[QueryId, tuple[Prediction, ...]] = {}
        for row in self._tables.query(
            "SELECT * FROM predictions WHERE query_id IN (SELECT value FROM json_each(?)) "
            "ORDER BY query_id, predictor",
            [json.dumps(list(query_ids))],
        ):
            utilities = {str(k): float(v) for k, v in json.loads(row["utilities"]).items()}
            prediction = Prediction(
                QueryId(row["query_id"]), row["predictor"], utilities, order_by_utility(utilities)
            )
            found[prediction.query_id] = (*found.get(prediction.query_id, ()), prediction)
        return found

    def expected(self, query_ids: Iterable[QueryId]) -> dict[QueryId, Order]:
        """The order that the learned predictor expected for each query."""
        return {
            query_id: prediction.order
            for query_id, predictions in self.of(query_ids).items()
            if (prediction := shown(predictions)) is not None
        }


def _order(tiers: dict[int | None, list[str]]) -> Order:
    """Letters by stored position as an order; position None is the rest."""
    positions = sorted(position for position in tiers if position is not None)
    return Order(
        tiers=tuple(tuple(tiers[position]) for position in positions),
        rest=tuple(tiers.get(None, ())),
    )
