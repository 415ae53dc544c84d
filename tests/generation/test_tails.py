"""Guidance read ahead is not evaluated again, and never stands behind another query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from assistant.generation.backend import (
    Draft,
    GenerationEvent,
    GenerationRequest,
    PrefixEvaluated,
    Sampling,
    Turn,
)
from assistant.generation.emphasis import Logits
from assistant.generation.gguf import read_header
from assistant.generation.llama import Weights
from assistant.generation.llama_context import Context, Shape
from assistant.generation.open_draft import OpenDraft
from assistant.generation.templates import choose_template
from assistant.generation.writing import Writer
from tests.generation.decoded import decoded_in
from tests.generation.never import Never

TALK = (Turn("user", "I live in Oslo."), Turn("assistant", "A fine town by the sea."))
BEGUN = Turn("user", "How do I repair")
QUERY = Turn("user", "How do I repair a leaking tap?")
GUIDANCE = ("(Keep it short: a few sentences at most. Use an example about sailing.)", "", "(Hm.)")
SEQUENCES = 8
ROUNDING = 0.15  # of a four-bit model


@dataclass
class Told(Never):
    """A switch, and what the child would say of it to llama.cpp."""

    abort: bool = False

    def aborted(self) -> bool:
        return self.abort


@dataclass
class Bench:
    """A writer in this process, with what is behind it."""

    writer: Writer
    context: Context
    told: Told

    def begin(self, turns: tuple[Turn, ...], guidance: tuple[str, ...]) -> PrefixEvaluated:
        """The prefix's event and one step of each draft."""
        drafts = tuple(Draft(text, 3) for text in guidance)
        request = GenerationRequest(turns, drafts, Sampling(max_tokens=1, ignore_end=True))
        events: list[GenerationEvent] = [
            event for step in self.writer.write(request, self.told) for event in step
        ]
        (first,) = [event for event in events if isinstance(event, PrefixEvaluated)]
        return first

    def held(self) -> list[int]:
        """Tokens of each draft's sequence."""
        return [self.context.held(1 + draft) for draft in range(len(GUIDANCE))]


@pytest.fixture
def bench(embedded_model: Path) -> Iterator[Bench]:
    told = Told()
    template = choose_template(read_header(embedded_model).template)
    weights = Weights(embedded_model)
    context = Context(weights, Shape(1024, SEQUENCES, SEQUENCES, 512, 128, 2), told.aborted)
    yield Bench(Writer(context, template, 512), context, told)
    context.close()
    weights.close()


def test_of_what_was_read_ahead_only_the_last_tokens_are_evaluated(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.writer.warm((*TALK, BEGUN), ("", "", ""))
    bench.writer.warm((*TALK, QUERY), GUIDANCE)
    sizes = decoded_in(bench.context, monkeypatch)
    bench.writer.warm((*TALK, QUERY))  # as the query is once it is sent, while tags are chosen
    prefix = bench.begin((*TALK, QUERY), GUIDANCE)
    assert prefix.reused == prefix.tokens
    assert sizes == [1, 2]  # the reply with the least guidance first


def test_other_guidance_is_evaluated_whole_and_the_rest_is_given_back(bench: Bench) -> None:
    bench.writer.warm((*TALK, QUERY), GUIDANCE)
    assert min(bench.held()) > 0
    bench.begin((*TALK, QUERY), ("(Be kind.)", ""))
    assert bench.held() == [0, 0, 0]


def test_another_query_leaves_nothing_of_the_one_before(bench: Bench) -> None:
    bench.writer.warm((*TALK, QUERY), GUIDANCE)
    bench.writer.warm((*TALK, Turn("user", "Something else.")))
    assert bench.held() == [0, 0, 0]


def test_reading_that_is_taken_back_leaves_no_half_of_a_tail(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.writer.warm((*TALK, QUERY), ("", "", ""))
    before = bench.held()
    bench.told.abort = True
    bench.writer.warm((*TALK, QUERY), GUIDANCE)
    assert bench.held() == [0, before[1], 0]
    bench.told.abort = False
    sizes = decoded_in(bench.context, monkeypatch)
    bench.writer.warm((*TALK, QUERY), GUIDANCE)
    assert len(sizes) == 2
    assert min(bench.held()) > 0


def test_first_tokens_are_as_likely_as_without_reading_ahead(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for rounding: a token evaluated by itself is rounded otherwise than one among others."""
    drawn: dict[int, Logits] = {}
    draw = OpenDraft.draw

    def noted(draft: OpenDraft, at: int, context: Context, reference: Logits | None) -> None:
        drawn[draft.index] = context.logits(at).copy()
        draw(draft, at, context, reference)

    monkeypatch.setattr(OpenDraft, "draw", noted)
    bench.begin((*TALK, QUERY), GUIDANCE)
    cold = dict(drawn)
    bench.writer.warm(TALK)
    for typed in (BEGUN, QUERY, BEGUN, QUERY):
        bench.writer.warm((*TALK, typed), GUIDANCE)
    bench.begin((*TALK, QUERY), GUIDANCE)
    for draft in range(len(GUIDANCE)):
        assert far(drawn[draft], cold[draft]) < ROUNDING
        assert far(drawn[draft], cold[(draft + 1) % len(GUIDANCE)]) > 2 * ROUNDING


def far(some: Logits, others: Logits) -> float:
    """Root mean square of the differences, in standard deviations of the logits."""
    return float(np.sqrt(np.mean((some - others) ** 2)) / others.std())
