"""Profile files: everything learned in one file, to keep, to move, or to take over from elsewhere.

What was learned travels as lessons: for each ranking the tags of its replies and their order. A
learner's state follows from them, so an import gives the same state on any machine and is taken
back by removing its lessons. Prompts and the agent's adapter, which follow from no lessons, travel
as they are, and wait to be reviewed. Texts of queries, replies and snippets are in the file only if
asked for.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Tag
from assistant.personalization.learner import Example
from assistant.personalization.rule_task import MEANING
from assistant.settings import PROFILE_ID
from assistant.storage.archive import write_archive
from assistant.storage.database import Database
from assistant.usecases.agent import AGENT, use_agent
from assistant.usecases.examples import example_of, start_learner
from assistant.usecases.forget import back_up, forget_in
from assistant.usecases.own_tags import IMPORT, USER
from assistant.usecases.profile_adapter import (
    AdapterOffer,
    adapter_parts,
    keep_adapter,
    offer_of,
    remove_adapter,
)
from assistant.usecases.profile_content import (
    ADAPTER,
    FORMAT,
    LESSONS,
    MANIFEST,
    PROMPTS,
    RULES,
    SNIPPETS,
    TAGS,
    Content,
    read_profile,
)
from assistant.usecases.profile_difference import Difference, difference_of, known_lessons
from assistant.usecases.profile_prompts import prompts_json
from assistant.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Exported:
    """What a profile file holds."""

    file: Path
    tags: int
    lessons: int
    with_texts: bool
    prompts: int = 0
    adapter: bool = False  # whether the agent in use is in it


def export_profile(services: Services, *, file: Path, texts: bool = False) -> Exported:
    """Write the profile; `texts` puts what was asked and written in as well."""
    weights = {weight.name: weight for weight in services.learner.weights()}
    now = services.clock()
    facts, adapter = adapter_parts(services) or ({}, b"")

    def read(db: Database) -> dict[str, Any]:
        profile = _profile_id(db)
        snippets = [{"name": one.name, "text": one.text} for one in db.snippets.all()]
        own = [_lesson(profile, e, texts) for r in db.rounds.ranked() if (e := example_of(r))]
        taken = [_without_texts(lesson, texts) for lesson in db.lessons.all().values()]
        prompts = [prompt for prompt in db.prompts.all() if not prompt.banned]
        manifest = {"format": FORMAT, "profile": profile, "created_at": now, "texts": texts}
        return {
            MANIFEST: manifest | ({"adapter": facts} if facts else {}),
            TAGS: [_tag_json(tag, weights) for tag in db.tags.all()],
            LESSONS: [*taken, *own],
            RULES: [{"text": rule.text} for rule in db.rules.all() if rule.used],
            PROMPTS: prompts_json(prompts, profile, texts=texts),
            **({SNIPPETS: snippets} if texts else {}),
        }

    members = services.store.run(read)
    encoded = {name: json.dumps(value, indent=1).encode() for name, value in members.items()}
    write_archive(file, encoded | ({ADAPTER: adapter} if facts else {}))
    return Exported(
        file, len(members[TAGS]), len(members[LESSONS]), texts, len(members[PROMPTS]), bool(facts)
    )


def preview_import(services: Services, *, file: Path, replace: bool = False) -> Difference:
    """What an import would change; nothing is changed yet. UsageProblem if the file is none."""
    content = read_profile(file)
    offer = _offer(services, file, content)
    return services.store.run(lambda db: difference_of(db, content, offer, replace=replace))


def import_profile(services: Services, *, file: Path, replace: bool = False) -> Difference:
    """Add a profile's lessons and tags to what is here, or put them in its place; what changed.

    Whatever of it could reach a prompt comes banned, and the agent waits to be switched on. What
    was replaced is kept, to be put back when the import is removed.
    """
    content = read_profile(file)
    offer = _offer(services, file, content)
    if replace:
        back_up(services)
    now, origin = services.clock(), IMPORT + content.profile

    def write(db: Database) -> Difference:
        if replace:
            db.replaced.keep(origin, now, lambda: forget_in(db, now))
        difference = difference_of(db, content, offer, replace=replace)
        known = known_lessons(db)
        db.lessons.add(origin, [one for one in content.lessons if one["key"] not in known], now)
        _take_tags(db, content, difference)
        for text in difference.new_rules:
            db.rules.add_imported(text, MEANING, origin, now)
        for name in difference.new_snippets:
            db.snippets.add(name, content.snippets[name], now, origin)
        for prompt in content.prompts:
            if prompt.text in difference.prompts.new:
                db.prompts.add_imported(prompt, origin)
            elif prompt.text in difference.prompts.updated:
                db.prompts.take_outcomes(prompt, origin)
        if content.adapter is not None and difference.adapter and not difference.adapter.known:
            keep_adapter(db, content.adapter, origin)
        return difference

    difference = services.store.run(write)
    start_learner(services)
    return difference


def imports(services: Services) -> dict[str, int]:
    """The profiles of which anything is here, by id, with the number of their lessons."""

    def read(db: Database) -> dict[str, int]:
        others = (
            *(tag.origin for tag in db.tags.all()),
            *(snippet.origin for snippet in db.snippets.all()),
            *(head.origin for head in db.snapshots.heads()),
            *db.tags.flag_origins(),
            *db.rules.import_origins(),
            *db.prompts.import_origins(),
            *db.replaced.origins(),
        )
        return dict.fromkeys(others, 0) | db.lessons.origins()

    found = services.store.run(read)
    return {
        origin.removeprefix(IMPORT): count
        for origin, count in found.items()
        if origin.startswith(IMPORT)
    }


def remove_import(services: Services, *, profile: str) -> int:
    """Take everything back that came with one profile; how many lessons that were.

    What it replaced is here again, and what it was merged into is as it was.
    """
    origin = IMPORT + profile

    def write(db: Database) -> tuple[int, bool]:
        agent = _active_agent(db)
        tags = [tag.name for tag in db.tags.all() if tag.origin == origin]
        for name in tags:
            db.tags.remove_own(name)
        removed = db.lessons.remove(origin)
        others = (
            len(tags),
            db.tags.remove_imported_flags(origin),
            db.rules.remove_imported(origin),
            db.snippets.remove_imported(origin),
            db.prompts.remove_imported(origin),
            remove_adapter(db, origin),
            int(db.replaced.put_back(origin)),
        )
        if not (removed or any(others)):
            raise UsageProblem(f"No profile “{profile}” was imported; `profile imports` lists all.")
        return removed, _active_agent(db) != agent

    removed, other_agent = services.store.run(write)
    start_learner(services)
    if other_agent:
        use_agent(services)
    return removed


def _active_agent(db: Database) -> int | None:
    """The version of the agent in use."""
    return next((head.id for head in db.snapshots.heads(AGENT) if head.active), None)


def _offer(services: Services, file: Path, content: Content) -> AdapterOffer | None:
    """What the file's adapter would be here."""
    return offer_of(services, file.name, content.adapter) if content.adapter else None


