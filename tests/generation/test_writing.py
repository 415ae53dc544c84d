"""Every draft ends once, with the reason that is true, and only the prefix stays in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ContextTooLong, UsageProblem
from assistant.domain.model import Finish
from assistant.generation.backend import (
    Draft,
    DraftFinished,
    DraftText,
    EngineOptions,
    GenerationRequest,
    PrefixEvaluated,
    Sampling,
    Turn,
)
from assistant.generation.engine import EngineClient
from tests.generation.conftest import Write

QUERY = Turn("user", "Write about the sea.")
LONG = Sampling(max_tokens=60, ignore_end=True)


def test_the_model_ends_its_reply(engine: EngineClient, write: Write) -> None:
    texts, ends = write(
        engine,
        Turn("user", "What is the capital of France? Say it in one word."),
        sampling=Sampling(temperature=0, max_tokens=200),
    )
    assert ends[0].finish is Finish.STOP
    assert "Paris" in texts[0]
    assert texts[0].strip() == texts[0]


def test_the_token_limit_ends_a_reply(engine: EngineClient, write: Write) -> None:
    _, ends = write(engine, QUERY, guidance=("", ""), sampling=LONG)
    assert [(end.finish, end.tokens) for end in ends] == [(Finish.LENGTH, 60)] * 2


@pytest.mark.parametrize("sampling", [LONG, replace(LONG, emphasis=0.5)])
def test_one_draft_is_stopped_while_the_others_go_on(
    engine: EngineClient, sampling: Sampling
) -> None:
    cancel, ends = CancelToken(), {}
    request = GenerationRequest((QUERY,), tuple(Draft("", seed) for seed in range(3)), sampling)
    for event in engine.generate(request, cancel):
        if isinstance(event, DraftText) and event.draft == 1:
            cancel.stop_draft(1)
        if isinstance(event, DraftFinished):
            ends[event.draft] = event
    assert ends[1].finish is Finish.STOPPED
    assert 0 < ends[1].tokens < 60
    assert ends[0].tokens == ends[2].tokens == 60


@pytest.mark.parametrize("sampling", [LONG, replace(LONG, emphasis=0.5)])
def test_a_cancelled_request_ends_all_its_drafts(
    engine: EngineClient, write: Write, sampling: Sampling
) -> None:
    cancel, ends = CancelToken(), []
    request = GenerationRequest((QUERY,), (Draft("", 1), Draft("", 2)), sampling)
    for event in engine.generate(request, cancel):
        if isinstance(event, DraftText):
            cancel.cancel()
        if isinstance(event, DraftFinished):
            ends.append(event.finish)
    assert ends == [Finish.STOPPED, Finish.STOPPED]
    assert write(engine, QUERY)[1][0].tokens > 0, "the next request is not affected"


def test_a_request_left_half_way_does_not_disturb_the_next(
    engine: EngineClient, write: Write
) -> None:
    request = GenerationRequest((QUERY,), (Draft("", 1), Draft("", 2)), LONG)
    events = engine.generate(request, CancelToken())
    for event in events:
        if isinstance(event, DraftText):
            break
    events.close()
    texts, ends = write(engine, QUERY, guidance=("",))
    assert texts[0]
    assert len(ends) == 1


@pytest.mark.parametrize("count", [0, 5])
def test_more_drafts_than_there_are_sequences_are_refused(engine: EngineClient, count: int) -> None:
    request = GenerationRequest((QUERY,), tuple(Draft("", seed) for seed in range(count)))
    with pytest.raises(UsageProblem, match="ask for 1 to 4"):
        list(engine.generate(request, CancelToken()))


def test_a_small_context_drops_turns_ends_replies_and_refuses_what_cannot_fit(
    embedded_model: Path, write: Write
) -> None:
    small = EngineClient(embedded_model, EngineOptions(context=256, copy_type="none"))
    try:
        turns = tuple(
            Turn(role, f"{number} bottles of beer stand on the wall of the garden house.")
            for number in range(30)
            for role in ("user", "assistant")
        )
        request = GenerationRequest((*turns, QUERY), (Draft("", 0), Draft("", 1)), LONG)
        evaluated = next(iter(small.generate(request, CancelToken())))
        assert isinstance(evaluated, PrefixEvaluated)
        assert 15 < evaluated.dropped_turns < 30
        assert evaluated.tokens < 256

        for emphasis in (0.75, 0.0):
            endless = Sampling(max_tokens=5000, ignore_end=True, emphasis=emphasis)
            _, ends = write(small, QUERY, guidance=("", "", ""), sampling=endless)
            assert {end.finish for end in ends} == {Finish.LENGTH}
            assert 120 < ends[0].tokens < 170, "references make room when there is no more"

        with pytest.raises(ContextTooLong, match="context of 256"):
            write(small, Turn("user", "sea " * 300))
        small.warm((Turn("user", "sea " * 300),), CancelToken())
        assert write(small, QUERY)[0][0], "it goes on after all of this"
    finally:
        small.close()


def test_warming_helps_also_when_turns_have_been_dropped(embedded_model: Path) -> None:
    small = EngineClient(embedded_model, EngineOptions(context=512, copy_type="none"))
    sampling = Sampling(max_tokens=30, ignore_end=True)
    turns = tuple(
        Turn(role, f"{number} bottles of beer stand on the wall of the garden house.")
        for number in range(30)
        for role in ("user", "assistant")
    )

    def evaluate(*turns: Turn) -> PrefixEvaluated:
        event, *_ = small.generate(
            GenerationRequest(turns, (Draft("", 0),), sampling), CancelToken()
        )
        assert isinstance(event, PrefixEvaluated)
        return event

    try:
        first = evaluate(*turns, QUERY)
        assert first.dropped_turns > 0
        read = (*turns, QUERY, Turn("assistant", "It is wide and blue."))
        small.warm(read, CancelToken())
        second = evaluate(*read, Turn("user", "And deep?"))
        assert second.dropped_turns == first.dropped_turns
        assert second.tokens - second.reused < 6
    finally:
        small.close()


def rest_of(engine: EngineClient, begun: str, seed: int, tokens: int) -> str:
    """What follows a reply that was begun."""
    draft = Draft("", seed, begun=begun)
    events = engine.generate(
        GenerationRequest((QUERY,), (draft,), Sampling(max_tokens=tokens)), CancelToken()
    )
    return "".join(event.text for event in events if isinstance(event, DraftText))


def test_a_reply_that_was_cut_off_goes_on_with_the_words_it_would_have_had(
    engine: EngineClient, write: Write
) -> None:
    """Rounding may part the two sooner or later, but with other chances they part at once."""
    alike, other = 0, 0
    for seed in range(4):
        whole = write(engine, QUERY, seeds=(seed,), sampling=Sampling(max_tokens=24))[0][0]
        begun = whole[: len(whole) // 2].rsplit(" ", 1)[0]
        expected = whole[len(begun) :].split()[:2]
        alike += rest_of(engine, begun, seed, 8).split()[:2] == expected
        other += rest_of(engine, begun, seed + 100, 8).split()[:2] == expected
    assert alike >= 3
    assert alike > other


def test_going_on_is_the_same_each_time_and_leaves_only_the_prefix(engine: EngineClient) -> None:
    begun = "The sea is wide, and"
    first = rest_of(engine, begun, 5, 12)
    assert first
    assert rest_of(engine, begun, 5, 12) == first
    request = GenerationRequest((QUERY,), (Draft("", 1),), Sampling(max_tokens=4))
    evaluated = next(iter(list(engine.generate(request, CancelToken()))))
    assert isinstance(evaluated, PrefixEvaluated)
    assert evaluated.reused == evaluated.tokens


def test_a_draft_with_a_grammar_is_not_gone_on_with(engine: EngineClient) -> None:
    draft = Draft("", 1, grammar='root ::= "a"', begun="a")
    with pytest.raises(UsageProblem, match="grammar"):
        list(engine.generate(GenerationRequest((QUERY,), (draft,)), CancelToken()))


def test_the_first_token_is_that_of_the_draft_with_the_least_guidance(
    engine: EngineClient,
) -> None:
    long = "(" + " ".join(f"Speak of wave number {number}." for number in range(30)) + ")"
    drafts = (Draft(long, 1), Draft("(Be brief.)", 2), Draft(long, 3))
    events = list(engine.generate(GenerationRequest((QUERY,), drafts, LONG), CancelToken()))
    texts = [event.draft for event in events if isinstance(event, DraftText)]
    assert texts[0] == 1
    assert set(texts[1:3]) == {0, 2}  # none has a second word before all have a first one
    ends = [event for event in events if isinstance(event, DraftFinished)]
    assert sorted(end.draft for end in ends) == [0, 1, 2]
