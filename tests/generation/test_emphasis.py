"""Emphasis is classifier-free guidance: what a query changes in the logits, enlarged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.domain.cancel import CancelToken
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
from assistant.generation.emphasis import emphasise
from assistant.generation.engine import EngineClient
from assistant.generation.gguf import read_header
from assistant.generation.llama import Weights
from assistant.generation.llama_context import Context, Item, Shape
from assistant.generation.prompt import Segment, asked_nothing, cells_for
from assistant.generation.repeats import Repeats
from assistant.generation.templates import choose_template
from assistant.generation.writing import Writer
from tests.generation.conftest import Write
from tests.generation.decoded import decoded_in
from tests.generation.never import Never

QUERY = Turn("user", "How do I repair a leaking tap?")
WORDS, EMPHASIS = 10, 0.8
TALK = (Turn("user", "I live in Oslo."), Turn("assistant", "A fine town by the sea."))


def test_what_sets_the_logits_apart_is_enlarged_in_place() -> None:
    logits = np.array([1.0, 2.0, 0.0], np.float32)
    emphasise(logits, np.array([1.0, 1.0, 1.0], np.float32), 0.5)
    assert logits.tolist() == [1.0, 2.5, -0.5]


@pytest.mark.parametrize("talk", [(), TALK])
def test_tokens_are_drawn_by_the_formula(
    embedded_model: Path, write: Write, talk: tuple[Turn, ...]
) -> None:
    """The engine's greedy words are those of two contexts evaluated from the beginning."""
    engine = EngineClient(embedded_model, EngineOptions(copy_type="none"))
    sampling = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=WORDS, emphasis=EMPHASIS)
    try:
        cold, _ = write(engine, *talk, QUERY, sampling=sampling)
        if talk:
            engine.warm(talk, CancelToken())
        warm, _ = write(engine, *talk, QUERY, guidance=("", ""), sampling=sampling)
    finally:
        engine.close()
    assert (
        cold[0].strip()
        == warm[0].strip()
        == warm[1].strip()
        == by_hand(embedded_model, (*talk, QUERY))
    )


def by_hand(path: Path, turns: tuple[Turn, ...]) -> str:
    """The words that are likeliest by the formula, with nothing shared and nothing kept."""
    template, weights = choose_template(read_header(path).template), Weights(path)
    shape = Shape(1024, 2, 2, 512, 128, 2)
    context = Context(weights, shape, lambda: False)
    sides = (
        weights.tokenise(template.render(turns, True), True),
        asked_nothing(template, turns, weights.tokenise),
    )
    written: list[int] = []
    for _ in range(WORDS):
        found = []
        for prompt in sides:
            context.drop(0)
            whole = [*prompt, *written]
            context.decode(Item(t, at, 0, at == len(whole) - 1) for at, t in enumerate(whole))
            found.append(context.logits(len(whole) - 1).copy())
        token = int(np.argmax(found[0] + EMPHASIS * (found[0] - found[1])))
        if weights.ends_reply(token):
            break
        written.append(token)
    text = b"".join(map(weights.piece, written)).decode().strip()
    context.close()
    weights.close()
    return text


def test_a_draft_with_a_grammar_has_no_reference(engine: EngineClient) -> None:
    drafts = (Draft("", 1, grammar='root ::= "yes" | "no"'), Draft("", 2))
    request = GenerationRequest((QUERY,), drafts, Sampling(max_tokens=12, emphasis=0.75))
    texts = ["", ""]
    for event in engine.generate(request, CancelToken()):
        if isinstance(event, DraftText):
            texts[event.draft] += event.text
    assert texts[0] in ("yes", "no")
    assert len(texts[1].split()) > 3


