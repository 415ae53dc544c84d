"""What a profile file holds, read whole and checked value by value before anything is changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Tag
from assistant.storage.archive import parse_json, read_archive
from assistant.storage.prompts import StoredPrompt
from assistant.usecases.distil import clean_rule
from assistant.usecases.profile_adapter import FileAdapter, checked_adapter
from assistant.usecases.profile_checks import (
    checked_lesson,
    checked_moment,
    checked_snippets,
    checked_tag,
)
from assistant.usecases.profile_prompts import checked_prompts

FORMAT = 1
MANIFEST, TAGS, LESSONS, RULES = "manifest.json", "tags.json", "lessons.json", "rules.json"
SNIPPETS = "snippets.json"  # texts of the user's own, so only where texts are asked for
PROMPTS, ADAPTER = "prompts.json", "adapter.safetensors"


@dataclass(frozen=True, slots=True)
class Content:
    """A file's checked content."""

    profile: str
    created_at: float
    tags: tuple[Tag, ...]
    lessons: tuple[dict[str, Any], ...]
    rules: tuple[str, ...]
    snippets: Mapping[str, str]  # texts by name
    prompts: tuple[StoredPrompt, ...]
    adapter: FileAdapter | None


def read_profile(file: Path) -> Content:
    """A profile file's content; UsageProblem if it is none, or anything in it is wrong."""
    members = read_archive(file)
    parts = {name: parse_json(file, name, members[name]) for name in members if ".json" in name}
    try:
        manifest = parts[MANIFEST]
        if manifest["format"] > FORMAT:
            raise UsageProblem(
                f"{file.name} was made by a newer Attune; install that version to import it."
            )
        content = Content(
            profile=str(manifest["profile"])[:64],
            created_at=checked_moment(manifest["created_at"]),
            tags=tuple(checked_tag(entry) for entry in parts[TAGS]),
            lessons=tuple(checked_lesson(entry) for entry in parts[LESSONS]),
            rules=tuple(dict.fromkeys(clean_rule(str(e["text"])) for e in parts.get(RULES, ()))),
            snippets=checked_snippets(parts.get(SNIPPETS, ())),
            prompts=checked_prompts(_unchanged(parts.get(PROMPTS, []), members.get(PROMPTS))),
            adapter=checked_adapter(file.name, manifest.get("adapter"), members.get(ADAPTER)),
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
        raise UsageProblem(
            f"{file.name} is no profile that can be imported (a part of it is damaged); "
            "export it again with Attune."
        ) from error
    if not content.profile.isalnum():
        raise UsageProblem(f"{file.name} names no profile; export it again with Attune.")
    return content


def _unchanged(parsed: Any, member: bytes | None) -> Any:  # noqa: ANN401 (JSON of any shape)
    """A part that must be as it was written: prompts go to the model word by word.

    ValueError if signs that show nothing had to be taken out of it.
    """
    if member is not None and json.loads(member) != parsed:
        raise ValueError("it holds signs that show nothing")
    return parsed
