"""The learner process and the client that speaks to it: one pipe, one question at a time.

Training is advanced one step for each question, so a choice never waits for more than a step.
A dead process is started again and given everything it knew; three deaths in a row stop it.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, ChildStopped
from assistant.domain.events import Progress
from assistant.domain.model import Tag, TagWeight
from assistant.personalization.learner import (
    DEFAULT,
    Choice,
    Example,
    PlacePull,
    Policy,
    Reason,
    Reply,
    Selected,
    Taste,
    Update,
)
from assistant.personalization.tasks import Outcome, Task
from assistant.personalization.worker_child import serve

DEATHS_ALLOWED = 3
CLOSE_SECONDS = 2.0


class LearnerClient:
    """Implements Personalizer by asking the learner process; started at the first `start`."""

    def __init__(self, models: Path, prior: Path) -> None:
        self._models = models
        self._prior = prior
        self._turn = threading.Lock()
        self._free = threading.Event()
        self._free.set()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._deaths = 0
        self._starting = threading.Lock()
        self._ended = False
        self._library: tuple[Tag, ...] = ()
        self._examples: dict[int, Example] = {}
        self._vectors: dict[str, bytes] = {}
        self._selected = DEFAULT

    @property
    def pid(self) -> int | None:
        """The learner process, if it runs."""
        return self._process.pid if self._process else None

    def start(
        self,
        library: Sequence[Tag],
        examples: Mapping[int, Example],
        vectors: Mapping[str, bytes],
        selected: Selected = DEFAULT,
    ) -> None:
        """Take over what the learners shall know; the process starts without being waited for."""
        self._library, self._examples = tuple(library), dict(examples)
        self._vectors.update(vectors)
        self._selected = selected
        with self._turn:
            self._send("start", *self._known())
            self._receive("start", *self._known())

    def begin_choice(self, query: str, policy: Policy, seed: int) -> Callable[[], Choice]:
        """Send the question now; calling what is returned waits for the choice."""
        self._turn.acquire()
        try:
            self._send("choose", query, policy, seed)
        except BaseException:
            self._turn.release()
            raise

        def result() -> Choice:
            try:
                choice: Choice = self._receive("choose", query, policy, seed)
            finally:
                self._turn.release()
            self._vectors.update(choice.vectors)
            return choice

        return result

    def expect(self, query: str, replies: Sequence[Reply]) -> dict[str, tuple[float, ...]]:
        """Utilities by predictor."""
        expected: dict[str, tuple[float, ...]] = self._ask("expect", query, tuple(replies))
        return expected

    def update(self, query_id: int, example: Example | None) -> Update:
        """Learn or unlearn a query's ranking."""
        if example is None:
            self._examples.pop(query_id, None)
        else:
            self._examples[query_id] = example
        update: Update = self._ask("update", query_id, example)
        self._remember(update)
        return update

    def weights(self) -> tuple[TagWeight, ...]:
        """Every tag's weight."""
        weights: tuple[TagWeight, ...] = self._ask("weights")
        return weights

    def weights_after(self, count: int) -> tuple[TagWeight, ...]:
        """Every tag's weight after the first examples."""
        weights: tuple[TagWeight, ...] = self._ask("weights_after", count)
        return weights

    def explain(self, tags: Sequence[str]) -> tuple[TagWeight, ...]:
        """Some tags' weights with the rankings behind them."""
        weights: tuple[TagWeight, ...] = self._ask("explain", tuple(tags))
        return weights

    def place_pull(self) -> PlacePull | None:
        """How the place shown sways the user."""
        pull: PlacePull | None = self._ask("place_pull")
        return pull

    def reasons(self, query: str, replies: Sequence[Reply]) -> tuple[tuple[Reason, ...], ...]:
        """What speaks for and against each reply's text."""
        reasons: tuple[tuple[Reason, ...], ...] = self._ask("reasons", query, tuple(replies))
        return reasons

    def tastes(self) -> tuple[Taste, ...]:
        """Clear preferences in style."""
        tastes: tuple[Taste, ...] = self._ask("tastes")
        return tastes

    def train(self, cancel: CancelToken, only: str = "") -> Iterator[Progress | Update]:
        """Advance a training run step by step; waits at a step while paused."""
        self._ask("train", only)
        while not cancel.cancelled:
            if not self._free.wait(timeout=0.1):
                continue
            step: Progress | Update | None = self._ask("train_step")
            if step is None:
                return
            if isinstance(step, Update):
                self._remember(step)
            yield step

    def run_task(self, task: Task, cancel: CancelToken) -> Iterator[Progress | Outcome]:
        """Advance a slow training run step by step; begun again if the process dies over it."""
        begun = 0
        step: Progress | Outcome | None = None
        while not cancel.cancelled:
            if not self._free.wait(timeout=0.1):
                continue
            if step is None:  # the beginning, or a new process, which knows nothing of the task
                begun += 1
                if begun > DEATHS_ALLOWED:
                    raise self._given_up()
                self._ask("task", task)
            step = self._ask("train_step")
            if step is None:
                continue
            yield step
            if not isinstance(step, Progress):
                break
        self._ask("stop_training")

    def write_agent(self, state: bytes, source: Path, sha256: str, cache: Path) -> Path:
        """An adapter as a GGUF file in the cache."""
        path: Path = self._ask("write_agent", state, source, sha256, cache)
        return path

    def vectors(self, texts: Sequence[str]) -> Mapping[str, bytes]:
        """The vector of each text."""
        vectors: Mapping[str, bytes] = self._ask("vectors", tuple(texts))
        return vectors

    def pause(self, paused: bool) -> None:
        """Hold training at its next step, or let it go on; from any thread."""
        if paused:
            self._free.clear()
        else:
            self._free.set()

    def close(self) -> None:
        """End the process within two seconds, for good. May be called twice, from any thread."""
        latest = time.monotonic() + CLOSE_SECONDS
        with self._starting:  # a child half started would outlive this process, and complain
            self._ended = True
        if not self._turn.acquire(blocking=False):
            process = self._process
            if process is not None and process.pid is not None:
                process.kill()  # whoever waits for its answer is told so, and gives up the turn
                process.join(timeout=1.5)
            if not self._turn.acquire(timeout=max(0.0, latest - time.monotonic())):
                return  # a choice is never fetched: the process is gone, and the pipe goes with us
        self._let_go()
        self._turn.release()

    def _let_go(self) -> None:
        """End the process, if there is one."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        process, self._process = self._process, None
        if process is not None and process.pid is not None:  # else it could not be started
            process.join(timeout=0.5)
            process.kill()
            process.join(timeout=1.5)

    def _ask(self, verb: str, *arguments: object) -> Any:  # noqa: ANN401 (what the verb gives)
        """One question and its outcome."""
        with self._turn:
            self._send(verb, *arguments)
            return self._receive(verb, *arguments)

    def _send(self, verb: str, *arguments: object) -> None:
        """Send a question, to a new process if the old one is gone."""
        while True:
            try:
                self._running(verb).send((verb, arguments))
            except (ConnectionError, EOFError):  # a broken pipe is a connection error
                self._bury()
            else:
                return

    def _receive(self, verb: str, *arguments: object) -> Any:  # noqa: ANN401 (what the verb gives)
        """The outcome of the question just sent; asked again if the process died over it."""
        while True:
            try:
                kind, value = self._running(verb).recv()
            except (EOFError, ConnectionError):
                self._bury()
                self._send(verb, *arguments)
                continue
            self._deaths = 0
            if kind == "error":
                raise value
            return value

    def _remember(self, update: Update) -> None:
        """Keep the state of a selector that a new process could not build in no time."""
        if update.learner == self._selected.name:
            self._selected = replace(self._selected, state=update.weights)

    def _known(self) -> tuple[object, ...]:
        """All that a new process must be told."""
        return self._library, self._examples, self._vectors, self._selected

    def _running(self, verb: str) -> Connection:
        """The pipe to a living process that knows everything; Cancelled after the end.

        A new process that is about to be told by `verb` itself is not told twice.
        """
        if self._ended:
            raise Cancelled
        if self._pipe is None:
            spawn = multiprocessing.get_context("spawn")
            self._pipe, child = spawn.Pipe()
            self._process = spawn.Process(
                target=serve,
                args=(child, self._models, self._prior),
                name="attune-learner",
                daemon=True,
            )
            with self._starting:
                if self._ended:
                    raise Cancelled
                self._process.start()
            child.close()
            if self._library and verb != "start":
                self._pipe.send(("start", self._known()))
                self._pipe.recv()
        return self._pipe

    def _bury(self) -> None:
        """Note a death; ChildStopped at the third in a row."""
        self._let_go()
        self._deaths += 1
        if self._deaths >= DEATHS_ALLOWED:
            self._deaths = 0
            raise self._given_up()

    def _given_up(self) -> ChildStopped:
        """What is said when it died too often."""
        return ChildStopped(
            "The learner stopped three times in a row; your rankings are kept. "
            "Close other programs to free memory, then start Attune again."
        )
