"""llama.cpp in a child process of its own, as a Backend.

Contract: the model is looked up and the child started at the first use. If it dies, unfinished
drafts end as INTERRUPTED, it is started again, with the adapter, and EngineRestarted is reported;
after three deaths in a row ChildStopped is raised and it stays stopped. This process never imports
llama_cpp. Requests from several threads take turns; `close` waits for none.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import cast

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, ChildStopped, ModelProblem, UserError
from assistant.domain.model import Finish
from assistant.generation.backend import (
    DraftFinished,
    DraftText,
    EngineOptions,
    EngineRestarted,
    GenerationEvent,
    GenerationRequest,
    ModelInfo,
    ScoringTask,
    Turn,
)
from assistant.generation.engine_process import Died, EngineProcess, start_engine, value_of

MAX_DEATHS = 3
LOAD_SECONDS = 120.0
_TICK = 0.02  # how often a running request looks at its CancelToken
_CLOSE_SECONDS = 0.8


class EngineClient:
    """The Backend that runs GGUF models.

    A model given as a function is looked up when it is first needed, so that a missing file hinders
    nothing that needs no model.
    """

    def __init__(
        self, model: Path | Callable[[], Path], options: EngineOptions | None = None
    ) -> None:
        self._find_model = model if callable(model) else lambda: model
        self._model = Path()  # as it was found at the last start
        self._adapter: Path | None = None
        self._options = options or EngineOptions()
        self._child: EngineProcess | None = None
        self._info: ModelInfo | None = None
        self._deaths = 0
        self._turn = threading.Lock()  # one request at a time, from whatever thread
        self._starting = threading.Lock()
        self._ended = False  # closed for good: nothing starts the child again

    @property
    def pid(self) -> int | None:
        """The child's process id, or None if it is not running."""
        return self._child.process.pid if self._child is not None else None

    def info(self) -> ModelInfo:
        """The loaded model, loading it first if need be. ModelProblem if that fails."""
        known = self._info is not None and (self._child is not None or self._ended)
        if not known:  # what is known may be asked for amid a `generate`
            with self._turn:
                self._running()
        assert self._info is not None, "a running child has said what it loaded"
        return self._info

    def generate(
        self, request: GenerationRequest, cancel: CancelToken
    ) -> Iterator[GenerationEvent]:
        """Stream all drafts; every draft ends with exactly one DraftFinished."""
        with self._turn:
            yield from self._generate(request, cancel)

    def _generate(
        self, request: GenerationRequest, cancel: CancelToken
    ) -> Iterator[GenerationEvent]:
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
        except Died:
            reason = "" if self._ended else self._bury(child)
            for draft, tokens in unfinished.items():
                yield DraftFinished(draft, Finish.INTERRUPTED, tokens)
            if not self._ended:
                self._running()
                yield EngineRestarted(reason)

    def warm(
        self, turns: tuple[Turn, ...], cancel: CancelToken, guidance: tuple[str, ...] = ()
    ) -> None:
        """Evaluate turns ahead of time, so that a request that begins with them starts at once."""
        self._ask("warm", (turns, guidance), cancel)

    def count_tokens(self, turns: tuple[Turn, ...]) -> int:
        """Exact number of tokens the turns take in the prompt, template included."""
        return cast(int, self._ask("count", turns, CancelToken()))

    def score(
        self, turns: tuple[Turn, ...], continuations: tuple[str, ...], cancel: CancelToken
    ) -> tuple[float, ...]:
        """Log-probability of each continuation as the beginning of the reply to the turns."""
        return self.score_cases(turns, ((),), (continuations,), cancel)[0]

    def score_cases(
        self,
        shared: tuple[Turn, ...],
        cases: tuple[tuple[Turn, ...], ...],
        continuations: tuple[tuple[str, ...], ...],
        cancel: CancelToken,
    ) -> tuple[tuple[float, ...], ...]:
        """What `score` gives for (*shared, *cases[i]) and continuations[i], for all i at once."""
        task = ScoringTask(shared, cases, continuations)
        return cast("tuple[tuple[float, ...], ...]", self._ask("score", task, cancel))

    def load_adapter(self, path: Path | None) -> None:
        """Let the preference agent use this LoRA adapter from now on, or none."""
        if path is not None and path == self._adapter and self._child is not None:
            return  # a file is never changed once it is written
        self._ask("adapt", path, CancelToken())
        self._adapter = path

    def tokenise(self, text: str, *, special: bool = False) -> tuple[int, ...]:
        """The model's tokens of a text, without what it wants at a prompt's beginning."""
        return cast("tuple[int, ...]", self._ask("tokenise", (text, special), CancelToken()))

    def top_tokens(self, tokens: Sequence[int], *, agent: bool = False) -> tuple[int, ...]:
        """The likeliest next token after each of the tokens."""
        return cast("tuple[int, ...]", self._ask("top", (tuple(tokens), agent), CancelToken()))

    def close(self) -> None:
        """End the child process, within two seconds; what still runs on it is cancelled."""
        with self._starting:  # a child half started would outlive this process, and complain
            self._ended = True
        child, self._child = self._child, None
        if child is not None:
            child.end(_CLOSE_SECONDS)

    # The child's life

    def _running(self) -> EngineProcess:
        """The child, started (again) if need be and possible; Cancelled after `close`."""
        if self._ended:
            raise Cancelled
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

    def _start(self) -> EngineProcess | None:
        """A child with its model loaded, or None if it died on the way."""
        path = self._find_model()
        known = self._info.sha256 if self._info is not None and path == self._model else ""
        self._model = path
        with self._starting:
            if self._ended:
                raise Cancelled
            child = start_engine(path, self._options, known, self._adapter)
        try:
            self._info = self._await_loading(child)
        except Died:
            self._bury(child)
            return None
        except BaseException:
            child.end(_CLOSE_SECONDS)
            raise
        return child

    def _await_loading(self, child: EngineProcess) -> ModelInfo:
        deadline = time.monotonic() + LOAD_SECONDS
        while time.monotonic() < deadline:
            message = child.receive(0.5)
            if message is not None:
                return cast(ModelInfo, value_of(message))
        raise ModelProblem(
            f"The model file {self._model} was not loaded within {LOAD_SECONDS:.0f} seconds; "
            "choose a smaller model."
        )

    def _bury(self, child: EngineProcess) -> str:
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
        with self._turn:
            while True:
                child = self._running()
                try:
                    child.send(verb, argument)
                    return self._finish(child, cancel)
                except Died:
                    if not self._ended:
                        self._bury(child)

    def _finish(self, child: EngineProcess, cancel: CancelToken) -> object:
        while True:
            child.pass_on(cancel)
            message = child.receive(_TICK)
            if message is not None and message[1] != "events":
                self._deaths = 0
                return value_of(message)

    def _events(
        self, child: EngineProcess, cancel: CancelToken
    ) -> Generator[GenerationEvent, None, None]:
        ended = False
        try:
            while True:
                child.pass_on(cancel)
                message = child.receive(_TICK)
                if message is None:
                    continue
                if message[1] != "events":
                    ended, self._deaths = True, 0
                    value_of(message)
                    return
                yield from message[2]
        except Died:
            ended = True
            raise
        finally:
            if not ended:
                self._abandon(child)

    def _abandon(self, child: EngineProcess) -> None:
        """The caller looks away before the end: take the request back and clear the pipe."""
        token = CancelToken()
        token.cancel()
        with suppress(Died, UserError):
            self._finish(child, token)
