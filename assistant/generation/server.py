"""A text-generation server of the user's own as a Backend (OpenAI-compatible chat, streaming).

Off unless the user gave its address: whatever is asked then leaves this program. The server only
writes. Each draft is one request, all of them side by side, so nothing is shared between drafts
that the server does not share by itself. Counts of tokens are estimates (four bytes a token, and
`ModelInfo.counts_exactly` says so). Grammars, scores, adapters and token probes are refused with
one sentence; choosing tags and learning from rankings need none of them.
"""

from __future__ import annotations

import queue
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ContextTooLong, ServerProblem, UsageProblem, UserError
from assistant.domain.model import Finish
from assistant.generation.backend import (
    Draft,
    DraftFinished,
    DraftText,
    GenerationEvent,
    GenerationNotice,
    GenerationRequest,
    ModelInfo,
    PrefixEvaluated,
    Turn,
)
from assistant.generation.prompt import Budget, split_exchanges
from assistant.generation.server_address import ServerAddress
from assistant.generation.server_stream import Exchange, Patience

BYTES_PER_TOKEN = 4  # of English and code in the vocabularies of today's models, about
TURN_TOKENS = 4  # what a template puts around a turn, about
MOST_DRAFTS = 4
_TICK = 0.05  # seconds between two looks at the CancelToken
_CHAT = "/chat/completions"

_Outcome = str | Finish | Exception
_Inbox = queue.SimpleQueue[tuple[int, _Outcome]]


class ServerClient:
    """The Backend that asks a server; nothing is sent before the first request."""

    def __init__(
        self,
        address: ServerAddress,
        model: str,
        key: str,
        context: int,
        patience: Patience | None = None,
    ) -> None:
        self._address, self._model, self._key = address, model, key
        self._context = context
        self._patience = patience or Patience()

    def info(self) -> ModelInfo:
        """What is known of the model without asking the server."""
        return ModelInfo(
            name=f"{self._model or 'model'} at {self._address.authority}",
            path=Path(),
            sha256="",
            architecture="server",
            context=self._context,
            size_bytes=0,
            template="server",
            counts_exactly=False,
        )

    def generate(
        self, request: GenerationRequest, cancel: CancelToken
    ) -> Iterator[GenerationEvent]:
        """Stream all drafts; every draft ends with exactly one DraftFinished.

        ServerProblem if none of them could be written.
        """
        if not 1 <= len(request.drafts) <= MOST_DRAFTS:
            raise UsageProblem(f"Ask for 1 to {MOST_DRAFTS} replies at once.")
        if request.lines is not None:
            self._refuse("write some of given lines")
        if any(draft.grammar is not None for draft in request.drafts):
            self._refuse("hold a reply to a grammar")
        if any(draft.begun for draft in request.drafts):
            self._refuse("go on with a reply that was cut off")
        turns, dropped = self._fitting(request)
        begun = time.monotonic()
        with closing(_Drafts(self._address, self._key, self._patience)) as drafts:
            drafts.start([self._content(turns, draft, request) for draft in request.drafts])
            waiting = True
            for event in drafts.events(request.sampling.max_tokens, cancel):
                if waiting:
                    waiting, tokens = False, self.count_tokens(turns)
                    yield PrefixEvaluated(tokens, 0, dropped, time.monotonic() - begun)
                yield event
        yield from _about(drafts.problems, len(request.drafts), begun_writing=drafts.written)

    def warm(
        self, turns: tuple[Turn, ...], cancel: CancelToken, guidance: tuple[str, ...] = ()
    ) -> None:
        """Nothing: a server keeps what it keeps."""

    def count_tokens(self, turns: tuple[Turn, ...]) -> int:
        """About how many tokens the turns take; only the server knows."""
        return sum(len(self.tokenise(turn.text)) + TURN_TOKENS for turn in turns)

    def score(
        self,
        turns: tuple[Turn, ...],
        continuations: tuple[str, ...],
        cancel: CancelToken,
    ) -> tuple[float, ...]:
        """Refused: a chat server tells no probabilities of given texts."""
        self._refuse("score texts")

    def score_cases(
        self,
        shared: tuple[Turn, ...],
        cases: tuple[tuple[Turn, ...], ...],
        continuations: tuple[tuple[str, ...], ...],
        cancel: CancelToken,
    ) -> tuple[tuple[float, ...], ...]:
        """Refused as `score` is."""
        self._refuse("score texts")

    def load_adapter(self, path: Path | None) -> None:
        """None is what it has anyway; anything else is refused."""
        if path is not None:
            self._refuse("use an adapter")

    def tokenise(self, text: str, *, special: bool = False) -> tuple[int, ...]:
        """A number for every four bytes: good for counting only."""
        content = text.encode("utf-8", "replace")
        return tuple(
            zlib.crc32(content[at : at + BYTES_PER_TOKEN])
            for at in range(0, len(content), BYTES_PER_TOKEN)
        )

    def top_tokens(self, tokens: Sequence[int], *, agent: bool = False) -> tuple[int, ...]:
        """Refused as `score` is."""
        self._refuse("tell which word is likeliest")

    def close(self) -> None:
        """Nothing is open between two requests."""

    def _refuse(self, what: str) -> NoReturn:
        raise ServerProblem(
            f"The server at {self._address.authority} writes replies but cannot {what}; "
            "that needs a model on this machine: `attune models server off`."
        )

    def _fitting(self, request: GenerationRequest) -> tuple[tuple[Turn, ...], int]:
        """The turns that will fit by the estimate, and how many old exchanges were left out."""
        budget = Budget(self._context, 1, request.sampling.max_tokens)
        longest = max(len(self.tokenise(draft.guidance)) for draft in request.drafts)
        room = self._context - budget.reserve - longest
        system, exchanges = split_exchanges(request.turns)
        for dropped in range(len(exchanges)):
            kept = system + tuple(turn for one in exchanges[dropped:] for turn in one)
            if self.count_tokens(kept) <= room:
                return kept, dropped
        raise ContextTooLong(
            f"The query takes more than the {self._context} tokens that the setting “context” "
            "allows (by an estimate); shorten it, or raise the setting if the server takes more."
        )

    def _content(
        self, turns: tuple[Turn, ...], draft: Draft, request: GenerationRequest
    ) -> dict[str, object]:
        """What is sent for one draft: only what every such server understands."""
        guidance = draft.guidance.strip()
        if guidance:
            turns = (*turns[:-1], replace(turns[-1], text=f"{turns[-1].text}\n\n{guidance}"))
        sampling = request.sampling
        return {
            **({"model": self._model} if self._model else {}),
            "messages": [{"role": turn.role, "content": turn.text} for turn in turns],
            "stream": True,
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "max_tokens": sampling.max_tokens,
            "seed": draft.seed,
        }


