"""Writes all drafts of a request with one loaded model: prefix once, tails, then step by step.

Contract: yields lists of events (one list per step); every draft ends with exactly one
DraftFinished, also when the request is cancelled; whatever happens, only the shared prefix is left
in the context's cache. Used inside the engine's child process.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from typing import Protocol

from assistant.domain.errors import ContextTooLong, UsageProblem
from assistant.domain.model import Finish
from assistant.generation.backend import (
    DraftFinished,
    DraftText,
    GenerationEvent,
    GenerationRequest,
    PrefixEvaluated,
    Sampling,
    Turn,
)
from assistant.generation.llama_context import Aborted, CacheFull, Context, Item
from assistant.generation.prompt import Budget, ChatTemplate, Prompt, build_prompt
from assistant.generation.sampling import END, Sampler, make_sampler
from assistant.generation.text_stream import TextStream


class Switch(Protocol):
    """How the child sees that a request was taken back."""

    def cancelled(self) -> bool:
        """Whether the whole request was."""

    def stopped(self, draft: int) -> bool:
        """Whether this draft was."""


@dataclass(slots=True)
class _Writing:
    """One draft on its way. `token` is drawn but not yet evaluated."""

    index: int
    sampler: Sampler
    stream: TextStream
    position: int
    endless: bool  # written up to max_tokens whatever the model says
    begun: int = 0  # tokens at the end of its tail that it has written before
    token: int = -1
    tokens: int = 0
    finish: Finish = Finish.WRITING

    @property
    def sequence(self) -> int:
        return self.index + 1


class Writer:
    """Drafts of one loaded model, in one of its contexts of which `room` tokens are used."""

    def __init__(self, context: Context, template: ChatTemplate, room: int) -> None:
        self._context, self._template, self._room = context, template, room
        self._model = context.weights
        self._most_drafts = context.shape.sequences - 1
        self._budget = Budget(room, 1, Sampling().max_tokens)  # of the last request

    def count_tokens(self, turns: tuple[Turn, ...]) -> int:
        """Tokens that the turns take in a prompt."""
        return len(self._model.tokenise(self._template.render(turns, False), True))

    def warm(self, turns: tuple[Turn, ...]) -> None:
        """Evaluate turns ahead of time, cut as the next request will be.

        What an abort leaves is of use all the same.
        """
        next_turns, guidance = (*turns, Turn("user", "")), ("",) * self._budget.drafts
        with suppress(ContextTooLong, Aborted):
            prompt = build_prompt(
                self._template, next_turns, guidance, self._budget, self._model.tokenise
            )
            self._context.evaluate_prefix(prompt.prefix)

    def write(self, request: GenerationRequest, switch: Switch) -> Iterator[list[GenerationEvent]]:
        """All drafts of the request, one list of events a step."""
        if not 1 <= len(request.drafts) <= self._most_drafts:
            raise UsageProblem(
                f"{len(request.drafts)} replies cannot be written at once; "
                f"ask for 1 to {self._most_drafts}."
            )
        with ExitStack() as open_samplers:
            samplers = []
            for draft in request.drafts:
                sampler = make_sampler(self._context, request.sampling, draft)
                samplers.append(open_samplers.enter_context(closing(sampler)))
            yield from self._write(request, samplers, switch)

    def _write(
        self, request: GenerationRequest, samplers: list[Sampler], switch: Switch
    ) -> Iterator[list[GenerationEvent]]:
        begun = time.monotonic()
        budget = Budget(self._room, len(request.drafts), request.sampling.max_tokens)
        self._budget = budget
        guidance = tuple(draft.guidance for draft in request.drafts)
        begun_texts = tuple(draft.begun for draft in request.drafts)
        prompt = build_prompt(
            self._template, request.turns, guidance, budget, self._model.tokenise, begun_texts
        )
        try:
            reused = self._context.evaluate_prefix(prompt.prefix)
        except Aborted:
            yield [DraftFinished(i, Finish.STOPPED, 0) for i in range(len(guidance))]
            return
        seconds = time.monotonic() - begun
        yield [PrefixEvaluated(len(prompt.prefix), reused, prompt.dropped_turns, seconds)]
        drafts = [
            _Writing(
                index=index,
                sampler=samplers[index],
                stream=TextStream(self._template.stops, begun=bool(draft.begun)),
                position=len(prompt.prefix) + len(prompt.tails[index]),
                begun=prompt.begun[index],
                endless=request.sampling.ignore_end and draft.grammar is None,
            )
            for index, draft in enumerate(request.drafts)
        ]
        yield from self._write_drafts(drafts, request, prompt, switch)

    def _write_drafts(
        self, drafts: list[_Writing], request: GenerationRequest, prompt: Prompt, switch: Switch
    ) -> Iterator[list[GenerationEvent]]:
        writing = drafts
        try:
            for group in _lightest_first(drafts, prompt):
                self._evaluate_tails(group, prompt)
                yield self._step(group, request, switch)
            writing = _unfinished(drafts)
            while writing:
                self._decode(writing)
                yield self._step(writing, request, switch)
                writing = _unfinished(writing)
        except Aborted:
            yield [self._end(draft, Finish.STOPPED)[-1] for draft in _unfinished(writing)]
        finally:
            for draft in drafts:
                self._context.drop(draft.sequence)

    def _evaluate_tails(self, drafts: list[_Writing], prompt: Prompt) -> None:
        """Evaluate these drafts' guidance in as few batches as possible, draw each first token.

        What a reply has already is drawn again on the way, so that chance is where it was.
        """
        items, owners, following = [], [], []
        for draft in drafts:
            self._context.branch(draft.sequence)
            tail = prompt.tails[draft.index]
            for offset, token in enumerate(tail, start=1):
                position = len(prompt.prefix) + offset - 1
                wanted = offset >= len(tail) - draft.begun
                items.append(Item(token, position, draft.sequence, wanted))
                owners.append(draft)
                following.append(tail[offset] if offset < len(tail) else None)
        begin = 0
        with self._context.abortable():
            for batch in self._context.batches(items):
                self._context.decode(batch)
                for at, item in enumerate(batch):
                    owner, known = owners[begin + at], following[begin + at]
                    if item.wanted and known is None:
                        owner.token = owner.sampler.draw(at)
                    elif item.wanted and known is not None:
                        owner.sampler.redraw(at, known)
                begin += len(batch)

    def _step(
        self, drafts: list[_Writing], request: GenerationRequest, switch: Switch
    ) -> list[GenerationEvent]:
        """Take in the tokens drawn; the drafts that are still WRITING want to be evaluated."""
        events: list[GenerationEvent] = []
        everything = switch.cancelled()
        for draft in drafts:
            if everything or switch.stopped(draft.index):
                events += self._end(draft, Finish.STOPPED)
            elif draft.finish is Finish.LENGTH:
                events += self._end(draft, Finish.LENGTH)
            else:
                events += self._take(draft, request)
        return events

    def _take(self, draft: _Writing, request: GenerationRequest) -> list[GenerationEvent]:
        if not draft.endless and self._ends(draft.token):
            return self._end(draft, Finish.STOP)
        draft.tokens += 1
        events: list[GenerationEvent] = []
        if text := draft.stream.feed(self._model.piece(draft.token)):
            events.append(DraftText(draft.index, text))
        if draft.stream.stopped and not draft.endless:
            return events + self._end(draft, Finish.STOP)
        if draft.tokens >= request.sampling.max_tokens or draft.position >= self._room:
            return events + self._end(draft, Finish.LENGTH)
        return events

    def _ends(self, token: int) -> bool:
        """Whether a token ends the reply: the model's own ends, and the template's as one token."""
        if token == END or self._model.ends_reply(token):
            return True
        return self._model.piece(token, special=True).decode("utf-8", "replace") in (
            self._template.stops
        )

    def _end(self, draft: _Writing, finish: Finish) -> list[GenerationEvent]:
        draft.finish = finish
        text = draft.stream.finish()
        self._context.drop(draft.sequence)
        shown: list[GenerationEvent] = [DraftText(draft.index, text)] if text else []
        return [*shown, DraftFinished(draft.index, finish, draft.tokens)]

    def _decode(self, drafts: list[_Writing]) -> None:
        """Evaluate one token of each draft together and draw the next ones."""
        if not drafts:
            return
        items = [Item(draft.token, draft.position, draft.sequence, True) for draft in drafts]
        try:
            self._context.decode(items)
        except CacheFull:
            for draft in drafts:
                draft.finish = Finish.LENGTH
            return
        for at, draft in enumerate(drafts):
            draft.position += 1
            draft.token = draft.sampler.draw(at)


def _lightest_first(drafts: list[_Writing], prompt: Prompt) -> tuple[list[_Writing], ...]:
    """The draft with the shortest tail by itself: its first token need not wait for the others."""
    ordered = sorted(drafts, key=lambda draft: len(prompt.tails[draft.index]))
    return (ordered[:1], ordered[1:]) if len(ordered) > 1 else (ordered,)


def _unfinished(drafts: list[_Writing]) -> list[_Writing]:
    """Those that are still written."""
    return [draft for draft in drafts if draft.finish is Finish.WRITING]
