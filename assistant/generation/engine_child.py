"""The engine's child process: loads one model and serves requests from a pipe until it closes.

Contract: messages in are (number, verb, argument); out go (number, kind, value) with kind
"events" any number of times, then one of "done", "error" (a UserError or Cancelled) or "bug" (a
traceback).
Number 0 reports the loading. `flags` is shared memory: flags[0] is the highest number taken back,
flags[1 + i] the number whose draft i is to stop. The process ends when its parent does.
Importing this module imports no heavy package.
"""

from __future__ import annotations

import ctypes
import os
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from assistant.domain.errors import Cancelled, UserError
from assistant.domain.network import forbid_network
from assistant.generation.backend import EngineOptions

if TYPE_CHECKING:
    from assistant.generation.loaded import Loaded

# How often a thread turns round while it waits for another one. libgomp's default is milliseconds
# long: where other programs want the cores, each of the hundreds of waits in a token then takes a
# time slice (see ARCHITECTURE.md). Alone, 300 is no slower.
SPINS = "300"
IDLE_SECONDS = 120.0  # after which the agent's and the scoring context give their memory back


@dataclass(slots=True)
class SharedSwitch:
    """Reads in shared memory what the parent took back; a blocked child sees it too."""

    flags: ctypes.Array[ctypes.c_longlong]
    number: int = 0

    def cancelled(self) -> bool:
        """Whether the request being served was taken back."""
        return bool(self.flags[0] >= self.number > 0)

    def stopped(self, draft: int) -> bool:
        """Whether this draft of it was."""
        return bool(self.flags[1 + draft] == self.number)


def serve(
    path: Path,
    options: EngineOptions,
    known_sha256: str,
    adapter: Path | None,
    flags: ctypes.Array[ctypes.c_longlong],
    requests: Connection,
    events: Connection,
) -> None:
    """The child's main function."""
    _prepare_process(options)
    switch = SharedSwitch(flags)
    try:
        from assistant.generation.loaded import load

        loaded = load(
            path,
            options,
            known_sha256=known_sha256,
            adapter=adapter,
            threads=thread_count(options),
            aborted=switch.cancelled,
        )
    except Exception as error:
        _report(events, 0, error)
        return
    with suppress(EOFError, OSError):  # the parent is gone or has closed the pipe
        events.send((0, "done", loaded.info))
        while True:
            if not requests.poll(IDLE_SECONDS):
                loaded.rest()
            number, verb, argument = requests.recv()
            switch.number = number
            try:
                events.send((number, "done", _carry_out(loaded, verb, argument, switch, events)))
            except Exception as error:
                _report(events, number, error)


def _report(events: Connection, number: int, error: Exception) -> None:
    if isinstance(error, UserError | Cancelled):
        events.send((number, "error", error))
    else:
        events.send((number, "bug", "".join(traceback.format_exception(error))))


def _carry_out(
    loaded: Loaded,
    verb: str,
    argument: Any,  # noqa: ANN401  # each verb has its own
    switch: SharedSwitch,
    events: Connection,
) -> object:
    if verb == "generate":
        for step in loaded.write(argument, switch):
            if step:
                events.send((switch.number, "events", step))
        return None
    serving: dict[str, Callable[[Any], object]] = {
        "warm": lambda asked: loaded.writer.warm(*asked),
        "count": loaded.writer.count_tokens,
        "score": loaded.score,
        "adapt": loaded.adapt,
        "tokenise": lambda asked: tuple(loaded.tokens(*asked)),
        "top": lambda asked: loaded.top_tokens(*asked),
    }
    return serving[verb](argument)


def _prepare_process(options: EngineOptions) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    os.environ["GGML_NO_BACKTRACE"] = "1"  # ggml would start a debugger when it aborts
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy's pool is never used and takes memory
    os.environ["OMP_NUM_THREADS"] = str(thread_count(options))
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)
    with suppress(ImportError):  # there are no core files on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # they would hold conversations
    forbid_network()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def thread_count(options: EngineOptions) -> int:
    """Threads to compute with: as asked, or one per physical core this process may use."""
    if options.threads:
        return options.threads
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    physical = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    return min(physical, usable or physical)