class _Drafts:
    """The exchanges of one request, each on a thread of its own."""

    def __init__(self, address: ServerAddress, key: str, patience: Patience) -> None:
        self._address, self._key, self._patience = address, key, patience
        self._exchanges: list[Exchange] = []
        self._inbox: _Inbox = queue.SimpleQueue()
        self.problems: dict[int, UserError] = {}
        self.written = False  # whether any text came in

    def start(self, contents: Sequence[dict[str, object]]) -> None:
        """Send all requests."""
        for index, content in enumerate(contents):
            exchange = Exchange(self._address, self._key, self._patience)
            self._exchanges.append(exchange)
            threading.Thread(
                target=_read, args=(index, exchange, content, self._inbox), daemon=True
            ).start()

    def events(self, most: int, cancel: CancelToken) -> Iterator[GenerationEvent]:
        """What comes in, until every draft has ended; no draft gets more than `most` pieces."""
        counts = dict.fromkeys(range(len(self._exchanges)), 0)
        while counts:
            for index in self._taken_back(counts, cancel):
                yield self._end(index, Finish.STOPPED, counts)
            try:
                index, outcome = self._inbox.get(timeout=_TICK)
            except queue.Empty:
                continue
            if index not in counts:
                continue  # it was ended here before its thread knew
            if isinstance(outcome, Finish):  # before str, which it is as well
                yield self._end(index, outcome, counts)
            elif isinstance(outcome, str):
                counts[index] += 1
                self.written = True
                yield DraftText(index, outcome)
                if counts[index] >= most:
                    yield self._end(index, Finish.LENGTH, counts)
            elif isinstance(outcome, UserError):
                self.problems[index] = outcome
                yield self._end(index, Finish.INTERRUPTED, counts)
            else:
                raise outcome  # a bug, which must not end unseen with its thread

    def close(self) -> None:
        """End all exchanges; their threads end by themselves."""
        for exchange in self._exchanges:
            exchange.abort()

    def _taken_back(self, counts: dict[int, int], cancel: CancelToken) -> list[int]:
        return [i for i in counts if cancel.cancelled or i in cancel.stopped_drafts]

    def _end(self, index: int, finish: Finish, counts: dict[int, int]) -> DraftFinished:
        self._exchanges[index].abort()
        return DraftFinished(index, finish, counts.pop(index))


def _read(index: int, exchange: Exchange, content: dict[str, object], inbox: _Inbox) -> None:
    """A thread's work: pass on what one exchange brings."""
    try:
        for piece in exchange.stream(_CHAT, content):
            inbox.put((index, piece))
    except Exception as problem:  # told apart by whoever waits for it
        inbox.put((index, problem))


def _about(
    problems: dict[int, UserError], drafts: int, *, begun_writing: bool
) -> Iterator[GenerationNotice]:
    """What went wrong, once; raised if nothing came of any draft."""
    for problem in problems.values():
        if len(problems) == drafts and not begun_writing:
            raise problem
    for reason in dict.fromkeys(str(problem) for problem in problems.values()):
        yield GenerationNotice(reason)
