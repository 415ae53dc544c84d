"""Long steps give signs of life, and a failing one shows the end of its log."""

import io
import os
import sys
from pathlib import Path

import progress
import pytest
from progress import Progress, StepFailed, span


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(to: Progress, code: str, cwd: Path) -> None:
    to.run("Building", [sys.executable, "-c", code], cwd, dict(os.environ))


def test_a_step_says_when_it_starts_and_when_it_is_done(tmp_path: Path) -> None:
    stream = io.StringIO()
    run(Progress(stream, tmp_path / "log"), "print('deep inside')", tmp_path)
    first, last = stream.getvalue().splitlines()
    assert first == "Building ..."
    assert last.startswith("Building: done in 0:0")
    assert (tmp_path / "log").read_text() == "deep inside\n"


def test_a_step_that_fails_shows_the_end_of_its_log(tmp_path: Path) -> None:
    code = "import sys\nfor i in range(99): print('line', i)\nsys.exit(3)"
    stream = io.StringIO()
    with pytest.raises(StepFailed, match=r"exit code 3") as failure:
        run(Progress(stream, tmp_path / "log"), code, tmp_path)
    assert "    line 98\n" in str(failure.value)
    assert "line 3\n" not in str(failure.value)
    assert "Building: failed after" in stream.getvalue()


def test_a_long_step_beats_and_tells_how_far_the_build_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "HEARTBEAT_SECONDS", 0.2)
    code = "import time; print('[12/86] Building CXX', flush=True); time.sleep(0.7)"
    stream = io.StringIO()
    run(Progress(stream, tmp_path / "log"), code, tmp_path)
    beats = [line for line in stream.getvalue().splitlines() if "still at it" in line]
    assert any(line.endswith(", part 12 of 86") for line in beats)
    assert "\r" not in stream.getvalue()


def test_a_terminal_gets_one_line_that_is_kept_up_to_date(tmp_path: Path) -> None:
    stream = Terminal()
    code = "import time; print('[ 40%] Built', flush=True); time.sleep(0.6)"
    run(Progress(stream, tmp_path / "log"), code, tmp_path)
    assert ", 40 %" in stream.getvalue()
    assert stream.getvalue().count("\n") == 1


def test_the_heartbeat_is_at_most_fifteen_seconds() -> None:
    assert progress.HEARTBEAT_SECONDS <= 15


def test_seconds_read_as_on_a_clock() -> None:
    assert [span(0), span(59.9), span(200)] == ["0:00", "0:59", "3:20"]
