"""What was learned is kept whole: three states of each learner, one of them active."""

from __future__ import annotations

import pytest

from assistant.domain.errors import StorageProblem
from assistant.storage.database import Database


def activate(database: Database, learner: str, weights: bytes) -> int:
    return database.run(lambda db: db.snapshots.activate(learner, weights, 1, {"loss": 0.5}, 1.0))


def test_the_newest_three_states_stay_and_only_the_last_is_active(database: Database) -> None:
    other = activate(database, "adapter", b"other")
    ids = [activate(database, "selector", bytes([i])) for i in range(5)]
    stored = database.run(lambda db: db.snapshots.heads())
    assert [s.id for s in stored] == [other, *ids[-3:]]
    assert [s.id for s in stored if s.active] == [other, ids[-1]]
    active = database.run(lambda db: db.snapshots.active("selector"))
    assert active is not None
    assert (active.weights, active.metrics, active.rankings) == (b"\x04", {"loss": 0.5}, 1)


def test_an_equal_state_takes_no_more_room_and_is_brought_up_to_date(database: Database) -> None:
    first = activate(database, "selector", b"state")
    again = database.run(lambda db: db.snapshots.activate("selector", b"state", 9, {}, 2.0))
    (stored,) = database.run(lambda db: db.snapshots.heads())
    assert again == first == stored.id
    assert (stored.rankings, stored.created_at, stored.active) == (9, 2.0, True)


def test_a_learner_without_a_state_has_none(database: Database) -> None:
    assert database.run(lambda db: db.snapshots.active("selector")) is None


def test_damaged_bytes_of_a_state_are_noticed_with_a_remedy(database: Database) -> None:
    activate(database, "selector", b"state")
    database.run(lambda db: db.tables.execute("UPDATE snapshots SET weights = x'00'"))
    with pytest.raises(StorageProblem, match="attune learn"):
        database.run(lambda db: db.snapshots.active("selector"))


def test_a_damaged_state_can_be_listed_and_an_equal_one_makes_it_whole(database: Database) -> None:
    kept = activate(database, "agent", b"state")
    database.run(lambda db: db.tables.execute("UPDATE snapshots SET weights = x'00'"))
    (head,) = database.run(lambda db: db.snapshots.heads("agent"))
    assert (head.id, head.active, head.metrics) == (kept, True, {"loss": 0.5})
    assert database.run(lambda db: db.snapshots.heads("selector")) == ()
    activate(database, "agent", b"state")
    active = database.run(lambda db: db.snapshots.active("agent"))
    assert active is not None
    assert active.weights == b"state"


def test_forgotten_states_are_gone(database: Database) -> None:
    activate(database, "selector", b"state")
    database.run(lambda db: db.snapshots.forget())
    assert database.run(lambda db: db.snapshots.heads()) == ()


def test_a_training_run_outlives_its_snapshot(database: Database) -> None:
    run_id = database.run(lambda db: db.training_runs.start("selector", 1.0))
    snapshot_id = activate(database, "selector", b"state")
    database.run(lambda db: db.training_runs.finish(run_id, "done", snapshot_id, 2.0))
    database.run(lambda db: db.snapshots.forget())
    (row,) = database.tables.query("SELECT * FROM training_runs")
    assert (row["outcome"], row["finished_at"], row["snapshot_id"]) == ("done", 2.0, None)


def test_runs_that_never_ended_are_marked_and_others_are_not(database: Database) -> None:
    done, _ = (database.run(lambda db: db.training_runs.start("rules", 1.0)) for _ in range(2))
    database.run(lambda db: db.training_runs.finish(done, "done", None, 2.0))
    database.run(lambda db: db.training_runs.mark_interrupted())
    runs = database.run(lambda db: db.training_runs.newest(2))
    assert [(r.outcome, r.reason) for r in runs] == [("cancelled", "cut off"), ("done", "")]


def test_embeddings_are_found_by_text_and_model(database: Database) -> None:
    database.run(lambda db: db.embeddings.add({"one": b"1111", "two": b"2222"}, "model"))
    found = database.run(lambda db: db.embeddings.get(["one", "three", "one"], "model"))
    assert found == {"one": b"1111"}
    assert database.run(lambda db: db.embeddings.get(["one"], "other")) == {}


def test_an_embedding_stored_twice_keeps_its_first_vector(database: Database) -> None:
    database.run(lambda db: db.embeddings.add({"one": b"1111"}, "model"))
    database.run(lambda db: db.embeddings.add({"one": b"9999"}, "model"))
    assert database.run(lambda db: db.embeddings.get(["one"], "model")) == {"one": b"1111"}
