"""Grammars that llama.cpp's parser cannot be given are refused, others are left to it."""

from __future__ import annotations

import time

import pytest

from assistant.domain.errors import UsageProblem
from assistant.generation.grammar import MAX_GRAMMAR, MAX_NESTING, check_grammar


@pytest.mark.parametrize(
    "grammar",
    [
        'root ::= "a"',
        'root ::= ("- " item "\\n"){1,5}\nitem ::= [a-z, ]+',
        'root ::= "(((" [)\\]] "\\"" # a comment (',
        'item ::= "a" {2,}\nroot ::= item',
        "root ::= " + "(" * MAX_NESTING + '"a"' + ")" * MAX_NESTING,
    ],
)
def test_sound_grammars_pass(grammar: str) -> None:
    check_grammar(grammar)


@pytest.mark.parametrize(
    ("grammar", "reason"),
    [
        ("", "no rule named root"),
        ('roots ::= "a"', "no rule named root"),
        ('# root ::= "a"', "no rule named root"),
        ('root ::= ("a"', "do not match"),
        ('root ::= "a")', "do not match"),
        ("root ::= " + "(" * 65 + '"a"' + ")" * 65, "nested over 64 deep"),
        ('root ::= "a"{3,1}', "ends before it begins"),
        ('root ::= "a\0b"', "NUL"),
        ('root ::= "' + "a" * MAX_GRAMMAR + '"', "longer than"),
    ],
)
def test_unsound_grammars_are_refused_with_the_reason(grammar: str, reason: str) -> None:
    with pytest.raises(UsageProblem, match=reason):
        check_grammar(grammar)


def test_the_check_is_quick_for_any_text() -> None:
    begun = time.perf_counter()
    for unit in ('"', "[", "{", "(", "a", "\\", '"\\'):
        try:
            check_grammar((unit * MAX_GRAMMAR)[:MAX_GRAMMAR])
        except UsageProblem:
            continue
    assert time.perf_counter() - begun < 2
