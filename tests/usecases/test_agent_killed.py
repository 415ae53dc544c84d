"""kill -9 at any stage of training and swap leaves the old agent or the new one, never between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import safetensors.numpy
from planted import TinyBackend, plant

from assistant.paths import find_paths
from assistant.storage.database import open_database
from assistant.usecases.agent import AGENT

HERE = Path(__file__).resolve().parent
OLD = b"the adapter in use before"
RANKINGS = 30  # of which so few are held out that an agent no worse than the old one is accepted


def start(home: Path, dies: str = "") -> subprocess.Popen[str]:
    roots = os.pathsep.join((str(HERE), str(HERE.parents[1])))
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", str(HERE / "agent_session.py"), str(home), dies],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": roots, "HF_HUB_OFFLINE": "1"},
    )


def prepare(home: Path) -> None:
    database = open_database(find_paths(home).database)
    database.run(lambda db: plant(db, RANKINGS))
    database.run(lambda db: db.snapshots.activate(AGENT, OLD, 1, {}, 1.0, keep=4))
    database.close()
    TinyBackend(home)


def active(home: Path) -> list[bytes]:
    database = open_database(find_paths(home).database)
    try:
        assert database.check() == "ok"
        kept = database.run(lambda db: db.snapshots.active(AGENT))
        return [kept.weights] if kept is not None else []
    finally:
        database.close()


@pytest.mark.slow
@pytest.mark.parametrize("steps", [1, 6, 15, 30, 50, 70, 86])
def test_a_kill_at_any_step_leaves_the_old_agent_or_the_new_one(tmp_path: Path, steps: int):
    prepare(tmp_path)
    child = start(tmp_path)
    assert child.stdout is not None
    told = [line for _, line in zip(range(steps), child.stdout, strict=False)]
    child.kill()
    child.wait()
    child.stdout.close()
    (weights,) = active(tmp_path)
    assert told
    assert weights == OLD or safetensors.numpy.load(weights)
    again = start(tmp_path)
    assert again.stdout is not None
    assert again.stdout.read().endswith("swapped\n")
    again.stdout.close()
    assert again.wait() == 0
    assert len(active(tmp_path)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("dies", "changed"), [("inside", False), ("behind", True)])
def test_a_kill_in_the_swap_leaves_one_of_both(tmp_path: Path, dies: str, changed: bool):
    prepare(tmp_path)
    child = start(tmp_path, dies)
    assert child.stdout is not None
    assert "swapped" not in child.stdout.read()
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    (weights,) = active(tmp_path)
    assert (weights != OLD) == changed
    database = open_database(find_paths(tmp_path).database)
    outcome = database.run(lambda db: db.training_runs.latest(AGENT))
    database.close()
    assert outcome is not None
    assert outcome[0] == ("accepted" if changed else "running")