def _profile_id(db: Database) -> str:
    """This user's id, made at the first export; it says nothing about the user."""
    profile = db.settings.get(PROFILE_ID)
    if not profile and not db.read_only:
        profile = secrets.token_hex(8)
        db.settings.set(PROFILE_ID, profile)
    return profile


def _lesson(profile: str, example: Example, texts: bool) -> dict[str, Any]:
    """A ranking as a lesson, with a key by which it is known again."""
    return _without_texts({"key": f"{profile}:{example.ranking_id}", **asdict(example)}, texts)


def _without_texts(lesson: dict[str, Any], texts: bool) -> dict[str, Any]:
    """A lesson as it may leave: without texts unless they are asked for."""
    kept = {key: lesson[key] for key in ("key", "query", "replies", "tiers", "rest")}
    if texts:
        return kept
    bare = [{k: r[k] for k in ("tags", "place", "length")} for r in lesson["replies"]]
    return {**kept, "query": "", "replies": bare}


def _tag_json(tag: Tag, weights: Mapping[str, Any]) -> dict[str, Any]:
    """A tag with what is known of it; the weight is for readers, it follows from the lessons."""
    known = weights.get(tag.name)
    told = {"weight": known.weight, "sd": known.sd} if known else {}
    origin = USER if tag.origin.startswith(IMPORT) else tag.origin
    content = asdict(tag)
    del content["stated"]  # follows from the interview's lessons
    return {**content, "kind": tag.kind.value, "origin": origin, **told}


def _take_tags(db: Database, content: Content, difference: Difference) -> None:
    """Own tags banned under the import's origin; pins and bans of tags that both know."""
    origin = IMPORT + content.profile
    for tag in content.tags:
        if tag.name in difference.new_tags:
            db.tags.add_own(
                Tag(tag.name, tag.kind, tag.instruction, tag.area, None, origin, banned=True)
            )
    for name in difference.pinned:
        db.tags.set_flags(name, pinned=True, banned=False, origin=origin)
    for name in difference.banned:
        db.tags.set_flags(name, pinned=False, banned=True, origin=origin)
