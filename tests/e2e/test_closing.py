"""The window is closed in the middle of things: gone within five seconds, no process left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from assistant.storage.database import open_database

SECONDS = 5.0
HERE = Path(__file__).parent
STATES = ["opening", "loading", "choosing", pytest.param("streaming", marks=pytest.mark.slow)]


def alive(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be counted out does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("state", STATES)
def test_the_program_ends_in_time_and_leaves_no_process(
    state: str, embedded_model: Path, tmp_path: Path
) -> None:
    assert embedded_model.is_file()
    ends_in_time(tmp_path, state)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("by", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_the_program_as_its_close_button_does(
    by: str, embedded_model: Path, tmp_path: Path
) -> None:
    assert embedded_model.is_file()
    ends_in_time(tmp_path, "choosing", by)


def ends_in_time(tmp_path: Path, *how: str) -> None:
    """Run the program until it closes; all of it is gone within SECONDS, the data sound."""
    done = subprocess.run(
        [sys.executable, str(HERE / "closing_session.py"), str(tmp_path), *how],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(HERE.parents[1])},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    ended = time.time()
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert ended - told["at"] < SECONDS
    while left := [pid for pid in told["children"] if alive(pid)]:
        assert time.time() - told["at"] < SECONDS, [psutil.Process(pid).cmdline() for pid in left]
        time.sleep(0.05)
    database = open_database(tmp_path / "attune.db")
    try:
        assert database.check() == "ok"
    finally:
        database.close()
