"""An exact, instant Backend without a model: for unit tests, the demo and pictures.

Contract: replies come from the script in turn (draft 0 of the first request takes the first text,
and so on, round and round), or are a few paragraphs of Markdown that mention the draft's guidance.
Tokens are words. CancelToken and stop_draft are honoured between pieces. `die_after` pieces it
behaves as an engine that dies and is restarted; `failure` is raised in place of anything else.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ContextTooLong, UserError
from assistant.domain.model import Finish
from assistant.generation.backend import (
    Draft,
    DraftFinished,
    DraftText,
    EngineRestarted,
    GenerationEvent,
    GenerationRequest,
    ModelInfo,
    PrefixEvaluated,
    Turn,
)

_PIECE = re.compile(r"\s*\S+\s*?(?=\s|$)")


class ScriptedBackend:
    """A Backend that knows beforehand what it will say."""

    def __init__(
        self,
        replies: Sequence[str] = (),
        *,
        delay: float = 0.0,
        context: int = 4096,
        failure: UserError | None = None,
        die_after: int | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._script = itertools.cycle(replies) if replies else None
        self._delay, self._sleep = delay, sleep
        self._context = context
        self._failure = failure
        self._die_after = die_after
        self._evaluated: tuple[Turn, ...] = ()
        self.requests: list[GenerationRequest] = []  # what was asked, for tests to look at
        self.warmed: list[tuple[Turn, ...]] = []
        self.closed = False

    def info(self) -> ModelInfo:
        """A made-up model."""
        self._fail_if_told()
        return ModelInfo(
            name="Scripted",
            path=Path("scripted.gguf"),
            sha256="0" * 64,
            architecture="scripted",
            context=self._context,
            size_bytes=0,
            template="chatml",
        )

    def generate(
        self, request: GenerationRequest, cancel: CancelToken
    ) -> Iterator[GenerationEvent]:
        """The scripted replies, one word of each draft in turn."""
        self._fail_if_told()
        if self.count_tokens(request.turns[-1:]) > self._context:
            raise ContextTooLong(
                f"The query takes more than the model's context of {self._context} tokens; "
                "shorten it or choose a model with a longer context."
            )
        self.requests.append(request)
        yield self._evaluate(request.turns)
        texts = [self._reply_to(request, draft) for draft in request.drafts]
        yield from self._stream(texts, request.sampling.max_tokens, cancel)

    def warm(self, turns: tuple[Turn, ...], cancel: CancelToken) -> None:
        """Remember the turns as evaluated."""
        self._fail_if_told()
        if not cancel.cancelled:
            self.warmed.append(turns)
            self._evaluated = turns

    def count_tokens(self, turns: tuple[Turn, ...]) -> int:
        """One token a word and two a turn."""
        self._fail_if_told()
        return sum(len(turn.text.split()) + 2 for turn in turns)

    def close(self) -> None:
        """Nothing to end; only remembered."""
        self.closed = True

    def _fail_if_told(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _evaluate(self, turns: tuple[Turn, ...]) -> PrefixEvaluated:
        pairs = zip(turns, self._evaluated, strict=False)
        same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
        self._evaluated = turns
        dropped = 0
        while self.count_tokens(turns[dropped:]) > self._context:
            dropped += 1
        reused = 0 if dropped else self.count_tokens(turns[:same])
        return PrefixEvaluated(self.count_tokens(turns[dropped:]), reused, dropped, 0.0)

    def _reply_to(self, request: GenerationRequest, draft: Draft) -> str:
        if self._script is not None:
            return next(self._script)
        query, guidance = request.turns[-1].text.strip(), draft.guidance.strip()
        opening = f"You asked: *{query}* This is draft {draft.seed}."
        if not guidance:
            return f"{opening}\n\nIt was written without any guidance.\n\n- first\n- second\n"
        return f"{opening}\n\n**Guidance:** {guidance}\n\n1. It was read.\n2. It was followed.\n"

    def _stream(
        self, texts: list[str], most: int, cancel: CancelToken
    ) -> Iterator[GenerationEvent]:
        pieces = {index: _PIECE.findall(text) for index, text in enumerate(texts)}
        written = dict.fromkeys(pieces, 0)
        for count in itertools.count():
            if self._die_after is not None and count >= self._die_after:
                self._die_after = None
                yield from (DraftFinished(i, Finish.INTERRUPTED, written[i]) for i in pieces)
                yield EngineRestarted("The engine ended unexpectedly (as scripted).")
                return
            for index in list(pieces):
                finish = _finish(index, written[index], len(pieces[index]), most, cancel)
                if finish is not None:
                    del pieces[index]
                    yield DraftFinished(index, finish, written[index])
                    continue
                yield DraftText(index, pieces[index][written[index]])
                written[index] += 1
            if not pieces:
                return
            if self._delay:
                self._sleep(self._delay)


def _finish(index: int, written: int, length: int, most: int, cancel: CancelToken) -> Finish | None:
    if cancel.cancelled or index in cancel.stopped_drafts:
        return Finish.STOPPED
    if written >= length:
        return Finish.STOP
    return Finish.LENGTH if written >= most else None
