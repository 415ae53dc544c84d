"""The tag library can be brought up to date without losing what the user made of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Tag, TagKind
from assistant.storage.database import Database

BRIEF = Tag("Brief", TagKind.STYLE, "Be brief.", area="Style", opposite="Thorough")
SAILING = Tag("Sailing", TagKind.INTEREST, "The user sails.", area="Sport")


@pytest.fixture
def database_with_tags(database: Database) -> Database:
    database.run(lambda db: db.tags.sync_library((BRIEF, SAILING)))
    return database


def tags(database: Database) -> tuple[Tag, ...]:
    return database.run(lambda db: db.tags.all())


def test_tags_come_in_the_order_of_the_library(database_with_tags: Database) -> None:
    assert tags(database_with_tags) == (BRIEF, SAILING)
    database_with_tags.run(lambda db: db.tags.sync_library((SAILING, BRIEF)))
    assert tags(database_with_tags) == (SAILING, BRIEF)


def test_a_sync_keeps_pins_bans_and_the_users_own_tags(database_with_tags: Database) -> None:
    own = {
        "name": "My garden",
        "kind": "interest",
        "instruction": "Roses.",
        "origin": "user",
        "position": 999,
    }

    def change(db: Database) -> None:
        db.tags.set_flags("Brief", pinned=True, banned=False)
        db.tags.set_flags("sailing", pinned=False, banned=True)
        db.tables.table("tags").insert(own)
        db.tags.sync_library((replace(BRIEF, instruction="Keep it short."), SAILING))

    database_with_tags.run(change)
    assert tags(database_with_tags) == (
        replace(BRIEF, instruction="Keep it short.", pinned=True),
        replace(SAILING, banned=True),
        Tag("My garden", TagKind.INTEREST, "Roses.", origin="user"),
    )


def test_a_sync_removes_what_the_library_no_longer_has(database_with_tags: Database) -> None:
    database_with_tags.run(lambda db: db.tags.sync_library((BRIEF,)))
    assert tags(database_with_tags) == (BRIEF,)


def test_a_tag_is_not_pinned_and_banned_at_once(database_with_tags: Database) -> None:
    with pytest.raises(UsageProblem, match="at once"):
        database_with_tags.run(lambda db: db.tags.set_flags("Brief", pinned=True, banned=True))


def test_an_unknown_tag_is_refused(database_with_tags: Database) -> None:
    with pytest.raises(UsageProblem, match="There is no tag “Nothing”"):
        database_with_tags.run(lambda db: db.tags.set_flags("Nothing", pinned=True, banned=False))
