"""Writes all drafts of a request with one loaded model: prefix once, tails, then step by step.

Contract: yields lists of events (one list per step); every draft ends with exactly one
DraftFinished, also when the request is cancelled; whatever happens, only the shared prefix, what
references begin with and, until the next request, guidance read ahead are left in the context's
cache. Used inside the engine's child process.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import replace

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
from assistant.generation.emphasis import Reference
from assistant.generation.llama_context import Aborted, CacheFull, Context, Item
from assistant.generation.open_draft import OpenDraft, Switch
from assistant.generation.prompt import Budget, ChatTemplate, Prompt, asked_nothing, build_prompt
from assistant.generation.repeats import Repeats
from assistant.generation.sampling import END, Sampler, make_sampler
from assistant.generation.tails import Tails
from assistant.generation.text_stream import TextStream


class Writer:
    """Drafts of one loaded model, in one of its contexts of which `room` tokens are used."""

    def __init__(self, context: Context, template: ChatTemplate, room: int) -> None:
        self._context, self._template, self._room = context, template, room
        self._model = context.weights
        self._most_drafts = (context.shape.sequences - 2) // 2
        self._reference = Reference(context, context.shape.sequences - 1)
        self._tails = Tails(context)
        self._budget = Budget(room, 1, Sampling().max_tokens)  # of the last request
        self._emphasis = 0.0  # of the last request that was not all held to grammars

    def count_tokens(self, turns: tuple[Turn, ...]) -> int:
        """Tokens that the turns take in a prompt."""
        return len(self._model.tokenise(self._template.render(turns, False), True))

    def warm(self, turns: tuple[Turn, ...], guidance: tuple[str, ...] = ()) -> None:
        """Evaluate turns ahead of time, cut as the next request will be, up to where its query
        begins; of turns that end with the query, the query too, and the guidance of each draft.
        What an abort leaves is of use.
        """
        if guidance and self._model.recurrent:
            return  # it could not go back to where the query changes
        asked = bool(turns) and turns[-1].role == "user"
        next_turns = turns if asked else (*turns, Turn("user", ""))
        behind = guidance or ("",) * self._budget.drafts
        budget = replace(self._budget, drafts=len(behind))
        with suppress(ContextTooLong, Aborted, CacheFull):
            prompt = build_prompt(self._template, next_turns, behind, budget, self._model.tokenise)
            self._evaluate_prefix(prompt, self._emphasis)
            if guidance:
                self._tails.read_ahead(prompt.tails)

    def _evaluate_prefix(self, prompt: Prompt, emphasis: float) -> tuple[int, float]:
        """Evaluate what all drafts, and with emphasis all their references, begin with.

        How many tokens of the prefix were there already, and the emphasis there is room for.
        """
        self._tails.follow(prompt.prefix)
        nothing: list[int] = []
        if emphasis:
            nothing = asked_nothing(self._template, prompt.turns, self._model.tokenise)
        self._reference.keep(nothing)
        reused = self._context.evaluate_prefix(prompt.prefix)
        if emphasis and not self._reference.prepare(nothing, prompt.prefix):
            emphasis = 0.0
        return reused, emphasis

    def _emphasis_of(self, request: GenerationRequest) -> float:
        """What can be had: models that keep no token by itself cannot branch off before a query."""
        if all(draft.grammar is not None for draft in request.drafts) or self._model.recurrent:
            return 0.0
        self._emphasis = request.sampling.emphasis
        return self._emphasis

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
            reused, emphasis = self._evaluate_prefix(prompt, self._emphasis_of(request))
        except Aborted:
            yield [DraftFinished(i, Finish.STOPPED, 0) for i in range(len(guidance))]
            return
        self._tails.keep(prompt.tails)
        seconds = time.monotonic() - begun
        yield [PrefixEvaluated(len(prompt.prefix), reused, prompt.dropped_turns, seconds)]
        drafts = [
            self._begin(index, request, prompt, samplers[index], emphasis)
            for index in range(len(request.drafts))
        ]
        yield from self._write_drafts(drafts, request, prompt, switch)

    def _begin(
        self,
        index: int,
        request: GenerationRequest,
        prompt: Prompt,
        sampler: Sampler,
        emphasis: float,
    ) -> OpenDraft:
        draft, tail, begun = request.drafts[index], prompt.tails[index], prompt.begun[index]
        free = draft.grammar is None
        emphasised = emphasis if free else 0.0
        position = len(prompt.prefix) + len(tail) - begun
        return OpenDraft(
            index=index,
            sampler=sampler,
            stream=TextStream(self._template.stops, begun=bool(draft.begun)),
            position=position,
            endless=request.sampling.ignore_end and free,
            known=deque(tail[len(tail) - begun :]),
            emphasis=emphasised,
            repeats=Repeats(draft.guidance if emphasised else "", self._model),
            reference=1 + self._most_drafts + index,
            ahead=position - self._reference.length,
        )

    def _write_drafts(
        self, drafts: list[OpenDraft], request: GenerationRequest, prompt: Prompt, switch: Switch
    ) -> Iterator[list[GenerationEvent]]:
        writing = drafts
        try:
            for group in _lightest_first(drafts, prompt):
                self._evaluate_tails(group, prompt)
                yield self._step(group, request, switch)
            writing = _unfinished(drafts)
            while writing:
                self._advance([(draft, draft.token) for draft in writing])
                yield self._step(writing, request, switch)
                writing = _unfinished(writing)
        except Aborted:
            yield [self._end(draft, Finish.STOPPED)[-1] for draft in _unfinished(writing)]
        except CacheFull:
            ended = [self._end(draft, Finish.LENGTH) for draft in _unfinished(writing)]
            yield [event for events in ended for event in events]
        finally:
            for draft in drafts:
                draft.leave(self._context)

    def _evaluate_tails(self, drafts: list[OpenDraft], prompt: Prompt) -> None:
        """Evaluate these drafts' guidance in as few batches as possible, draw each first token.

        What a reply has already is drawn again on the way, so that chance is where it was.
        """
        items, owners = [], []
        for draft in drafts:
            guidance = prompt.tails[draft.index][: draft.position - len(prompt.prefix)]
            known = self._tails.begin(draft.sequence, guidance)
            if draft.emphasis:
                self._context.branch(draft.reference, self._reference.sequence)
            for position, token in enumerate(guidance[known:], len(prompt.prefix) + known):
                last = position == draft.position - 1
                items.append(Item(token, position, draft.sequence, last))
                owners.append(draft)
        begin = 0
        with self._context.abortable():
            for batch in self._context.batches(items):
                self._context.decode(batch)
                for at, item in enumerate(batch):
                    if item.wanted:
                        owners[begin + at].draw(at, self._context, self._reference.logits)
                begin += len(batch)
            for draft in drafts:
                self._catch_up(draft)

    def _step(
        self, drafts: list[OpenDraft], request: GenerationRequest, switch: Switch
    ) -> list[GenerationEvent]:
        """Take in the tokens drawn; the drafts that are still WRITING want to be evaluated."""
        events: list[GenerationEvent] = []
        everything = switch.cancelled()
        for draft in drafts:
            if everything or switch.stopped(draft.index):
                events += self._end(draft, Finish.STOPPED)
            else:
                events += self._take(draft, request)
        return events

    def _take(self, draft: OpenDraft, request: GenerationRequest) -> list[GenerationEvent]:
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

    def _end(self, draft: OpenDraft, finish: Finish) -> list[GenerationEvent]:
        draft.finish = finish
        text = draft.stream.finish()
        draft.leave(self._context)
        shown: list[GenerationEvent] = [DraftText(draft.index, text)] if text else []
        return [*shown, DraftFinished(draft.index, finish, draft.tokens)]

    def _catch_up(self, draft: OpenDraft) -> None:
        """Evaluate what a draft had written before, with which it begins, in few batches."""
        at_once = self._context.shape.outputs // 2
        while draft.again:
            known = [draft.token, *draft.known][:at_once]
            self._advance([(draft, token) for token in known])

    def _advance(self, steps: list[tuple[OpenDraft, int]]) -> None:
        """Evaluate tokens of drafts, and beside them of their references; draw what follows.

        Where there is no room for references, the rest is written without them.
        """
        try:
            self._evaluate_beside(steps)
        except CacheFull:
            if not any(draft.emphasis for draft, _ in steps):
                raise
            for draft, _ in steps:
                draft.lose_reference(self._context)
            self._evaluate_beside(steps)
        behind = len(steps)
        for at, (draft, _) in enumerate(steps):
            reference = self._context.logits(behind) if draft.emphasis else None
            draft.draw(at, self._context, reference)
            behind += bool(draft.emphasis)

    def _evaluate_beside(self, steps: list[tuple[OpenDraft, int]]) -> None:
        items, references = [], []
        positions = {draft.index: draft.position for draft, _ in steps}
        for draft, token in steps:
            position = positions[draft.index]
            items.append(Item(token, position, draft.sequence, True))
            if draft.emphasis:
                references.append(Item(token, position - draft.ahead, draft.reference, True))
            positions[draft.index] += 1
        self._context.decode([*items, *references])
        for draft, _ in steps:
            draft.position = positions[draft.index]


def _lightest_first(drafts: list[OpenDraft], prompt: Prompt) -> tuple[list[OpenDraft], ...]:
    """The draft with the shortest tail by itself: its first token need not wait for the others."""
    ordered = sorted(drafts, key=lambda draft: len(prompt.tails[draft.index]))
    return (ordered[:1], ordered[1:]) if len(ordered) > 1 else (ordered,)


def _unfinished(drafts: list[OpenDraft]) -> list[OpenDraft]:
    """Those that are still written."""
    return [draft for draft in drafts if draft.finish is Finish.WRITING]
