"""The scripted backend says what it was told and honours everything a real one does."""

from __future__ import annotations

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ContextTooLong, ModelProblem
from assistant.domain.model import Finish
from assistant.generation.backend import (
    Draft,
    DraftFinished,
    DraftText,
    EngineRestarted,
    GenerationEvent,
    GenerationRequest,
    PrefixEvaluated,
    Sampling,
    Turn,
)
from assistant.generation.scripted import ScriptedBackend

QUERY = (Turn("user", "How are you?"),)


def request(*guidance: str, most: int = 384) -> GenerationRequest:
    drafts = tuple(Draft(text, seed) for seed, text in enumerate(guidance))
    return GenerationRequest(QUERY, drafts, Sampling(max_tokens=most))


def texts_of(events: list[GenerationEvent]) -> dict[int, str]:
    texts: dict[int, str] = {}
    for event in events:
        if isinstance(event, DraftText):
            texts[event.draft] = texts.get(event.draft, "") + event.text
    return texts


def ends_of(events: list[GenerationEvent]) -> dict[int, Finish]:
    return {event.draft: event.finish for event in events if isinstance(event, DraftFinished)}


def test_scripted_replies_come_word_by_word_and_in_turn() -> None:
    backend = ScriptedBackend(["One two.", "Three *four* five."])
    events = list(backend.generate(request("", ""), CancelToken()))
    assert isinstance(events[0], PrefixEvaluated)
    assert texts_of(events) == {0: "One two.", 1: "Three *four* five."}
    assert ends_of(events) == {0: Finish.STOP, 1: Finish.STOP}
    assert texts_of(list(backend.generate(request(""), CancelToken()))) == {0: "One two."}


def test_without_a_script_the_guidance_is_mentioned() -> None:
    events = list(ScriptedBackend().generate(request("", "be brief"), CancelToken()))
    assert "be brief" not in texts_of(events)[0]
    assert "**Guidance:** be brief" in texts_of(events)[1]


def test_replies_end_at_the_token_limit() -> None:
    events = list(ScriptedBackend(["a b c d"]).generate(request("", most=2), CancelToken()))
    assert texts_of(events) == {0: "a b"}
    assert events[-1] == DraftFinished(0, Finish.LENGTH, 2)


def test_one_draft_is_stopped_and_the_others_go_on() -> None:
    cancel, events = CancelToken(), []
    for event in ScriptedBackend(["a b c", "d e f"]).generate(request("", ""), cancel):
        events.append(event)
        cancel.stop_draft(0)
    assert ends_of(events) == {0: Finish.STOPPED, 1: Finish.STOP}


def test_a_cancelled_request_ends_every_draft_once() -> None:
    cancel = CancelToken()
    cancel.cancel()
    events = list(ScriptedBackend().generate(request("", ""), cancel))
    assert ends_of(events) == {0: Finish.STOPPED, 1: Finish.STOPPED}


def test_it_dies_and_restarts_once_when_told() -> None:
    backend = ScriptedBackend(["a b c"], die_after=1)
    events = list(backend.generate(request(""), CancelToken()))
    assert ends_of(events) == {0: Finish.INTERRUPTED}
    assert isinstance(events[-1], EngineRestarted)
    assert ends_of(list(backend.generate(request(""), CancelToken()))) == {0: Finish.STOP}


def test_a_failure_is_raised_by_every_method() -> None:
    backend = ScriptedBackend(failure=ModelProblem("The model is missing; fetch it."))
    for call in (
        backend.info,
        lambda: list(backend.generate(request(""), CancelToken())),
        lambda: backend.warm(QUERY, CancelToken()),
        lambda: backend.count_tokens(QUERY),
    ):
        with pytest.raises(ModelProblem):
            call()


def test_warm_turns_are_reused_and_too_long_ones_refused() -> None:
    backend = ScriptedBackend(["a"], context=10)
    backend.warm(QUERY, CancelToken())
    evaluated = next(iter(backend.generate(request(""), CancelToken())))
    assert evaluated == PrefixEvaluated(5, 5, 0, 0.0)
    long = GenerationRequest((Turn("user", "x " * 20),), (Draft("", 0),))
    with pytest.raises(ContextTooLong):
        list(backend.generate(long, CancelToken()))


def test_delays_are_slept_between_pieces() -> None:
    slept: list[float] = []
    backend = ScriptedBackend(["a b"], delay=0.5, sleep=slept.append)
    list(backend.generate(request(""), CancelToken()))
    assert slept == [0.5, 0.5]


def test_a_draft_that_was_begun_gets_the_rest() -> None:
    backend = ScriptedBackend(["other", "one two three"])
    asked = GenerationRequest(QUERY, (Draft("", 0, begun="one two"),))
    events = list(backend.generate(asked, CancelToken()))
    assert "".join(e.text for e in events if isinstance(e, DraftText)) == " three"
