"""Long steps with a sign of life: the output goes to a log, the elapsed time to the person.

Contract: a step that runs longer than a quarter of a minute says so at least every 15 seconds; on
a terminal one line is kept up to date, elsewhere plain lines are written without control codes. A
step that fails raises `StepFailed` with the end of its log. Standard library only.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

HEARTBEAT_SECONDS = 15.0
REDRAW_SECONDS = 0.25
LOG_TAIL_LINES = 25
COUNTER = re.compile(rb"\[\s*(\d+)/(\d+)\]|\[\s*(\d+)%\]")


class StepFailed(Exception):
    """One step of the installation failed; the text ends with what its log says."""


@dataclass
class Progress:
    """Where steps report to, and the log that takes their output."""

    stream: TextIO
    log: Path
    clock: Callable[[], float] = time.monotonic

    def say(self, line: str) -> None:
        """One whole line for the person."""
        print(line, file=self.stream, flush=True)

    def run(self, title: str, command: list[str], cwd: Path, environment: dict[str, str]) -> None:
        """Runs a command to its end, with signs of life, or raises `StepFailed`."""
        started = self.clock()
        with self.log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                code = self._watch(title, process, started)
            except BaseException:
                process.terminate()
                process.wait()
                raise
        if code != 0:
            self._replace_line(f"{title}: failed after {span(self.clock() - started)}")
            raise StepFailed(self._failure(title, code))
        self._replace_line(f"{title}: done in {span(self.clock() - started)}")

    def _watch(self, title: str, process: subprocess.Popen[bytes], started: float) -> int:
        terminal = self.stream.isatty()
        if not terminal:
            self.say(f"{title} ...")
        while True:
            try:
                return process.wait(timeout=REDRAW_SECONDS if terminal else HEARTBEAT_SECONDS)
            except subprocess.TimeoutExpired:
                line = f"{title} ... {span(self.clock() - started)}{self._count()}"
                if terminal:
                    print(f"\r{line:<78}", end="", file=self.stream, flush=True)
                else:
                    self.say(f"  still at it: {line}")

    def _replace_line(self, line: str) -> None:
        self.say(f"\r{line:<78}" if self.stream.isatty() else line)

    def _count(self) -> str:
        """How far the build in the log says that it is."""
        with self.log.open("rb") as source:
            source.seek(max(0, self.log.stat().st_size - 65536))
            found = COUNTER.findall(source.read())
        if not found:
            return ""
        done, total, percent = (part.decode() for part in found[-1])
        return f", {percent} %" if percent else f", part {done} of {total}"

    def _failure(self, title: str, code: int) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        end = "\n".join(f"    {line}" for line in lines[-LOG_TAIL_LINES:])
        return (
            f"{title} failed (exit code {code}). The end of {self.log}:\n{end}\n"
            "If a download failed, check the network and run the same command again: "
            "what is already done is kept."
        )


def span(seconds: float) -> str:
    """Minutes and seconds, as on a clock."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
