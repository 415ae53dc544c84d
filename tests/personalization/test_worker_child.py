"""The learner process by itself."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from assistant.personalization.worker_child import serve

PROJECT = Path(__file__).parents[2]


def test_it_ends_quietly_when_nobody_waits_for_its_outcome_any_more() -> None:
    spawn = multiprocessing.get_context("spawn")
    pipe, child = spawn.Pipe()
    prior = PROJECT / "resources" / "scorer_prior.json"
    process = spawn.Process(target=serve, args=(child, PROJECT / "models", prior), daemon=True)
    process.start()
    child.close()
    pipe.send(("train_step", ()))
    pipe.close()
    process.join(30)
    assert process.exitcode == 0
