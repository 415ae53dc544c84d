"""Profile files: everything learned in one file, to keep, to move, or to take over from elsewhere.

What was learned travels as lessons: for each ranking the tags of its replies and their order. A
learner's state follows from them, so an import gives the same state on any machine and is taken
back by removing its lessons. Texts of queries, replies and snippets are in the file only if asked
for.
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
from assistant.storage.archive import parse_json, read_archive, write_archive
from assistant.storage.database import Database
from assistant.usecases.distil import clean_rule
from assistant.usecases.examples import example_of, start_learner
from assistant.usecases.forget import back_up, forget_in
from assistant.usecases.profile_checks import checked_lesson, checked_snippets, checked_tag
from assistant.usecases.services import Services

FORMAT = 1
IMPORT = "import:"  # origin of what came from a profile file, followed by that profile's id
_MANIFEST, _TAGS, _LESSONS, _RULES = "manifest.json", "tags.json", "lessons.json", "rules.json"
_SNIPPETS = "snippets.json"  # texts of the user's own, so only where texts are asked for


@dataclass(frozen=True, slots=True)
class Exported:
    """What a profile file holds."""

    file: Path
    tags: int
    lessons: int
    with_texts: bool


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


@dataclass(frozen=True, slots=True)
class _Content:
    """A file's checked content."""

    profile: str
    created_at: float
    tags: tuple[Tag, ...]
    lessons: tuple[dict[str, Any], ...]
    rules: tuple[str, ...]
    snippets: Mapping[str, str]  # texts by name


def export_profile(services: Services, *, file: Path, texts: bool = False) -> Exported:
    """Write the profile; `texts` puts what was asked and written in as well."""
    weights = {weight.name: weight for weight in services.learner.weights()}
    now = services.clock()

    def read(db: Database) -> dict[str, Any]:
        profile = _profile_id(db)
        snippets = [{"name": one.name, "text": one.text} for one in db.snippets.all()]
        own = [_lesson(profile, e, texts) for r in db.rounds.ranked() if (e := example_of(r))]
        taken = [_without_texts(lesson, texts) for lesson in db.lessons.all().values()]
        return {
            _MANIFEST: {"format": FORMAT, "profile": profile, "created_at": now, "texts": texts},
            _TAGS: [_tag_json(tag, weights) for tag in db.tags.all()],
            _LESSONS: [*taken, *own],
            _RULES: [{"text": rule.text} for rule in db.rules.all() if rule.used],
            **({_SNIPPETS: snippets} if texts else {}),
        }

    members = services.store.run(read)
    encoded = {name: json.dumps(value, indent=1).encode() for name, value in members.items()}
    write_archive(file, encoded)
    return Exported(file, len(members[_TAGS]), len(members[_LESSONS]), texts)


def preview_import(services: Services, *, file: Path) -> Difference:
    """What an import would change; nothing is changed yet. UsageProblem if the file is none."""
    content = _read(file)
    return services.store.run(lambda db: _difference(db, content))


def import_profile(services: Services, *, file: Path, replace: bool = False) -> Difference:
    """Add a profile's lessons and tags to what is here, or put them in its place; what changed.

    Tags of the other user's own come banned: nothing they say reaches a prompt before it is freed.
    """
    content = _read(file)
    if replace:
        back_up(services)
    now = services.clock()

    def write(db: Database) -> Difference:
        if replace:
            forget_in(db, now)
        difference = _difference(db, content)
        known = _known_keys(db)
        new = [lesson for lesson in content.lessons if lesson["key"] not in known]
        db.lessons.add(IMPORT + content.profile, new, now)
        _take_tags(db, content, difference)
        for text in difference.new_rules:
            db.rules.add_imported(text, MEANING, IMPORT + content.profile, now)
        for name in difference.new_snippets:
            db.snippets.add(name, content.snippets[name], now, IMPORT + content.profile)
        return difference

    difference = services.store.run(write)
    start_learner(services)
    return difference


