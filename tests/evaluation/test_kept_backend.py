"""A backend that remembers what it wrote."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.evaluation.kept_backend import KeptBackend
from assistant.evaluation.score_cache import ScoreCache
from assistant.generation.backend import (
    Draft,
    DraftFinished,
    DraftText,
    GenerationRequest,
    Sampling,
    Turn,
)
from assistant.generation.scripted import ScriptedBackend

TURNS = (Turn("system", "Be kind."), Turn("user", "How do I sail?"))


def request(*drafts: Draft, agent: bool = False) -> GenerationRequest:
    return GenerationRequest(TURNS, drafts, Sampling(max_tokens=8), agent)


def texts(backend: KeptBackend, wanted: GenerationRequest) -> list[str]:
    found = [""] * len(wanted.drafts)
    ended = []
    for event in backend.generate(wanted, CancelToken()):
        if isinstance(event, DraftText):
            found[event.draft] += event.text
        elif isinstance(event, DraftFinished):
            ended.append(event.draft)
    assert ended == list(range(len(found)))
    return found


@pytest.fixture
def scripted() -> ScriptedBackend:
    return ScriptedBackend([f"Reply number {number}." for number in range(9)])


@pytest.fixture
def kept(tmp_path: Path) -> ScoreCache:
    return ScoreCache(tmp_path / "replies.jsonl", time.monotonic)


def test_only_drafts_that_are_not_known_are_written(
    scripted: ScriptedBackend, kept: ScoreCache
) -> None:
    backend = KeptBackend(scripted, kept)
    plain, brief = Draft("", 1), Draft("(Be brief.)", 2)
    first = texts(backend, request(plain, brief))
    assert texts(backend, request(brief, plain)) == first[::-1]
    assert len(scripted.requests) == 1
    again = texts(backend, request(plain, Draft("", 3)))
    assert again[0] == first[0]
    assert [draft.seed for draft in scripted.requests[-1].drafts] == [3]


def test_what_was_written_is_known_to_later_runs(
    scripted: ScriptedBackend, kept: ScoreCache, tmp_path: Path
) -> None:
    first = texts(KeptBackend(scripted, kept), request(Draft("", 1)))
    reread = ScoreCache(tmp_path / "replies.jsonl", time.monotonic)
    later = ScriptedBackend(["Something else."])
    assert texts(KeptBackend(later, reread), request(Draft("", 1))) == first
    assert not later.requests


@pytest.mark.parametrize(
    "other",
    [
        GenerationRequest(TURNS, (Draft("", 1),), Sampling(max_tokens=9)),
        GenerationRequest((*TURNS[:1], Turn("user", "Why?")), (Draft("", 1),)),
        GenerationRequest(TURNS, (Draft("(Be brief.)", 1),), Sampling(max_tokens=8)),
    ],
)
def test_another_prompt_or_another_way_of_drawing_is_another_reply(
    scripted: ScriptedBackend, kept: ScoreCache, other: GenerationRequest
) -> None:
    backend = KeptBackend(scripted, kept)
    texts(backend, request(Draft("", 1)))
    texts(backend, other)
    assert len(scripted.requests) == 2


def test_what_the_agent_writes_is_never_kept(scripted: ScriptedBackend, kept: ScoreCache) -> None:
    backend = KeptBackend(scripted, kept)
    assert texts(backend, request(Draft("", 1), agent=True)) != texts(
        backend, request(Draft("", 1), agent=True)
    )
    assert len(scripted.requests) == 2


def test_half_a_reply_is_not_kept(scripted: ScriptedBackend, kept: ScoreCache) -> None:
    backend, cancel = KeptBackend(scripted, kept), CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(backend.generate(request(Draft("", 1)), cancel))
    texts(backend, request(Draft("", 1)))
    assert len(scripted.requests) == 2
