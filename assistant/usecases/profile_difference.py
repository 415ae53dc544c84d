"""What importing a profile file would change here, worked out without changing anything."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.settings import PROFILE_ID
from assistant.usecases.own_tags import IMPORT
from assistant.usecases.profile_prompts import PromptDifference, prompt_difference

if TYPE_CHECKING:
    from assistant.storage.database import Database
    from assistant.usecases.profile_adapter import AdapterOffer
    from assistant.usecases.profile_content import Content

NO_PROMPTS = PromptDifference()
_STAYS = "own"  # origin of the rules that are not forgotten


@dataclass(frozen=True, slots=True)
class Difference:
    """What importing a file would change; names of tags, numbers of lessons."""

    profile: str
    created_at: float
    new_tags: tuple[str, ...]  # banned until the user frees them
    pinned: tuple[str, ...]
    banned: tuple[str, ...]
    new_lessons: int
    known_lessons: int
    new_rules: tuple[str, ...] = ()  # banned until the user frees them
    new_snippets: tuple[str, ...] = ()  # their names; they do nothing until the user picks one
    prompts: PromptDifference = NO_PROMPTS
    adapter: AdapterOffer | None = None


def difference_of(
    db: Database, content: Content, offer: AdapterOffer | None, *, replace: bool = False
) -> Difference:
    """What importing changes; with `replace`, as if all that was learned here was forgotten."""
    here = {tag.name.lower(): tag for tag in db.tags.all()}
    known = set() if replace else known_lessons(db)
    new = [lesson for lesson in content.lessons if lesson["key"] not in known]
    shared = [(tag, here[tag.name.lower()]) for tag in content.tags if tag.name.lower() in here]
    rules = {rule.text.lower() for rule in db.rules.all() if rule.origin == _STAYS or not replace}
    snippets = {one.name.casefold() for one in db.snippets.all()}
    profile, prompts = db.settings.get(PROFILE_ID), () if replace else db.prompts.all()
    return Difference(
        profile=content.profile,
        created_at=content.created_at,
        new_tags=tuple(t.name for t in content.tags if t.name.lower() not in here),
        pinned=tuple(own.name for t, own in shared if t.pinned and not (own.pinned or own.banned)),
        banned=tuple(own.name for t, own in shared if t.banned and not (own.pinned or own.banned)),
        new_lessons=len(new),
        known_lessons=len(content.lessons) - len(new),
        new_rules=tuple(text for text in content.rules if text.lower() not in rules),
        new_snippets=tuple(n for n in content.snippets if n.casefold() not in snippets),
        prompts=prompt_difference(prompts, content.prompts, profile, IMPORT + content.profile),
        adapter=dataclasses.replace(offer, known=offer.known and not replace) if offer else None,
    )


def known_lessons(db: Database) -> set[str]:
    """The keys of lessons that are here already: imported ones, and this user's own rankings."""
    profile = db.settings.get(PROFILE_ID)
    own = {f"{profile}:{r.ranking.id}" for r in db.rounds.ranked() if r.ranking}
    return own | {str(lesson["key"]) for lesson in db.lessons.all().values() if "key" in lesson}
