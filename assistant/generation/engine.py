"""llama.cpp in a child process of its own, as a Backend.

Contract: the child is started at the first use, joined by two pipes and a few bytes of shared
memory, no sockets of the network. If it dies, unfinished drafts end as INTERRUPTED, it is started
again and EngineRestarted is reported; after three deaths in a row ChildStopped is raised and it
stays stopped. This process never imports llama_cpp. Not thread-safe but for the CancelToken.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, cast

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ChildStopped, ModelProblem, UserError
from assistant.domain.model import Finish
from assistant.generation.backend import (
    DraftFinished,
    DraftText,
    EngineOptions,
    EngineRestarted,
    GenerationEvent,
    GenerationRequest,
    ModelInfo,
    Turn,
)
from assistant.generation.engine_child import serve

MAX_DEATHS = 3
LOAD_SECONDS = 120.0
_TICK = 0.02  # how often a running request looks at its CancelToken
_CLOSE_SECONDS = 0.8


class _Died(Exception):
    """The child process ended while something was expected of it."""


@dataclass(slots=True)
class _Child:
    """A running child process and what joins it to this one."""

    process: SpawnProcess
    requests: Connection
    events: Connection
    flags: ctypes.Array[ctypes.c_longlong]  # shared memory, see engine_child
    number: int = 0

    def send(self, verb: str, argument: object) -> None:
        self.number += 1
        try:
            self.requests.send((self.number, verb, argument))
        except OSError:
            raise _Died from None

    def receive(self, seconds: float) -> tuple[int, str, Any] | None:
        """The next message, or None if none comes in time."""
        try:
            if self.events.poll(seconds):
                message: tuple[int, str, Any] = self.events.recv()
                return message
        except (EOFError, OSError):
            raise _Died from None
        if not self.process.is_alive() and not self.events.poll(0):
            raise _Died
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
        self.process.close()


class EngineClient:
    """The Backend that runs GGUF models.

    A model given as a function is looked up when it is first needed, so that a missing file hinders
    nothing that needs no model.
    """

    def __init__(
        self, model: Path | Callable[[], Path], options: EngineOptions | None = None
    ) -> None:
        self._find_model = model if callable(model) else lambda: model
        self._model = Path()
        self._options = options or EngineOptions()
        self._child: _Child | None = None
        self._info: ModelInfo | None = None
        self._deaths = 0

    @property
    def pid(self) -> int | None:
        """The child's process id, or None if it is not running."""
        return self._child.process.pid if self._child is not None else None

    def info(self) -> ModelInfo:
        """The loaded model, loading it first if need be. ModelProblem if that fails."""
        self._running()
        assert self._info is not None, "a running child has said what it loaded"
        return self._info

    def generate(
        self, request: GenerationRequest, cancel: CancelToken
    ) -> Iterator[GenerationEvent]:
        """Stream all drafts; every draft ends with exactly one DraftFinished."""
        child = self._running()
        unfinished = dict.fromkeys(range(len(request.drafts)), 0)
        try:
            child.send("generate", request)
            with closing(self._events(child, cancel)) as events:
                for event in events:
                    if isinstance(event, DraftFinished):
                        unfinished.pop(event.draft, None)
                    elif isinstance(event, DraftText):
                        unfinished[event.draft] += 1  # about a token; a dead engine tells no more
                    yield event
        except _Died:
            reason = self._bury(child)
            for draft, tokens in unfinished.items():
                yield DraftFinished(draft, Finish.INTERRUPTED, tokens)
            self._running()
            yield EngineRestarted(reason)

    def warm(self, turns: tuple[Turn, ...], cancel: CancelToken) -> None:
        """Evaluate turns ahead of time, so that a request that begins with them starts at once."""
        self._ask("warm", turns, cancel)

    def count_tokens(self, turns: tuple[Turn, ...]) -> int:
        """Exact number of tokens the turns take in the prompt, template included."""
        return cast(int, self._ask("count", turns, CancelToken()))

    def close(self) -> None:
        """End the child process, within two seconds."""
        child, self._child = self._child, None
        if child is not None:
            child.end(_CLOSE_SECONDS)

    # The child's life

    def _running(self) -> _Child:
        """The child, started (again) if need be and possible."""
        if self._child is not None and not self._child.process.is_alive():
            self._bury(self._child)  # it died while idle
        while self._child is None:
            if self._deaths >= MAX_DEATHS:
                raise ChildStopped(
                    f"The engine stopped {MAX_DEATHS} times in a row while running "
                    f"{self._model.name}; choose a smaller model or a smaller context, "
                    "and start the program again."
                )
            self._child = self._start()
        return self._child

    def _start(self) -> _Child | None:
        """A child with its model loaded, or None if it died on the way."""
        self._model = self._find_model()
        spawn = multiprocessing.get_context("spawn")
        requests_out, requests_in = spawn.Pipe(duplex=False)
        events_out, events_in = spawn.Pipe(duplex=False)
        flags = spawn.RawArray(ctypes.c_longlong, 1 + self._options.sequences)
        known = self._info.sha256 if self._info is not None else ""
        process = spawn.Process(
            target=serve,
            args=(self._model, self._options, known, flags, requests_out, events_in),
            name="attune engine",
            daemon=True,
        )
        process.start()
        requests_out.close()  # the child's ends: only when this copy is closed does its end show
        events_in.close()
        child = _Child(process, requests_in, events_out, flags)
        try:
            self._info = self._await_loading(child)
        except _Died:
            self._bury(child)
            return None
        except BaseException:
            child.end(_CLOSE_SECONDS)
            raise
        return child

    def _await_loading(self, child: _Child) -> ModelInfo:
        deadline = time.monotonic() + LOAD_SECONDS
        while time.monotonic() < deadline:
            message = child.receive(0.5)
            if message is not None:
                return cast(ModelInfo, _value(message))
        raise ModelProblem(
            f"The model file {self._model} was not loaded within {LOAD_SECONDS:.0f} seconds; "
            "choose a smaller model."
        )

    def _bury(self, child: _Child) -> str:
        """Clear a dead child away and say how it ended."""
        child.process.join(_CLOSE_SECONDS)
        code = child.process.exitcode
        child.end(_CLOSE_SECONDS)
        self._child = None
        self._deaths += 1
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        return f"The engine ended unexpectedly ({how})."

    # Requests

    def _ask(self, verb: str, argument: object, cancel: CancelToken) -> object:
        """Carry out a request that streams nothing; once more if the child dies."""
        while True:
            child = self._running()
            try:
                child.send(verb, argument)
                return self._finish(child, cancel)
            except _Died:
                self._bury(child)

    def _finish(self, child: _Child, cancel: CancelToken) -> object:
        while True:
            child.pass_on(cancel)
            message = child.receive(_TICK)
            if message is not None and message[1] != "events":
                self._deaths = 0
                return _value(message)

    def _events(self, child: _Child, cancel: CancelToken) -> Generator[GenerationEvent, None, None]:
        ended = False
        try:
            while True:
                child.pass_on(cancel)
                message = child.receive(_TICK)
                if message is None:
                    continue
                if message[1] != "events":
                    ended, self._deaths = True, 0
                    _value(message)
                    return
                yield from message[2]
        except _Died:
            ended = True
            raise
        finally:
            if not ended:
                self._abandon(child)

    def _abandon(self, child: _Child) -> None:
        """The caller looks away before the end: take the request back and clear the pipe."""
        token = CancelToken()
        token.cancel()
        with suppress(_Died, UserError):
            self._finish(child, token)


def _value(message: tuple[int, str, Any]) -> object:
    _, kind, value = message
    if kind == "error":
        raise value
    if kind == "bug":
        raise RuntimeError(f"The engine failed:\n{value}")
    return value
