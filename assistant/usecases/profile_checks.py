"""What a profile file holds, checked value by value: nothing but what belongs there, all bounded.

What cannot be taken raises KeyError, TypeError, ValueError or IndexError, whichever comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.domain.model import Tag, TagKind
from assistant.usecases.snippets import clean_name, clean_text

LONGEST_AREA = 60  # characters
LATEST = 253402300799.0  # the end of the year 9999, the last that calendars know


def checked_moment(value: float | str) -> float:
    """A time in seconds since the epoch that can be shown as a date."""
    moment = float(value)
    if not 0 <= moment <= LATEST:  # false for what is no number, too
        raise ValueError("a time is none")
    return moment


def checked_snippets(entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Texts by name, no two names alike but for capitals."""
    found: dict[str, tuple[str, str]] = {}
    for entry in entries:
        name = clean_name(str(entry["name"]))
        found.setdefault(name.casefold(), (name, clean_text(str(entry["text"]))))
    return dict(found.values())


def checked_tag(entry: Mapping[str, Any]) -> Tag:
    """A tag as the file has it, its texts on one line and of bounded length."""
    name, instruction = (" ".join(str(entry[key]).split()) for key in ("name", "instruction"))
    if not 0 < len(name) <= 60 or not 0 < len(instruction) <= 200:
        raise ValueError("a tag's name or instruction is empty or too long")
    pinned, banned = entry["pinned"] is True, entry["banned"] is True
    return Tag(
        name,
        TagKind(entry["kind"]),
        instruction,
        area=" ".join(str(entry.get("area", "")).split())[:LONGEST_AREA],
        pinned=pinned and not banned,
        banned=banned,
    )


def checked_lesson(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A lesson with nothing but what belongs in it, indices inside their bounds."""
    replies = [
        {
            "tags": [str(tag)[:60] for tag in reply["tags"]][:16],
            "place": min(max(int(reply["place"]), 0), 7),
            "length": min(max(int(reply["length"]), 0), 10**6),
            "text": str(reply.get("text", "")),
        }
        for reply in entry["replies"]
    ]
    tiers = [[int(i) for i in tier] for tier in entry["tiers"]]
    rest = [int(i) for i in entry["rest"]]
    named = sorted([i for tier in tiers for i in tier] + rest)
    if not 0 < len(replies) <= 8 or named != sorted(set(named) & set(range(len(replies)))):
        raise ValueError("a lesson's order names replies that are not there")
    return {
        "key": str(entry["key"])[:100],
        "query": str(entry["query"]),
        "replies": replies,
        "tiers": tiers,
        "rest": rest,
    }
