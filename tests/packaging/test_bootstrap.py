"""The command line of bootstrap.py: its help, its refusals, and Pythons that are too old."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


def bootstrap(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PACKAGING / "bootstrap.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_help_names_both_verbs_and_the_index_for_torch() -> None:
    shown = bootstrap("--help")
    assert shown.returncode == 0
    assert all(word in shown.stdout for word in ("run", "test", "--torch-index"))
    assert "ATTUNE_TORCH_INDEX" in " ".join(shown.stdout.split())


@pytest.mark.parametrize("arguments", [(), ("dance",)])
def test_an_unknown_verb_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    refused = bootstrap(*arguments)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("name", ["bootstrap", "environment", "machine", "progress"])
def test_older_pythons_can_read_the_files_that_tell_them_so(name: str) -> None:
    assert ast.parse((PACKAGING / f"{name}.py").read_text(), feature_version=(3, 7)).body
