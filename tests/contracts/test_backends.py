"""What every backend must do, the scripted one and the engine with the embedded model alike."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, ContextTooLong, ModelProblem, UsageProblem
from assistant.generation.backend import (
    AGENT_CONTEXT,
    Backend,
    Draft,
    DraftFinished,
    EngineOptions,
    GenerationRequest,
    PrefixEvaluated,
    Sampling,
    Turn,
)
from assistant.generation.engine import EngineClient
from assistant.generation.scripted import ScriptedBackend

SYSTEM = Turn("system", "You judge what people say about plants and water.")
QUESTIONS = tuple(
    (Turn("user", f"{text} Is it about A water or B plants?"),)
    for text in ("The bucket is full.", "The leaves are green and grow fast.", "Rain fell.")
)
LETTERS = ("A", "B")


@pytest.fixture(scope="module", params=["scripted", "engine"])
def backend(request, tmp_path_factory) -> Iterator[Backend]:
    if request.param == "scripted":
        yield ScriptedBackend()
        return
    model: Path = request.getfixturevalue("embedded_model")
    cache = tmp_path_factory.mktemp("cache")  # in 16 bits: with 4, activations are rounded as well
    client = EngineClient(model, EngineOptions(context=512, cache=cache, copy_type="F16"))
    yield client
    client.close()


def taken_back() -> CancelToken:
    cancel = CancelToken()
    cancel.cancel()
    return cancel


def write(backend: Backend, *drafts: Draft, turns=QUESTIONS[0], agent=False) -> list[object]:
    request = GenerationRequest(turns, drafts, Sampling(max_tokens=4), agent)
    return list(backend.generate(request, CancelToken()))


def test_a_score_is_a_negative_number_for_each_continuation(backend):
    scores = backend.score((SYSTEM, *QUESTIONS[0]), ("A", "B", "", "It is water."), CancelToken())
    assert len(scores) == 4
    assert scores[2] == 0
    assert all(math.isfinite(score) and score < 0 for score in (*scores[:2], scores[3]))


def test_cases_score_as_they_do_one_by_one(backend):
    together = backend.score_cases((SYSTEM,), QUESTIONS, (LETTERS,) * 3, CancelToken())
    alone = [backend.score((SYSTEM, *case), LETTERS, CancelToken()) for case in QUESTIONS]
    assert [len(row) for row in together] == [2, 2, 2]
    for row, other in zip(together, alone, strict=True):
        assert row == pytest.approx(other, abs=0.02)


def test_no_cases_have_no_scores(backend):
    assert backend.score_cases((SYSTEM,), (), (), CancelToken()) == ()


def test_scoring_that_was_taken_back_raises_cancelled(backend):
    with pytest.raises(Cancelled):
        backend.score((SYSTEM, Turn("user", "a " * 300)), LETTERS, taken_back())


def test_what_cannot_be_scored_is_refused(backend):
    with pytest.raises(UsageProblem):
        backend.score((), LETTERS, CancelToken())
    with pytest.raises(UsageProblem):
        backend.score_cases((SYSTEM,), QUESTIONS, (LETTERS,), CancelToken())
    with pytest.raises(ContextTooLong):
        backend.score((Turn("user", "word " * 4000),), LETTERS, CancelToken())


def test_scoring_and_the_agent_leave_the_warm_conversation_alone(backend):
    backend.warm(QUESTIONS[0], CancelToken())
    backend.score((SYSTEM, *QUESTIONS[1]), LETTERS, CancelToken())
    write(backend, Draft("", 1), turns=QUESTIONS[2], agent=True)
    first = next(event for event in write(backend, Draft("", 1)))
    assert isinstance(first, PrefixEvaluated)
    assert first.reused > 0.7 * first.tokens


def test_what_is_read_ahead_may_change_before_it_is_asked(backend):
    begun = (*QUESTIONS[0][:-1], Turn("user", "What is"))
    for turns in (begun, QUESTIONS[0]):
        backend.warm(turns, CancelToken(), ("(Be brief.)", ""))
    for guidance in ("(Be brief.)", "(Be kind.)"):
        events = write(backend, Draft(guidance, 1), Draft("", 2), turns=QUESTIONS[0])
        assert isinstance(events[0], PrefixEvaluated)
        assert events[0].reused > 0.7 * events[0].tokens
        assert sum(isinstance(event, DraftFinished) for event in events) == 2


@pytest.mark.parametrize(
    "grammar",
    [
        "",
        'other ::= "a"',
        'root ::= ("a"',
        'root ::= "a")',
        'root ::= "a"{5,2}',
        "root ::= " + "(" * 20_000 + '"a"' + ")" * 20_000,
        'root ::= "' + "a" * 20_000 + '"',
        'root ::= "a\0"',
    ],
)
def test_an_unusable_grammar_is_one_sentence_before_anything_is_written(backend, grammar):
    with pytest.raises(UsageProblem, match=r"^The grammar of a reply cannot be used \(.*\); "):
        write(backend, Draft("", 1), Draft("", 2, grammar=grammar))
    assert write(backend, Draft("", 1)), "it writes on"


def test_a_missing_adapter_is_refused_and_none_is_always_possible(backend, tmp_path):
    with pytest.raises(ModelProblem, match="missing"):
        backend.load_adapter(tmp_path / "none.gguf")
    backend.load_adapter(None)
    events = write(backend, Draft("", 1), agent=True)
    assert isinstance(events[-1], DraftFinished)


def test_the_agent_has_a_smaller_context(backend):
    too_long = (Turn("user", "word " * (AGENT_CONTEXT + 10)),)
    with pytest.raises(ContextTooLong):
        write(backend, Draft("", 1), turns=too_long, agent=True)


def test_each_token_has_one_that_is_likeliest_after_it(backend):
    tokens = backend.tokenise("The rain falls on the plain")
    assert len(backend.top_tokens(tokens)) == len(tokens) > 3
    assert backend.top_tokens(tokens) == backend.top_tokens(tokens, agent=True)
    assert backend.top_tokens(()) == backend.tokenise("") == ()
    with pytest.raises(UsageProblem):
        backend.top_tokens((-1,))
    with pytest.raises(ContextTooLong):
        backend.top_tokens(tokens * AGENT_CONTEXT)
