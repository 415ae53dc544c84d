"""What the optimising model is asked for, and what of its text becomes a prompt.

The economical form: only the worst prompt of the memory lists its failed cases in full; each later
one names which of those it shares and how many others it adds. Without errors (the ablation) the
model sees prompts and scores alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.personalization.prompt_pool import Case, Entry

FAILURES_SHOWN = 6  # in full; a small model's context is short and each takes some 60 tokens
CASES_SHOWN = 3  # examples of what the user wanted, whoever failed on them
CASE_LENGTH = 240  # characters shown of a question or a reply
SHORTEST, LONGEST = 12, 300  # characters of a prompt
OPENING, CLOSING = "<text>", "</text>"
# what a written prompt may look like: one line of plain sentences, closed by the marker
GRAMMAR = f'root ::= [A-Z] [A-Za-z0-9 ,.;:()%\'-]{{{SHORTEST},{LONGEST - 1}}} "{CLOSING}"\n'


def writing_request(
    task: str, memory: Sequence[Entry], cases: Mapping[int, Case], *, errors: bool = True
) -> str:
    """The whole request for a better prompt. `memory` is in ascending order of score."""
    parts = [task, *_examples(cases)]
    parts.append("Texts tried so far, from the worst to the best (score out of 100):")
    first = memory[0] if memory else None
    for number, entry in enumerate(memory, start=1):
        parts.append(f"Text {number}, score {100 * entry.score:.0f}: {entry.prompt}")
        if errors and first is not None:
            parts.append(_full(entry, cases) if number == 1 else _brief(entry, first))
    wanted = "A new text that differs from all of these and would score higher"
    reason = ", because it corrects the failures above" if errors else ""
    parts.append(f"{wanted}{reason}, in at most two sentences, ending with {CLOSING}:\n{OPENING}")
    return "\n".join(part for part in parts if part)


def clean_prompt(text: str) -> str | None:
    """The prompt in what a model wrote: its first paragraph, unquoted, whole sentences; or None."""
    text = text.split(CLOSING)[0].split(OPENING)[-1].strip()
    text = re.sub(r"^(new )?text( \d+)?[^:]{0,20}:", "", text, flags=re.IGNORECASE)
    text = " ".join(text.strip().split("\n\n")[0].split()).strip("\"'“”*` ")
    if len(text) > LONGEST:
        text = text[:LONGEST]
        ends = [text.rfind(mark) for mark in (". ", "! ", "? ")]
        text = text[: max(ends) + 1] if max(ends) > 0 else text.rsplit(" ", 1)[0]
    return text if len(text) >= SHORTEST else None


def _examples(cases: Mapping[int, Case]) -> list[str]:
    """A few cases that show what a prompt stands in front of."""
    return [
        f"Example: {_short(case.question)} -> the user wants: {_short(case.wanted)}"
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
