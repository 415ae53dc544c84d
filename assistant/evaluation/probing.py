"""Starts the program's own probe (assistant/probe.py) in a child process and reads its report.

Contract: nothing of a window is imported here. Where there is no display the child draws into
memory. UserError with what the program itself says, if it could not be opened or asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain.errors import UserError
from assistant.paths import find_paths

PATIENCE_SECONDS = 300.0
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@dataclass(frozen=True, slots=True)
class Probed:
    """What the probe reports; `begun` is when it was started, on the clock of its moments."""

    begun: float
    report: dict[str, Any]

    def seconds_to(self, moment: str) -> float:
        """From the start of the process to a moment in the report."""
        return float(self.report[moment]) - self.begun


def probe(what: str, home: Path) -> Probed:
    """Run the probe once and wait for its end."""
    command = [sys.executable, "-m", "assistant.probe", what, str(home)]
    begun = time.perf_counter()
    try:
        ran = subprocess.run(  # noqa: S603 (our own module, no shell)
            command,
            env=window_environment(),
            cwd=find_paths().project,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UserError(
            f"The window did not finish within {PATIENCE_SECONDS:.0f} seconds; "
            "close other programs and measure again."
        ) from None
    lines = ran.stdout.splitlines()
    if ran.returncode != 0 or not lines:
        raise UserError(f"The window could not be measured ({what}); run `attune doctor`.")
    report: dict[str, Any] = json.loads(lines[-1])
    if "error" in report:
        raise UserError(str(report["error"]))
    return Probed(begun, report)


def window_environment() -> dict[str, str]:
    """The environment of a window; one that is only drawn into memory if there is no display."""
    environment = dict(os.environ)
    if sys.platform.startswith("linux") and not any(environment.get(name) for name in _DISPLAYS):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return environment
