"""What every command is given: where the data is, how to build services, where to write to."""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from types import FrameType

import typer
from rich.console import Console

from assistant.domain.cancel import CancelToken
from assistant.paths import Paths
from assistant.usecases.services import Services

SAME_INTERRUPT = 0.5  # seconds; nobody presses Ctrl+C twice that fast


@dataclass(frozen=True, slots=True)
class Session:
    """One command line being carried out."""

    paths: Paths
    as_json: bool
    open_services: Callable[[Paths], AbstractContextManager[Services]]
    open_window: Callable[[Paths], int]

    @contextmanager
    def services(self) -> Iterator[Services]:
        """Store, engine and learners, closed at the end of the with block."""
        with self.open_services(self.paths) as services:
            if services.notice:
                self.note(services.notice)
            yield services

    def say(self, text: str) -> None:
        """A line for a reader; nothing where one JSON object is wanted."""
        if not self.as_json:
            write_line(text, Console(file=sys.stdout))

    def note(self, text: str) -> None:
        """Progress or a notice, on standard error."""
        write_line(text, Console(file=sys.stderr))

    def finish(self, content: dict[str, object]) -> None:
        """The one JSON object, if it was asked for."""
        if self.as_json:
            escaped = (sys.stdout.encoding or "").lower() not in ("utf-8", "utf8")
            sys.stdout.write(json.dumps(content, ensure_ascii=escaped) + "\n")
            sys.stdout.flush()


def write_line(text: str, console: Console, end: str = "\n") -> None:
    """Plain text: no markup read into it, no lines broken, no control codes passed on."""
    console.print(printable(text), markup=False, highlight=False, soft_wrap=True, end=end)


def printable(text: str) -> str:
    """Text of a model or a file without what would steer a terminal."""
    return "".join(c for c in text if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160))


def counted(count: int, one: str, many: str = "") -> str:
    """A number with what it counts: "1 lesson", "2 lessons"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def readable(text: str) -> str:
    """Text as typed, with bytes that are no characters replaced, so that it can be stored."""
    return text.encode("utf-8", "replace").decode("utf-8")


def read_line(prompt: str) -> str | None:
    """One line of input, None at its end; a prompt is for those who read it only."""
    if sys.stdin.isatty():
        try:
            return input(prompt).strip()
        except EOFError:
            return None
    line = sys.stdin.readline()
    return line.strip() if line else None


def session_of(context: typer.Context) -> Session:
    """The session that a command belongs to."""
    session = context.find_object(Session)
    if session is None:
        raise AssertionError("a command ran outside of run_command")
    return session


@contextmanager
def cancelled_by_interrupt() -> Iterator[CancelToken]:
    """A token that the first Ctrl+C cancels; the second one ends the program.

    Another signal within SAME_INTERRUPT is the same one: `timeout`, and shells that signal a group,
    send each of them twice.
    """
    cancel = CancelToken()
    if threading.current_thread() is not threading.main_thread():
        yield cancel  # signals are handled in the main thread only
        return
    before, first = signal.getsignal(signal.SIGINT), 0.0

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal first
        if not cancel.cancelled:
            first = time.monotonic()
            cancel.cancel()
        elif time.monotonic() - first > SAME_INTERRUPT:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)
