from __future__ import annotations

from assistant.domain.model import QueryId
from assistant.storage.database import Database
from assistant.storage.prompts import PromptOutcome, StoredPrompt


def query(db: Database) -> QueryId:
    conversation = db.conversations.add("Title", 1.0)
    return db.rounds.add_query(conversation, "How?", 1.0)


def test_a_pool_is_read_back_as_it_was_stored(database: Database) -> None:
    def work(db: Database) -> tuple[tuple[StoredPrompt, ...], tuple[StoredPrompt, ...]]:
        outcome = PromptOutcome(query(db), 0.75, "said")
        pool = (StoredPrompt("one", 1.0, (outcome,)), StoredPrompt("two", 2.0, ()))
        db.prompts.replace(pool)
        return pool, db.prompts.all()

    stored, read = database.run(work)
    assert stored == read


def test_a_new_pool_takes_the_place_of_the_old_one(database: Database) -> None:
    def work(db: Database) -> list[str]:
        db.prompts.replace([StoredPrompt("old", 1.0, ())])
        db.prompts.replace([StoredPrompt("new", 2.0, ())])
        return [prompt.text for prompt in db.prompts.all()]

    assert database.run(work) == ["new"]


def test_outcomes_go_with_their_query(database: Database) -> None:
    def work(db: Database) -> tuple[StoredPrompt, ...]:
        number = query(db)
        db.prompts.replace([StoredPrompt("one", 1.0, (PromptOutcome(number, 1.0, ""),))])
        db.conversations.delete(db.rounds.get(number).conversation_id, 2.0)
        db.conversations.purge(3.0)
        return db.prompts.all()

    assert database.run(work)[0].outcomes == ()
