from __future__ import annotations

import pytest

from assistant.domain.errors import UsageProblem
from assistant.domain.model import QueryId
from assistant.storage.database import Database
from assistant.storage.prompts import OutcomeElsewhere, PromptId, PromptOutcome, StoredPrompt


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


def test_an_imported_prompt_is_banned_until_it_is_allowed_and_leaves_with_its_import(
    database: Database,
) -> None:
    prompt = StoredPrompt("theirs", 1.0, (), elsewhere=(OutcomeElsewhere("ab:1", 0.5, "said"),))

    def work(db: Database) -> list[tuple[StoredPrompt, ...]]:
        db.prompts.replace([StoredPrompt("mine", 1.0, ())])
        db.prompts.add_imported(prompt, "import:ab")
        states = [db.prompts.all()]
        db.prompts.replace([StoredPrompt("new", 2.0, ()), StoredPrompt("theirs", 2.0, ())])
        states.append(db.prompts.all())
        db.prompts.set_banned(states[-1][0].id, banned=False)
        db.prompts.replace([StoredPrompt("theirs", 3.0, (PromptOutcome(query(db), 1.0, ""),))])
        states.append(db.prompts.all())
        assert db.prompts.import_origins() == {"import:ab"}
        assert db.prompts.remove_imported("import:ab") == 1
        return [*states, db.prompts.all()]

    first, second, third, last = database.run(work)
    assert [(p.text, p.banned) for p in first] == [("mine", False), ("theirs", True)]
    assert first[1].elsewhere == prompt.elsewhere
    assert [(p.text, p.banned, len(p.outcomes)) for p in second] == [
        ("theirs", True, 0),
        ("new", False, 0),
    ]
    assert [(p.text, p.created_at, p.origin) for p in third] == [("theirs", 1.0, "import:ab")]
    assert (len(third[0].outcomes), third[0].elsewhere) == (1, prompt.elsewhere)
    assert last == ()


def test_a_prompt_that_is_not_there_is_named(database: Database) -> None:
    with pytest.raises(UsageProblem, match="no prompt 7"):
        database.run(lambda db: db.prompts.set_banned(PromptId(7), banned=True))
