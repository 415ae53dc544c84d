"""A fresh data file, and a round in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.domain.model import ConversationId, Finish, Guidance, Origin, QueryId, Round
from assistant.storage.database import Database, open_database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "attune.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    opened = open_database(file)
    yield opened
    opened.close()


@pytest.fixture
def add_round() -> Callable[..., Round]:
    """Store a query with finished replies; the round."""

    def add(db: Database, letters: str = "ABC", *, text: str = "Why?", within: int = 0) -> Round:
        conversation = ConversationId(within) if within else db.conversations.add("Title", 1.0)
        query_id: QueryId = db.rounds.add_query(conversation, text, 2.0)
        for place, letter in enumerate(letters):
            candidate_id = db.rounds.add_candidate(
                query_id,
                letter=letter,
                place=place,
                guidance=Guidance(tags=(f"tag {letter}",)),
                origin=Origin.EXPLORE,
                propensity=0.25,
                seed=place,
            )
            db.rounds.finish_candidate(candidate_id, f"Reply {letter}", Finish.STOP, 2)
        return db.rounds.get(query_id)

    return add
