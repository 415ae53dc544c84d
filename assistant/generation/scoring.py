"""Log-probabilities of given continuations, many prompts at once: nothing is decoded.

Contract: what the prompts have in common at their beginning is evaluated once into sequence 0;
then as many prompts as fit are evaluated side by side, each in a sequence of its own, and their
continuations in sequences that branch from it. The first token of every continuation is read from
the end of its prompt, so that a continuation of one token costs nothing more.
Afterwards only the common beginning is left in the cache. Cancelled if an evaluation was aborted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from assistant.domain.errors import Cancelled, ContextTooLong
from assistant.generation.llama_context import Aborted, Context, Item
from assistant.generation.prompt import common_length

# Of the prompts evaluated side by side, and of a batch of the scoring context. Measured with flash
# attention, which the context has: 512 is a quarter faster than 128, 1024 hardly faster still.
PACK_TOKENS = 512


@dataclass(frozen=True, slots=True)
class Case:
    """A prompt and what may follow it, as tokens."""

    prompt: list[int]
    continuations: list[list[int]]

    @property
    def longest(self) -> int:
        """Tokens of the longest continuation that are evaluated: its last one is only read."""
        return max((len(tokens) - 1 for tokens in self.continuations if tokens), default=0)


@dataclass(frozen=True, slots=True)
class _Job:
    """A case, or one of its continuations of several tokens, and the sequence it is given."""

    case: int
    sequence: int
    continuation: int = -1


_Target = tuple[int, int, int]  # case, continuation, token whose probability counts
_Step = tuple[Item, list[_Target]]


class Scorer:
    """Scores continuations in a context of its own."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last = context.shape.sequences - 1
        self._cases: Sequence[Case] = ()
        self._sums: list[list[float]] = []

    def score(self, cases: Sequence[Case]) -> list[list[float]]:
        """The log-probability of each continuation of each case."""
        if not cases:
            return []
        self._cases = cases
        self._sums = [[0.0] * len(case.continuations) for case in cases]
        common = common_beginning([case.prompt for case in cases])
        packs = list(self._packs(common))
        try:
            self._context.evaluate_prefix(cases[0].prompt[:common])
            for pack in packs:
                self._score_pack(pack, common)
        except Aborted:
            raise Cancelled from None
        finally:
            self._drop_from(1)
        return self._sums

    def _packs(self, common: int) -> Iterator[list[_Job]]:
        """The cases in groups for which there are cells and sequences, one of these to spare."""
        room, pack, used, reserve = self._context.cells - common, list[_Job](), 0, 0
        for index, case in enumerate(self._cases):
            tail = len(case.prompt) - common
            if tail + case.longest > room:
                raise ContextTooLong(
                    f"A prompt and what may follow it take {common + tail + case.longest} tokens, "
                    f"more than the {self._context.cells} that can be scored; shorten them."
                )
            reserve = max(reserve, case.longest)
            full = used + tail + reserve > room or len(pack) == self._last - 1
            if pack and (full or used + tail > PACK_TOKENS):
                yield pack
                pack, used, reserve = [], 0, case.longest
            pack.append(_Job(index, len(pack) + 1))
            used += tail
        yield pack

    def _score_pack(self, pack: list[_Job], common: int) -> None:
        steps: list[_Step] = []
        for job in pack:
            self._context.branch(job.sequence)
            steps += self._prompt_steps(job, common)
        self._evaluate(steps)
        used = common + sum(len(self._cases[job.case].prompt) - common for job in pack)
        for wave in self._waves(pack, self._context.cells - used):
            steps = []
            for source, job in wave:
                self._context.branch(job.sequence, source.sequence)
                steps += self._continuation_steps(job)
            self._evaluate(steps)
            self._drop_from(len(pack) + 1)
        self._drop_from(1)

    def _waves(self, pack: list[_Job], room: int) -> Iterator[list[tuple[_Job, _Job]]]:
        """The continuations that need evaluating, in groups that fit beside the prompts."""
        first = len(pack) + 1
        wave, used = list[tuple[_Job, _Job]](), 0
        for source in pack:
            for place, tokens in enumerate(self._cases[source.case].continuations):
                if len(tokens) < 2:
                    continue
                if used + len(tokens) - 1 > room or first + len(wave) > self._last:
                    yield wave
                    wave, used = [], 0
                wave.append((source, _Job(source.case, first + len(wave), place)))
                used += len(tokens) - 1
        if wave:
            yield wave

    def _prompt_steps(self, job: _Job, common: int) -> Iterator[_Step]:
        case = self._cases[job.case]
        firsts = [(job.case, i, tokens[0]) for i, tokens in enumerate(case.continuations) if tokens]
        last = len(case.prompt) - 1
        for position in range(common, last):
            yield Item(case.prompt[position], position, job.sequence, False), []
        yield Item(case.prompt[last], last, job.sequence, True), firsts

    def _continuation_steps(self, job: _Job) -> Iterator[_Step]:
        case = self._cases[job.case]
        tokens, begin = case.continuations[job.continuation], len(case.prompt)
        for offset, following in enumerate(tokens[1:]):
            item = Item(tokens[offset], begin + offset, job.sequence, True)
            yield item, [(job.case, job.continuation, following)]

    def _evaluate(self, steps: list[_Step]) -> None:
        begin = 0
        with self._context.abortable():
            for batch in self._context.batches([item for item, _ in steps]):
                self._context.decode(batch)
                for at, (_, targets) in enumerate(steps[begin : begin + len(batch)]):
                    if targets:
                        self._add(self._context.logits(at), targets)
                begin += len(batch)

    def _add(self, logits: NDArray[np.float32], targets: list[_Target]) -> None:
        highest = logits.max()
        total = highest + np.log(np.exp(logits - highest).sum(dtype=np.float64))
        for case, continuation, token in targets:
            self._sums[case][continuation] += float(logits[token] - total)

    def _drop_from(self, first: int) -> None:
        for sequence in range(first, self._last + 1):
            self._context.drop(sequence)


def common_beginning(prompts: Sequence[list[int]]) -> int:
    """How many tokens all prompts share, leaving each at least one to read logits after."""
    shortest = min(len(prompt) for prompt in prompts)
    first = prompts[0]
    common = reduce(min, (common_length(first, prompt) for prompt in prompts), shortest)
    return min(common, shortest - 1)


def top_tokens(context: Context, tokens: Sequence[int]) -> list[int]:
    """The likeliest next token after each of the tokens, which are evaluated from the start."""
    context.evaluate_prefix(())
    items = [Item(token, position, 1, True) for position, token in enumerate(tokens)]
    top: list[int] = []
    for batch in context.batches(items):
        context.decode(batch)
        top += [int(context.logits(at).argmax()) for at in range(len(batch))]
    context.drop(1)
    return top
