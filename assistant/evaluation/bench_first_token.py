"""What each part of guidance costs until the first token of a warm turn, in the same run.

Contract: the conversation is evaluated up to the chosen reply, then the next query comes with three
drafts; seconds to the first text of any draft, the parts taking turns, medians over `runs`. A part
is put where the program puts it: tags into every draft, or, as long as nothing is known to be
liked, into all but the first; rules into the exploiting and one other
draft, exemplars and a prompt of the pool into the exploiting draft, excerpts of documents before
the query; emphasis draws all drafts beside their references. Each row stands for the parts named
before it in PARTS that are on by default, and its own: `later` compares with the row it is put on
top of.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from assistant.domain.cancel import CancelToken
from assistant.evaluation.bench_conversation import EXCHANGES, GUIDANCE, read_turns, warm_turns
from assistant.generation.backend import (
    Backend,
    Draft,
    DraftText,
    GenerationRequest,
    Sampling,
    Turn,
)
from assistant.generation.prompt import excerpts_text, exemplars_text, guidance_text
from assistant.settings import EMPHASIS

TOKENS = 4  # of each reply: enough to see the first one come
RULES = (
    "keep it short: a few sentences at most",
    "give a concrete example",
    "ask the reader a question",
)
PROMPT = "The reader likes replies that come to the point, name what to do first and say why."
EXEMPLARS = exemplars_text(
    [("When do I water?", EXCHANGES[0][1][:260]), ("Which soil?", EXCHANGES[1][1][:260])]
)  # about as long as the program lets them be
DOCUMENTS = excerpts_text(
    [(f"Balcony handbook, p. {i}", reply) for i, (_, reply) in enumerate(EXCHANGES[:3], 1)]
)  # about 500 tokens; the setting allows 600


@dataclass(frozen=True, slots=True)
class Part:
    """Guidance of each draft, what stands before the query, and the part it is put on top of."""

    guidance: tuple[str, str, str]
    before: str = ""
    base: str = "tags"
    emphasis: float = 0.0


def _with_exploit(text: str) -> tuple[str, str, str]:
    """The tags, with more for the exploiting draft."""
    return (f"{text}\n\n{GUIDANCE[0]}", GUIDANCE[1], GUIDANCE[2])


def _ruled(tags: str) -> str:
    """Tags and rules in one pair of brackets."""
    return f"{tags[:-1]} {guidance_text(RULES)[1:]}"


PARTS: Mapping[str, Part] = {
    "nothing": Part(("", "", ""), base="nothing"),
    "first tags": Part(("", GUIDANCE[1], GUIDANCE[2]), base="nothing"),
    "tags": Part(GUIDANCE, base="nothing"),
    "rules": Part((_ruled(GUIDANCE[0]), _ruled(GUIDANCE[1]), GUIDANCE[2])),
    "exemplars": Part(_with_exploit(EXEMPLARS)),
    "prompt pool": Part(_with_exploit(PROMPT)),
    "documents": Part(GUIDANCE, before=DOCUMENTS),
    "emphasis": Part(GUIDANCE, emphasis=EMPHASIS.default),
}


def first_tokens(backend: Backend, runs: int) -> dict[str, dict[str, object]]:
    """For each part: seconds to the first token, and how much later that is, as a share."""
    times: dict[str, list[float]] = {name: [] for name in PARTS}
    for number in range(runs + 1):  # the first round only wakes everything up
        for name, part in PARTS.items():
            seconds = _first(backend, part, number)
            if number:
                times[name].append(seconds)
    return compared(times, {name: part.base for name, part in PARTS.items()})


def compared(
    times: Mapping[str, list[float]], bases: Mapping[str, str]
) -> dict[str, dict[str, object]]:
    """The median of each row, and how much later it is than that of its base, as a share."""
    found = {name: median(values) for name, values in times.items()}
    return {
        name: {
            "warm_s": found[name],
            "on_top_of": base,
            "later": found[name] / found[base] - 1,
            "seconds": times[name],
        }
        for name, base in bases.items()
    }


def _first(backend: Backend, part: Part, seed: int) -> float:
    """Seconds to the first text of one warm turn, after a turn written in the same way."""
    *said, query = warm_turns()
    asked = Turn("user", f"{part.before}\n\n{query.text}" if part.before else query.text)
    drafts = tuple(Draft(text, 3 * seed + i) for i, text in enumerate(part.guidance))
    sampling = Sampling(max_tokens=TOKENS, ignore_end=True, emphasis=part.emphasis)
    request = GenerationRequest((*said, asked), drafts, sampling)
    for _ in ("the turn before", "the one measured"):
        backend.warm(read_turns(), CancelToken())
        begun, first = time.perf_counter(), 0.0
        for event in backend.generate(request, CancelToken()):
            if isinstance(event, DraftText) and not first:
                first = time.perf_counter() - begun
    return first
