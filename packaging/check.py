"""The quality door: format, lint, types, layers and tests, in one command inside .venv.

Contract: every step runs, each with a line that says what it is and how long it took; the exit code
is 0 only if all passed. pytest comes last and gets all further arguments, so that its closing line
is the last one of a good run. Without a display and without a network, by choice. Standard library.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Tests neither open windows on the screen nor ask anything of a network.
TEST_VARIABLES = {
    "QT_QPA_PLATFORM": "offscreen",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def steps(further: list[str]) -> list[tuple[str, list[str]]]:
    """What is run, in order; the tools are those of the interpreter that runs this file."""
    python = [sys.executable, "-m"]
    layers = Path(sys.executable).parent / (
        "lint-imports.exe" if os.name == "nt" else "lint-imports"
    )
    return [
        ("format", [*python, "ruff", "format", "--check", "."]),
        ("lint", [*python, "ruff", "check", "."]),
        ("types", [*python, "mypy"]),
        ("layers", [str(layers), "--no-logo"]),
        ("tests", [*python, "pytest", *further]),
    ]


def variables(environment: Mapping[str, str], runtime: str) -> dict[str, str]:
    """The environment of the tests: what is set already stays as it is."""
    # Without a runtime directory Qt warns at every start, and warnings are errors in the tests.
    return {**TEST_VARIABLES, "XDG_RUNTIME_DIR": runtime, **environment}


def run(name: str, command: list[str], environment: dict[str, str]) -> bool:
    """Runs one step from the top of the project and says how it went."""
    started = time.monotonic()
    last = name == "tests"
    print(f"== {name}", flush=True)
    try:
        passed = subprocess.run(command, cwd=ROOT, env=environment).returncode == 0
    except FileNotFoundError:
        print(f"{command[0]} is missing; install it with: python3 packaging/bootstrap.py test")
        passed = False
    if not last:
        verdict = "passed" if passed else "FAILED"
        print(f"== {name}: {verdict} in {time.monotonic() - started:.1f} s", flush=True)
    return passed


def main(further: list[str]) -> int:
    """Runs all steps; 1 if any of them failed, which is then said after pytest's last line."""
    with tempfile.TemporaryDirectory(prefix="attune-check-") as runtime:
        environment = variables(os.environ, runtime)
        results = {name: run(name, each, environment) for name, each in steps(further)}
    failed = [name for name, passed in results.items() if not passed]
    if failed:
        print(f"== FAILED: {', '.join(failed)}", file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