def imports(services: Services) -> dict[str, int]:
    """The profiles of which anything is here, by id, with the number of their lessons."""

    def read(db: Database) -> dict[str, int]:
        tags = [tag.origin for tag in db.tags.all()]
        snippets = [snippet.origin for snippet in db.snippets.all()]
        return dict.fromkeys([*tags, *db.rules.import_origins(), *snippets], 0) | (
            db.lessons.origins()
        )

    found = services.store.run(read)
    return {
        origin.removeprefix(IMPORT): count
        for origin, count in found.items()
        if origin.startswith(IMPORT)
    }


def remove_import(services: Services, *, profile: str) -> int:
    """Take everything back that came with one profile; how many lessons that were."""

    def write(db: Database) -> int:
        origin = IMPORT + profile
        tags = [tag.name for tag in db.tags.all() if tag.origin == origin]
        for name in tags:
            db.tags.remove_own(name)
        removed = db.lessons.remove(origin)
        others = db.rules.remove_imported(origin) + db.snippets.remove_imported(origin)
        if not (removed or tags or others):
            raise UsageProblem(f"No profile “{profile}” was imported; `profile imports` lists all.")
        return removed

    removed = services.store.run(write)
    start_learner(services)
    return removed


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
    return {**asdict(tag), "kind": tag.kind.value, **told}


def _known_keys(db: Database) -> set[str]:
    """The lessons that are here already: imported ones, and this user's own rankings."""
    profile = db.settings.get(PROFILE_ID)
    own = {f"{profile}:{r.ranking.id}" for r in db.rounds.ranked() if r.ranking}
    return own | {str(lesson["key"]) for lesson in db.lessons.all().values() if "key" in lesson}


def _difference(db: Database, content: _Content) -> Difference:
    here = {tag.name.lower(): tag for tag in db.tags.all()}
    known = _known_keys(db)
    new = [lesson for lesson in content.lessons if lesson["key"] not in known]
    shared = [(tag, here[tag.name.lower()]) for tag in content.tags if tag.name.lower() in here]
    rules = {rule.text.lower() for rule in db.rules.all()}
    snippets = {one.name.casefold() for one in db.snippets.all()}
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
    )


def _take_tags(db: Database, content: _Content, difference: Difference) -> None:
    """Own tags banned under the import's origin; pins and bans of tags that both know."""
    for tag in content.tags:
        if tag.name in difference.new_tags:
            origin = IMPORT + content.profile
            db.tags.add_own(
                Tag(tag.name, tag.kind, tag.instruction, tag.area, None, origin, banned=True)
            )
    for name in difference.pinned:
        db.tags.set_flags(name, pinned=True, banned=False)
    for name in difference.banned:
        db.tags.set_flags(name, pinned=False, banned=True)


def _read(file: Path) -> _Content:
    """A profile file's content, every value of it checked."""
    members = read_archive(file)
    parts = {name: parse_json(file, name, members[name]) for name in members if ".json" in name}
    try:
        manifest = parts[_MANIFEST]
        if manifest["format"] > FORMAT:
            raise UsageProblem(
                f"{file.name} was made by a newer Attune; install that version to import it."
            )
        content = _Content(
            profile=str(manifest["profile"])[:64],
            created_at=float(manifest["created_at"]),
            tags=tuple(checked_tag(entry) for entry in parts[_TAGS]),
            lessons=tuple(checked_lesson(entry) for entry in parts[_LESSONS]),
            rules=tuple(dict.fromkeys(clean_rule(str(e["text"])) for e in parts.get(_RULES, ()))),
            snippets=checked_snippets(parts.get(_SNIPPETS, ())),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise UsageProblem(
            f"{file.name} is no profile that can be imported (a part of it is damaged); "
            "export it again with Attune."
        ) from error
    if not content.profile.isalnum():
        raise UsageProblem(f"{file.name} names no profile; export it again with Attune.")
    return content