def test_a_reply_that_was_cut_off_goes_on_with_its_reference(engine: EngineClient) -> None:
    sampling = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=24, emphasis=0.75)

    def written(begun: str) -> str:
        request = GenerationRequest((QUERY,), (Draft("", 1, begun=begun),), sampling)
        events = engine.generate(request, CancelToken())
        return begun + "".join(e.text for e in events if isinstance(e, DraftText))

    whole = written("")
    begun = whole[: len(whole) // 2].rsplit(" ", 1)[0]
    assert written(begun)[: len(whole)] == whole


def test_a_reply_does_not_recite_its_guidance(embedded_model: Path) -> None:
    """Words of it may come, and names, but not three in a row."""
    weights = Weights(embedded_model)
    remark = "(Bring in vegetarian cooking. Use at most 3 steps. Call me Anna Maria.)"
    repeats = Repeats(f"They like what you would say.\n\n{remark}", weights)

    def banned(written: str) -> set[str]:
        tokens = weights.tokenise((Segment(written, False),), False)
        logits = np.zeros(weights.vocabulary, np.float32)
        repeats.ban(logits, tokens)
        return {weights.piece(int(token)).decode() for token in np.flatnonzero(np.isinf(logits))}

    try:
        for recital in ("(Bring in", "Bring in", "So: Bring in", "and we bring in"):
            assert banned(recital) == {" vegetarian"}, recital
        assert banned("I bring in vegetarian") == {" cooking"}
        assert banned("Some vegetarian") == set(), "a word of it, but the first"
        assert banned("Use at") == {" most"}, "a sentence of its own"
        assert banned("and at most ") == {"3"}, "no other number"
        assert banned("Yes, Maria Anna") == set(), "names are written with capitals"
        assert banned("what you") == set(), "only instructions are recited"
    finally:
        weights.close()


def test_what_was_warmed_is_not_evaluated_again(
    embedded_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the query, read while its tags are chosen, nor what references begin with."""
    template, weights = (
        choose_template(read_header(embedded_model).template),
        Weights(embedded_model),
    )
    context = Context(weights, Shape(1024, 5, 5, 512, 128, 2), lambda: False)
    writer = Writer(context, template, 512)
    sampling = Sampling(max_tokens=4, ignore_end=True, emphasis=0.5)
    request = GenerationRequest((*TALK, QUERY), (Draft("", 0),), sampling)
    list(writer.write(request, Never()))  # which emphasis is wanted is known from here on
    writer.warm((Turn("user", "Something else."),))
    writer.warm(TALK)
    sizes = decoded_in(context, monkeypatch)
    writer.warm((*TALK, QUERY))
    read, sizes[:] = sum(sizes), []
    events = writer.write(request, Never())
    (evaluated,) = next(events)
    assert isinstance(evaluated, PrefixEvaluated)
    assert evaluated.reused == evaluated.tokens
    assert not sizes
    assert read == len(weights.tokenise((Segment(QUERY.text, False),), False))
    events.close()
    context.close()
    weights.close()


@pytest.fixture
def small(embedded_model: Path) -> Iterator[EngineClient]:
    engine = EngineClient(embedded_model, EngineOptions(context=640, copy_type="none"))
    yield engine
    engine.close()


def test_one_long_conversation_after_another_has_room(small: EngineClient, write: Write) -> None:
    """What the references of the last one began with is given back first, with and without."""
    sampling = Sampling(max_tokens=40, ignore_end=True, emphasis=0.75)
    for name in ("beer", "wine", "milk"):
        long = Turn("user", f"A bottle of {name} stands on the wall. " * 52)
        small.warm((long,), CancelToken())
        _, ends = write(small, long, sampling=sampling)
        assert ends[0].tokens == 40
    _, ends = write(small, QUERY, sampling=Sampling(max_tokens=600, ignore_end=True))
    assert ends[0].tokens == 600


def test_a_long_reply_goes_on_though_there_is_no_room_for_its_reference(
    small: EngineClient,
) -> None:
    begun = "The tap drips because its washer is worn. " * 50
    sampling = Sampling(max_tokens=60, ignore_end=True, emphasis=0.75)
    request = GenerationRequest((QUERY,), (Draft("", 1, begun=begun),), sampling)
    (end,) = [e for e in small.generate(request, CancelToken()) if isinstance(e, DraftFinished)]
    assert end.tokens == 60


def test_references_have_to_do_with_less_where_more_cells_change_positions() -> None:
    assert cells_for(4096, 0) == cells_for(4096, 2048) == 4096 + 2048 + 64
    assert cells_for(4096, 4096) == 4096
    assert cells_for(4096, 5000) == 5000
    assert cells_for(2048, 8192) == 2048 + 1024 + 64
