"""A draft with a grammar writes what the grammar derives, beside drafts that write freely."""

from __future__ import annotations

import re

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.domain.model import Finish
from assistant.generation.backend import (
    Draft,
    DraftFinished,
    DraftText,
    GenerationRequest,
    Sampling,
    Turn,
)
from assistant.generation.engine import EngineClient

QUERY = (Turn("user", "How do I relax after work?"),)
LIST = 'root ::= ("- " [a-zA-Z ,]{5,30} "\\n"){3}'


def run(engine: EngineClient, *grammars: str | None, **sampling: object) -> list[tuple[str, str]]:
    drafts = tuple(Draft("", seed, grammar) for seed, grammar in enumerate(grammars))
    request = GenerationRequest(QUERY, drafts, Sampling(**sampling))  # type: ignore[arg-type]
    texts, ends = [""] * len(drafts), [""] * len(drafts)
    for event in engine.generate(request, CancelToken()):
        if isinstance(event, DraftText):
            texts[event.draft] += event.text
        elif isinstance(event, DraftFinished):
            ends[event.draft] = event.finish
    return list(zip(texts, ends, strict=True))


def test_a_draft_with_a_grammar_is_derived_from_it_and_a_free_one_is_not(
    engine: EngineClient,
) -> None:
    held, free = run(engine, LIST, None, max_tokens=60)
    assert re.fullmatch(r"(- [a-zA-Z ,]{5,30}\n?){3}", held[0])
    assert held[1] == Finish.STOP
    assert not free[0].startswith("- ")


def test_equal_seeds_give_equal_texts_with_a_grammar(engine: EngineClient) -> None:
    assert run(engine, LIST, max_tokens=40) == run(engine, LIST, max_tokens=40)


@pytest.mark.parametrize("temperature", [0.0, 1.5])
def test_an_end_that_the_grammar_demands_comes_even_if_ends_are_ignored(
    engine: EngineClient, temperature: float
) -> None:
    sampling = {"temperature": temperature, "max_tokens": 20, "ignore_end": True}
    assert run(engine, 'root ::= "yes" | "no"', **sampling)[0] in [
        ("yes", Finish.STOP),
        ("no", Finish.STOP),
    ]


def test_a_grammar_cut_off_by_the_token_limit_ends_as_such(engine: EngineClient) -> None:
    text, finish = run(engine, "root ::= [a-z ]{100,200}", max_tokens=5)[0]
    assert finish == Finish.LENGTH
    assert re.fullmatch("[a-z ]+", text)


@pytest.mark.parametrize(
    ("grammar", "reason"),
    [
        ("root ::= item", "Undefined rule identifier"),
        ('root ::= root "a"', "refers to itself"),
        ('root ::= "a"{1000000}', "repetitions"),
        ('root ::= "\\x"', "hex"),
    ],
)
def test_what_only_the_parser_refuses_is_one_sentence_too(
    engine: EngineClient, capfd: pytest.CaptureFixture[str], grammar: str, reason: str
) -> None:
    engine.info()
    pid = engine.pid
    with pytest.raises(UsageProblem, match=reason):
        run(engine, grammar)
    assert engine.pid == pid, "its process lives on"
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "grammar", ['root ::= (("a"*)*)*', 'root ::= ""', "root ::= [^\\x00-\\U0010FFFF]", "root ::= "]
)
def test_odd_grammars_end_the_reply_and_not_the_process(engine: EngineClient, grammar: str) -> None:
    engine.info()
    pid = engine.pid
    assert run(engine, grammar, max_tokens=8)[0][1] in (Finish.STOP, Finish.LENGTH)
    assert engine.pid == pid
