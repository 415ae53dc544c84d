"""A running engine, shared by the tests that only ask it for text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.generation.backend import (
    Backend,
    Draft,
    DraftFinished,
    DraftText,
    EngineOptions,
    GenerationRequest,
    Sampling,
    Turn,
)
from assistant.generation.engine import EngineClient

ORIGINAL = EngineOptions(context=2048, copy_type="none")


@pytest.fixture(scope="module")
def engine(embedded_model: Path) -> Iterator[EngineClient]:
    client = EngineClient(embedded_model, ORIGINAL)
    yield client
    client.close()


Write = Callable[..., tuple[list[str], list[DraftFinished]]]


@pytest.fixture
def write() -> Write:
    """Texts and ends of the drafts of one request."""

    def run(
        backend: Backend,
        *turns: Turn,
        guidance: tuple[str, ...] = ("",),
        seeds: tuple[int, ...] | None = None,
        sampling: Sampling | None = None,
    ) -> tuple[list[str], list[DraftFinished]]:
        drafts = tuple(
            Draft(text, seed)
            for text, seed in zip(guidance, seeds or range(len(guidance)), strict=True)
        )
        request = GenerationRequest(turns, drafts, sampling or Sampling(max_tokens=16))
        texts, ends = [""] * len(drafts), {}
        for event in backend.generate(request, CancelToken()):
            if isinstance(event, DraftText):
                texts[event.draft] += event.text
            elif isinstance(event, DraftFinished):
                assert event.draft not in ends, "a draft ends once"
                ends[event.draft] = event
        return texts, [ends[index] for index in range(len(drafts))]

    return run
