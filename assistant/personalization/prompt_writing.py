"""What the optimising model is asked for, and what of its text becomes a prompt.

The economical form: only the worst prompt of the memory lists its failed cases in full; each later
one names which of those it shares and how many others it adds. Without errors (the ablation) the
model sees prompts and scores alone. A grammar holds the model to one or two sentences that begin
as asked: small models otherwise write about the task instead of doing it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.personalization.prompt_pool import Case, Entry

FAILURES_SHOWN = 4  # in full; a small model's context is short and each takes some 60 tokens
CASES_SHOWN = 2  # examples of what the user wanted, whoever failed on them
CASE_LENGTH = 200  # characters shown of a question or a reply
SHORTEST, LONGEST = 12, 300  # characters of a prompt
WORDS = (4, 28)  # that the grammar lets follow the opening


@dataclass(frozen=True, slots=True)
class Task:
    """What a prompt is for, and the words that each new one begins with."""

    purpose: str
    opening: str


def writing_request(
    task: Task, memory: Sequence[Entry], cases: Mapping[int, Case], *, errors: bool = True
) -> str:
    """The whole request for a better prompt. `memory` is in ascending order of score."""
    parts = [task.purpose, *_examples(cases)]
    parts.append("Texts tried so far, from the worst to the best (score out of 100):")
    first = memory[0] if memory else None
    for number, entry in enumerate(memory, start=1):
        parts.append(f"Text {number}, score {100 * entry.score:.0f}: {entry.prompt}")
        if errors and first is not None:
            parts.append(_full(entry, cases) if number == 1 else _brief(entry, first))
    reason = "It should correct these failures and" if errors else "It should"
    parts.append(
        f"Write one new text that differs from all of these. {reason} score higher. "
        f"Begin with “{task.opening}” and write nothing but the text."
    )
    return "\n".join(part for part in parts if part)


def prompt_grammar(task: Task) -> str:
    """A grammar (GBNF) of prompts: the opening, some plain words, a full stop."""
    least, most = WORDS
    opening = task.opening.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'root ::= "{opening}" (" " word){{{least},{most}}} "."\n'
        'word ::= [A-Za-z] [a-z]* ("-" [a-z]+)? ","?\n'
    )


def clean_prompt(text: str) -> str | None:
    """The prompt in what a model wrote: its first paragraph, unquoted, whole sentences; or None."""
    text = " ".join(text.strip().split("\n\n")[0].split()).strip("\"'“”*` ")
    if len(text) > LONGEST:
        text = text[:LONGEST]
        ends = [text.rfind(mark) for mark in (". ", "! ", "? ")]
        text = text[: max(ends) + 1] if max(ends) > 0 else text.rsplit(" ", 1)[0]
    return text if len(text) >= SHORTEST else None


def _examples(cases: Mapping[int, Case]) -> list[str]:
    """A few cases that show what a prompt stands in front of."""
    return [
        f"Example: {_short(case.question)} The user wants: {_short(case.wanted)}"
        for case in list(cases.values())[:CASES_SHOWN]
    ]


def _full(entry: Entry, cases: Mapping[int, Case]) -> str:
    """The failed cases of the worst prompt: number, question, what was wanted, what came."""
    lines = [
        f"- case {case}: {_short(cases[case].question)} The user wants: "
        f"{_short(cases[case].wanted)} The model said: {_short(entry.outcomes[case].said)}"
        for case in entry.misaligned[:FAILURES_SHOWN]
        if case in cases
    ]
    return "\n".join(["It failed here:", *lines]) if lines else ""


def _brief(entry: Entry, first: Entry) -> str:
    """The failures of a later prompt by number where text 1 shows them, by count otherwise."""
    known = first.misaligned[:FAILURES_SHOWN]
    shared = [str(case) for case in entry.misaligned if case in known]
    others = len(entry.misaligned) - len(shared)
    parts = [f"case {', '.join(shared)} as well"] if shared else []
    if others:
        parts.append(f"{others} more that are not shown")
    return f"It failed in {' and in '.join(parts)}." if parts else "It failed nowhere."


def _short(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= CASE_LENGTH else line[: CASE_LENGTH - 1].rstrip() + "…"
