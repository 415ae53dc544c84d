"""Every word said can be found again, and is gone when its conversation is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.model import ConversationId, Hit, Round
from assistant.storage.database import Database, open_database


def found(database: Database, text: str) -> list[str]:
    return [hit.excerpt for hit in database.run(lambda db: db.search.find(text))]


@pytest.mark.parametrize("text", ["TITLE", "Sure", "reply b", "100 thi", "creme", "fass"])
def test_titles_queries_and_replies_are_found_by_beginnings_of_words(
    database: Database, add_round: Callable[..., Round], text: str
) -> None:
    database.run(lambda db: add_round(db, text="100% sure thing: Crème im Fass"))
    assert found(database, text)


@pytest.mark.parametrize(
    "text", ["", "  ", "%", '"', "*", "OR", "NEAR(", "absent", "text:sure", "-sure x"]
)
def test_no_sign_has_a_meaning_of_its_own(
    database: Database, add_round: Callable[..., Round], text: str
) -> None:
    database.run(lambda db: add_round(db, text="a plain query"))
    assert found(database, text) == []


def test_the_words_found_are_marked_and_the_round_is_named(
    database: Database, add_round: Callable[..., Round]
) -> None:
    round_ = database.run(lambda db: add_round(db, text="Why is the sky blue?"))
    (hit,) = database.run(lambda db: db.search.find("sky"))
    assert hit.query_id == round_.query_id
    assert hit.conversation.id == round_.conversation_id
    assert f"{Hit.START}sky{Hit.END}" in hit.excerpt


def test_a_new_title_is_found_and_the_old_one_is_not(database: Database) -> None:
    added = database.run(lambda db: db.conversations.add("Bread", 1.0))
    database.run(lambda db: db.conversations.rename(added, "Butter"))
    assert (len(found(database, "Butter")), found(database, "Bread")) == (1, [])


def test_deleted_words_leave_the_file(tmp_path: Path, add_round: Callable[..., Round]) -> None:
    file = tmp_path / "attune.db"
    database = open_database(file)
    round_ = database.run(lambda db: add_round(db, text="zanzibarcanary"))
    database.run(lambda db: add_round(db, text="kept"))
    database.run(lambda db: db.conversations.delete(ConversationId(round_.conversation_id), 1.0))
    assert found(database, "zanzibarcanary") == []
    database.run(lambda db: db.conversations.purge(2.0))
    database.close()
    assert b"zanzibarcanary" not in file.read_bytes()
    again = open_database(file)
    assert len(found(again, "kept")) == 1
    again.close()
