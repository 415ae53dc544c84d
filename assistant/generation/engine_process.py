"""The engine's child process as its parent sees it: starting it, two pipes, a few shared bytes.

Contract: whatever is expected of a child that has ended raises Died. This process never imports
llama_cpp. What goes over the pipes is written down in `engine_child`.
"""

from __future__ import annotations

import ctypes
import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.generation.backend import EngineOptions
from assistant.generation.engine_child import serve


class Died(Exception):
    """The child process ended while something was expected of it."""


@dataclass(slots=True)
class EngineProcess:
    """A running child process and what joins it to this one."""

    process: SpawnProcess
    requests: Connection
    events: Connection
    flags: ctypes.Array[ctypes.c_longlong]  # shared memory, see engine_child
    number: int = 0

    def send(self, verb: str, argument: object) -> None:
        """Hand a request over."""
        self.number += 1
        try:
            self.requests.send((self.number, verb, argument))
        except OSError:
            raise Died from None

    def receive(self, seconds: float) -> tuple[int, str, Any] | None:
        """The next message, or None if none comes in time."""
        try:
            if self.events.poll(seconds):
                message: tuple[int, str, Any] = self.events.recv()
                return message
            alive = self.process.is_alive() or self.events.poll(0)
        except (EOFError, OSError, ValueError):  # ValueError: closed meanwhile by another thread
            raise Died from None
        if not alive:
            raise Died
        return None

    def pass_on(self, cancel: CancelToken) -> None:
        """Copy what was taken back to where the child sees it."""
        if cancel.cancelled:
            self.flags[0] = self.number
        for draft in cancel.stopped_drafts:
            if 0 <= draft < len(self.flags) - 1:
                self.flags[1 + draft] = self.number

    def end(self, seconds: float) -> None:
        """Close the pipe, which the child takes as the end; kill it if it does not go."""
        self.flags[0] = self.number
        self.requests.close()
        self.process.join(seconds)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(seconds)
        self.events.close()
        if not self.process.is_alive():  # one that is killed may still wait for a slow disk
            self.process.close()


def start_engine(
    model: Path, options: EngineOptions, known_sha256: str, adapter: Path | None
) -> EngineProcess:
    """A new child, which begins to load the model at once."""
    spawn = multiprocessing.get_context("spawn")
    requests_out, requests_in = spawn.Pipe(duplex=False)
    events_out, events_in = spawn.Pipe(duplex=False)
    flags = spawn.RawArray(ctypes.c_longlong, 1 + options.drafts)
    process = spawn.Process(
        target=serve,
        args=(model, options, known_sha256, adapter, flags, requests_out, events_in),
        name="attune engine",
        daemon=True,
    )
    process.start()
    requests_out.close()  # the child's ends: only when this copy is closed does its end show
    events_in.close()
    return EngineProcess(process, requests_in, events_out, flags)


def value_of(message: tuple[int, str, Any]) -> object:
    """What a message that ends a request brought; raised if it is an error."""
    _, kind, value = message
    if kind == "error":
        raise value
    if kind == "bug":
        raise RuntimeError(f"The engine failed:\n{value}")
    return value
