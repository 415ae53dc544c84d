"""The prompt pool in a profile file: out with what each prompt did, in to be reviewed.

A prompt's outcomes are of queries, which stay where they were made; in a file each is named by its
profile and number, so that it is the same outcome wherever it comes to, and back where it is from.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.storage.archive import visible
from assistant.storage.prompts import OutcomeElsewhere, StoredPrompt
from assistant.usecases.profile_checks import checked_moment

MOST = 200  # prompts; a pool has 5
MOST_OUTCOMES = 10_000  # of one prompt
LONGEST, LONGEST_SAID, LONGEST_NAME = 400, 1000, 100  # characters


@dataclass(frozen=True, slots=True)
class PromptDifference:
    """How a file's prompts differ from those here."""

    new: tuple[str, ...] = ()  # banned until the user allows them
    updated: tuple[str, ...] = ()  # came with this profile before, and were tried more since
    changed: tuple[str, ...] = ()  # here with other outcomes, and left as they are
    known: int = 0  # here just like that


def prompts_json(prompts: Iterable[StoredPrompt], profile: str, *, texts: bool) -> list[Any]:
    """Prompts as they leave; what the model said under them only if texts are asked for."""
    return [_prompt_json(prompt, profile, texts=texts) for prompt in prompts]


def checked_prompts(entries: Sequence[Mapping[str, Any]]) -> tuple[StoredPrompt, ...]:
    """A file's prompts, all bounded; ValueError, KeyError or TypeError for what cannot be taken."""
    if len(entries) > MOST:
        raise ValueError("it holds more prompts than any pool")
    found = tuple(_checked(entry) for entry in entries)
    if len({prompt.text for prompt in found}) != len(found):
        raise ValueError("it holds a prompt twice")
    return found


def prompt_difference(
    here: Iterable[StoredPrompt], prompts: Sequence[StoredPrompt], profile: str, origin: str
) -> PromptDifference:
    """What importing prompts would change; `profile` is this user's own, `origin` the import's."""
    known = {visible(prompt.text): prompt for prompt in here}
    shared = [(prompt, known[prompt.text]) for prompt in prompts if prompt.text in known]
    other = [
        (prompt.text, one.origin)
        for prompt, one in shared
        if not _values(prompt, profile).items() <= _values(one, profile).items()
    ]
    return PromptDifference(
        new=tuple(prompt.text for prompt in prompts if prompt.text not in known),
        updated=tuple(text for text, came in other if came == origin),
        changed=tuple(text for text, came in other if came != origin),
        known=len(shared) - len(other),
    )


def _prompt_json(prompt: StoredPrompt, profile: str, *, texts: bool) -> dict[str, Any]:
    """One prompt; its score and number of queries are for readers, they follow from the others."""
    outcomes = sorted(_outcomes(prompt, profile).items())
    total = math.fsum(value for _, (value, _) in outcomes)  # the same in whatever order
    return {
        "text": visible(prompt.text),
        "created_at": prompt.created_at,
        "score": total / len(outcomes) if outcomes else 0.0,
        "queries": len(outcomes),
        "outcomes": [
            {
                "occasion": name,
                "value": value,
                **({"said": visible(said)} if texts and said else {}),
            }
            for name, (value, said) in outcomes
        ],
    }


def _values(prompt: StoredPrompt, profile: str) -> dict[str, float]:
    """A prompt's outcomes without what was said, by name."""
    return {name: value for name, (value, _) in _outcomes(prompt, profile).items()}


def _outcomes(prompt: StoredPrompt, profile: str) -> dict[str, tuple[float, str]]:
    """All that is known of what a prompt did, each by the name it has in every profile file."""
    others = {o.occasion: (o.value, o.said) for o in prompt.elsewhere}
    return others | {f"{profile}:{o.query_id}": (o.value, o.said) for o in prompt.outcomes}


def _checked(entry: Mapping[str, Any]) -> StoredPrompt:
    """One prompt with nothing but what belongs in it."""
    text, created_at = entry["text"], checked_moment(entry["created_at"])
    if not isinstance(text, str) or not 0 < len(text.strip()) <= len(text) <= LONGEST:
        raise ValueError("a prompt is empty or too long")
    outcomes = tuple(_checked_outcome(outcome) for outcome in entry["outcomes"])
    names = {outcome.occasion for outcome in outcomes}
    if len(outcomes) > MOST_OUTCOMES or len(names) != len(outcomes):
        raise ValueError("a prompt has too many outcomes")
    return StoredPrompt(text, created_at, (), elsewhere=outcomes)


def _checked_outcome(entry: Mapping[str, Any]) -> OutcomeElsewhere:
    """One outcome inside its bounds."""
    name, value, said = entry["occasion"], float(entry["value"]), entry.get("said", "")
    if not (isinstance(name, str) and 0 < len(name) <= LONGEST_NAME):
        raise ValueError("an outcome has no name")
    if not 0 <= value <= 1:
        raise ValueError("a value is no share")
    if not isinstance(said, str) or len(said) > LONGEST_SAID:
        raise ValueError("a text is too long")
    return OutcomeElsewhere(name, value, said)
