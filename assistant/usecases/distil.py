"""Distil: the chat model, where it is able, says what sets the best reply apart from the worst."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem, UserError
from assistant.domain.model import Round
from assistant.domain.preferences import preferences_of
from assistant.generation.backend import Draft, DraftText, GenerationRequest, Sampling, Turn
from assistant.generation.gguf import read_header
from assistant.personalization.rule_task import MEANING, KnownRule
from assistant.usecases.services import Services

ABLE = 1_000_000_000  # parameters from which a chat model's own rules are worth reading (estimate)
READ = 6  # rankings read in one run, the newest
RULE_LENGTH = 160  # characters
EXCERPT = 1200  # characters of a reply that the model is shown
GRAMMAR = r"""root ::= item item? item? item?
item ::= "- " [A-Z] [^\n]{10,140} "\n"
"""
ASKED = (
    "You write rules for a writer. Compare the two texts and say how to write like the first: "
    "one to four short rules, each of which can be followed by somebody who has seen neither "
    "text. Speak of length, tone, structure and wording, never of the subject."
)


def distil_rules(
    services: Services, rounds: Sequence[Round], cancel: CancelToken
) -> tuple[KnownRule, ...]:
    """Rules in the model's words from the newest rankings; none from a small model."""
    model = services.backend.info()
    if not (rounds and model.on_this_machine) or read_header(model.path).parameters < ABLE:
        return ()
    found: dict[str, None] = {}
    for round_ in rounds[-READ:]:
        for line in _differences(services, round_, cancel).splitlines():
            try:
                found[clean_rule(line.removeprefix("- "))] = None
            except UsageProblem:
                continue  # a line that is no rule
    return tuple(KnownRule(text, MEANING, "distilled") for text in found)


def clean_rule(text: str) -> str:
    """A rule as it may be stored: one line of plain text, not too long; else UsageProblem."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))
    line = re.sub(r"\s+", " ", kept).strip().rstrip(".;")
    if not line:
        raise UsageProblem("The rule is empty; write what the replies should be like.")
    if len(line) > RULE_LENGTH:
        raise UsageProblem(f"The rule has {len(line)} characters; say it in at most {RULE_LENGTH}.")
    return line


def _differences(services: Services, round_: Round, cancel: CancelToken) -> str:
    """The model's list for one ranking; "" if the ranking has no best and worst reply."""
    pairs = preferences_of(round_.ranking.order) if round_.ranking else ()
    if not pairs:
        return ""
    best, worst = (
        round_.candidate(letter).text[:EXCERPT] for letter in (pairs[0][0], pairs[-1][1])
    )
    query = f"Query: {round_.text[:EXCERPT]}\n\nFirst text:\n{best}\n\nSecond text:\n{worst}"
    request = GenerationRequest(
        (Turn("system", ASKED), Turn("user", query)),
        (Draft("", 0, GRAMMAR),),
        Sampling(temperature=0.3, max_tokens=200),
    )
    try:
        events = services.backend.generate(request, cancel)
        return "".join(event.text for event in events if isinstance(event, DraftText))
    except UserError:
        return ""  # too long for the context: other rankings are read
