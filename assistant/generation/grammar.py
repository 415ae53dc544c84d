"""Grammars (GBNF) that a draft can be held to: what is refused before llama.cpp reads one.

Contract: `check_grammar` raises UsageProblem for texts on which llama.cpp's parser is known to
crash, hang or take much memory (deep nesting, repetitions that count down, NUL) and for the
plainest mistakes. What passes may still be refused by the parser itself, with its reason.
"""

from __future__ import annotations

import re

from assistant.domain.errors import UsageProblem

MAX_GRAMMAR = 16 << 10  # characters
MAX_NESTING = 64  # the parser is recursive; 20,000 brackets overflow its stack

_TOKEN = re.compile(  # each part takes all that it looks at, so that no text takes long
    r'"(?:\\.|[^"\\\n])*+"?'  # a literal
    r"|\[(?:\\.|[^\]\\\n])*+\]?"  # a set of characters
    r"|#[^\n]*+"  # a comment
    r"|\{\s*+(?P<least>[0-9]*+)\s*+(?P<range>,?)\s*+(?P<most>[0-9]*+)\s*+\}?"
    r"|(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?P<defined>\s*+::=)?"
    r"|.",
    re.DOTALL,
)


def check_grammar(text: str) -> None:
    """Raise UsageProblem, with the reason, if llama.cpp had better not see this grammar."""
    if len(text) > MAX_GRAMMAR:
        raise unusable(f"it is longer than {MAX_GRAMMAR} characters")
    if "\0" in text:
        raise unusable("it contains a NUL")
    depth, names = 0, set()
    for token in _TOKEN.finditer(text):
        if token[0] in "()":
            depth += 1 if token[0] == "(" else -1
        if not 0 <= depth <= MAX_NESTING:
            raise unusable(f"its brackets do not match or are nested over {MAX_NESTING} deep")
        if token["range"] and token["most"] and int(token["most"]) < int(token["least"] or 0):
            raise unusable(f"the repetition {token[0]} ends before it begins")
        if token["defined"]:
            names.add(token["name"])
    if depth:
        raise unusable("its brackets do not match")
    if "root" not in names:
        raise unusable("it has no rule named root")


def unusable(reason: str) -> UsageProblem:
    """The error for a grammar that cannot be used."""
    return UsageProblem(f"The grammar of a reply cannot be used ({reason}); correct it.")
