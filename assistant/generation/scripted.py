"""An exact, instant Backend without a model: for unit tests, the demo and pictures.

Contract: replies come from the script in turn (draft 0 of the first request takes the first text,
and so on, round and round), or are a few paragraphs of Markdown that mention the draft's guidance.
Tokens are words. CancelToken and stop_draft are honoured between pieces. `die_after` pieces it
behaves as an engine that dies and is restarted; `failure` is raised in place of anything else.
A draft that goes on gets the rest of the text of the script that it has begun, or the next one.
A grammar is checked, but neither it nor lines to choose from change the script. A continuation's
score is what `scores` says, or -1 for each of its words that the turns contain and -2 for each
other one; the likeliest token after a token is that token, or the next number with an adapter,
which is any file that exists.
"""

from __future__ import annotations

import itertools
import re
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import (
    Cancelled,
    ContextTooLong,
    ModelProblem,
    UsageProblem,
    UserError,
)
from assistant.domain.model import Finish
from assistant.generation.backend import (
    AGENT_CONTEXT,
    SCORING_CONTEXT,
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
from assistant.generation.grammar import check_grammar

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
        scores: Callable[[tuple[Turn, ...], str], float] | None = None,
    ) -> None:
        self._replies = tuple(replies)
        self._script = itertools.cycle(replies) if replies else None
        self._delay, self._sleep = delay, sleep
        self._context = context
        self._failure = failure
        self._die_after = die_after
        self._scores = scores or word_score
        self._evaluated: tuple[Turn, ...] = ()
        self.adapter: Path | None = None
        self.requests: list[GenerationRequest] = []  # what was asked, for tests to look at
        self.warmed: list[tuple[Turn, ...]] = []
        self.read_ahead: list[tuple[tuple[Turn, ...], tuple[str, ...]]] = []  # with guidance
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
        for draft in request.drafts:
            if draft.grammar is not None:
                check_grammar(draft.grammar)
        room = AGENT_CONTEXT if request.agent else self._context
        if self.count_tokens(request.turns[-1:]) > room:
            raise ContextTooLong(
                f"The query takes more than the model's context of {room} tokens; "
                "shorten it or choose a model with a longer context."
            )
        self.requests.append(request)
        if request.agent:
            yield PrefixEvaluated(self.count_tokens(request.turns), 0, 0, 0.0)
        else:
            yield self._evaluate(request.turns)
        texts = [self._reply_to(request, draft) for draft in request.drafts]
        yield from self._stream(texts, request.sampling.max_tokens, cancel)

    def warm(
        self, turns: tuple[Turn, ...], cancel: CancelToken, guidance: tuple[str, ...] = ()
    ) -> None:
        """Remember the turns as evaluated."""
        self._fail_if_told()
        if not cancel.cancelled:
            self.warmed.append(turns)
            if guidance:
                self.read_ahead.append((turns, guidance))
            self._evaluated = turns

    def count_tokens(self, turns: tuple[Turn, ...]) -> int:
        """One token a word and two a turn."""
        self._fail_if_told()
        return sum(len(turn.text.split()) + 2 for turn in turns)

    def score(
        self, turns: tuple[Turn, ...], continuations: tuple[str, ...], cancel: CancelToken
    ) -> tuple[float, ...]:
        """What `scores` says of each."""
        return self.score_cases(turns, ((),), (continuations,), cancel)[0]

    def score_cases(
        self,
        shared: tuple[Turn, ...],
        cases: tuple[tuple[Turn, ...], ...],
        continuations: tuple[tuple[str, ...], ...],
        cancel: CancelToken,
    ) -> tuple[tuple[float, ...], ...]:
        """What `scores` says of each continuation of each case."""
        self._fail_if_told()
        if len(cases) != len(continuations):
            raise UsageProblem("The lists of cases and continuations differ in length.")
        if cancel.cancelled:
            raise Cancelled
        rows = []
        for case, texts in zip(cases, continuations, strict=True):
            turns = shared + case
            if not turns:
                raise UsageProblem("There is nothing to score after; give at least one turn.")
            longest = max((len(text.split()) for text in texts), default=0)
            if self.count_tokens(turns) + longest > SCORING_CONTEXT:
                raise ContextTooLong("A prompt is too long to be scored; shorten it.")
            rows.append(tuple(self._scores(turns, text) if text else 0.0 for text in texts))
        return tuple(rows)

    def load_adapter(self, path: Path | None) -> None:
        """Remember the adapter."""
        self._fail_if_told()
        if path is not None and not path.is_file():
            raise ModelProblem(f"The adapter file {path} is missing; train the agent again.")
        self.adapter = path

    def tokenise(self, text: str, *, special: bool = False) -> tuple[int, ...]:  # noqa: ARG002
        """A number for each word, equal words having equal ones."""
        self._fail_if_told()
        return tuple(zlib.crc32(word.encode()) for word in text.split())

    def top_tokens(self, tokens: Sequence[int], *, agent: bool = False) -> tuple[int, ...]:
        """The tokens themselves, or, with an adapter, the numbers after them."""
        self._fail_if_told()
        if not all(0 <= token < 1 << 32 for token in tokens):
            raise UsageProblem("A number is none of the model's tokens; take those of `tokenise`.")
        if len(tokens) > AGENT_CONTEXT:
            raise ContextTooLong(f"Give {AGENT_CONTEXT} tokens at most.")
        step = 1 if agent and self.adapter is not None else 0
        return tuple((token + step) % (1 << 32) for token in tokens)

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
        text = self._whole_reply(request, draft)
        return text.removeprefix(draft.begun)

    def _whole_reply(self, request: GenerationRequest, draft: Draft) -> str:
        begun = [text for text in self._replies if draft.begun and text.startswith(draft.begun)]
        if begun:
            return begun[0]
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


def word_score(turns: tuple[Turn, ...], continuation: str) -> float:
    """-1 for each word of the continuation that occurs in the turns, -2 for each other one."""
    known = {word for turn in turns for word in turn.text.split()}
    return -float(sum(1 if word in known else 2 for word in continuation.split()))
