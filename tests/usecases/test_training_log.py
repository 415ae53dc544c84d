"""What was trained and what is kept of it, the newest first."""

from __future__ import annotations

from assistant.storage.database import Database
from assistant.usecases.services import Services
from assistant.usecases.training_log import training_log


def test_runs_and_states_are_listed_the_newest_first(services: Services) -> None:
    def write(db: Database) -> None:
        for number, name in enumerate(("rules", "agent")):
            run = db.training_runs.start(name, float(number))
            db.training_runs.finish(run, "refused", None, number + 2.0, "Worse.")
            db.snapshots.activate(name, b"%d" % number, number, {"held_out": 0.5}, 1.0)

    services.store.run(write)
    log = training_log(services)
    assert [(run.learner, run.finished_at, run.reason) for run in log.runs] == [
        ("agent", 3.0, "Worse."),
        ("rules", 2.0, "Worse."),
    ]
    assert [(s.learner, s.metrics, s.active) for s in log.states] == [
        ("agent", {"held_out": 0.5}, True),
        ("rules", {"held_out": 0.5}, True),
    ]
