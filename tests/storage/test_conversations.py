"""Conversations are found, named, deleted, brought back and, in the end, removed for good."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.domain.errors import UsageProblem
from assistant.domain.model import ConversationId, Order, Round
from assistant.storage.database import Database


def titles(database: Database, text: str) -> list[str]:
    return [
        c.title for c in database.run(lambda db: [hit.conversation for hit in db.search.find(text)])
    ]


def test_the_latest_used_comes_first(database: Database) -> None:
    first = database.run(lambda db: db.conversations.add("first", 1.0))
    database.run(lambda db: db.conversations.add("second", 2.0))
    database.run(lambda db: db.conversations.touch(first, 3.0))
    found = database.run(lambda db: db.conversations.all())
    assert [c.title for c in found] == ["first", "second"]


def test_pinned_ones_come_first_and_a_folder_is_kept(database: Database) -> None:
    first = database.run(lambda db: db.conversations.add("first", 1.0))
    database.run(lambda db: db.conversations.add("second", 2.0))
    database.run(lambda db: db.conversations.set_pinned(first, True))
    database.run(lambda db: db.conversations.set_folder(first, "Kitchen"))
    database.run(lambda db: db.conversations.set_learn(first, False))
    found = database.run(lambda db: db.conversations.all())
    assert [c.title for c in found] == ["first", "second"]
    assert (found[0].pinned, found[0].folder, found[0].learn) == (True, "Kitchen", False)
    with pytest.raises(UsageProblem):
        database.run(lambda db: db.conversations.set_pinned(ConversationId(99), True))


def test_a_deleted_conversation_is_hidden_and_can_be_brought_back(database: Database) -> None:
    added = database.run(lambda db: db.conversations.add("Title", 1.0))
    database.run(lambda db: db.conversations.delete(added, 2.0))
    assert titles(database, "Title") == []
    with pytest.raises(UsageProblem):
        database.run(lambda db: db.conversations.get(added))
    database.run(lambda db: db.conversations.bring_back(added))
    assert titles(database, "Title") == ["Title"]


def test_purging_removes_all_that_belongs_to_it_and_nothing_else(
    database: Database, add_round: Callable[..., Round]
) -> None:
    gone, kept = (database.run(lambda db: add_round(db)) for _ in range(2))

    def use(db: Database) -> None:
        for round_ in (gone, kept):
            db.rankings.add(round_.query_id, Order((("A",),), ("B",)), round_.candidates, 3.0)
            db.rounds.choose(round_.query_id, round_.candidate("A").id)
            db.predictions.add(round_.query_id, "selector", {"A": 1.0}, 2.5)
        db.conversations.delete(gone.conversation_id, 4.0)

    database.run(use)
    assert database.run(lambda db: db.conversations.purge(4.0)) == 0  # deleted at that very time
    assert database.run(lambda db: db.conversations.purge(5.0)) == 1
    for table in ("conversations", "queries", "rankings", "predictions"):
        assert database.tables.table(table).count == 1
    assert database.tables.table("candidates").count == 3
    assert database.tables.table("ranking_entries").count == 2


def test_deleted_conversations_are_listed_the_latest_first(database: Database) -> None:
    def use(db: Database) -> list[str]:
        made = {name: db.conversations.add(name, 1.0) for name in ("a", "b", "c", "d")}
        for name, now in (("b", 2.0), ("d", 3.0), ("a", 4.0)):
            db.conversations.delete(made[name], now)
        db.conversations.bring_back(made["d"])
        return [one.title for one in db.conversations.deleted()]

    assert database.run(use) == ["a", "b"]


@pytest.mark.parametrize("act", ["get", "rename", "delete"])
def test_an_unknown_conversation_is_refused(database: Database, act: str) -> None:
    unknown = ConversationId(99)

    def work(db: Database) -> object:
        if act == "get":
            return db.conversations.get(unknown)
        if act == "rename":
            return db.conversations.rename(unknown, "Title")
        return db.conversations.delete(unknown, 1.0)

    with pytest.raises(UsageProblem, match="There is no conversation 99"):
        database.run(work)
