"""The quality door runs every step, pytest last, and fails if any of them fails."""

import os
import sys

import check
import pytest


def test_pytest_is_the_last_step_and_gets_the_further_arguments() -> None:
    steps = check.steps(["-k", "nothing"])
    assert [name for name, _ in steps] == ["format", "lint", "types", "layers", "tests"]
    assert steps[-1][1] == [sys.executable, "-m", "pytest", "-k", "nothing"]


def test_what_is_set_already_stays_and_the_rest_is_set_for_tests() -> None:
    variables = check.variables({"QT_QPA_PLATFORM": "minimal"}, "/run/here")
    assert variables["QT_QPA_PLATFORM"] == "minimal"
    assert variables["HF_HUB_OFFLINE"] == "1"
    assert variables["XDG_RUNTIME_DIR"] == "/run/here"


@pytest.mark.parametrize(
    ("command", "passed"),
    [
        ([sys.executable, "-c", "pass"], True),
        ([sys.executable, "-c", "raise SystemExit(1)"], False),
        (["/no/such/tool"], False),
    ],
)
def test_a_step_passes_only_if_its_command_does(
    command: list[str], passed: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    assert check.run("lint", command, dict(os.environ)) is passed
    assert ("== lint: passed in" if passed else "== lint: FAILED in") in capfd.readouterr().out
