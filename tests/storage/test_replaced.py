"""What a profile replaced is put back row by row."""

from __future__ import annotations

from typing import Any

from assistant.domain.interview import InterviewAnswer
from assistant.domain.model import Finish, Guidance, Order, Origin, QueryId
from assistant.storage.database import Database
from assistant.storage.learning import ImportedState
from assistant.storage.prompts import OutcomeElsewhere, PromptOutcome, StoredPrompt
from assistant.storage.replaced import KEPT

TABLES = (
    "lessons",
    "interview_answers",
    "rules",
    "imported_rules",
    "prompts",
    "prompt_outcomes",
    "outcomes_elsewhere",
    "snapshots",
    "imported_states",
    "retractions",
    "active_rankings",
)


def everything(db: Database) -> dict[str, list[dict[str, Any]]]:
    return {name: list(db.tables.query(f"SELECT * FROM {name} ORDER BY 1, 2")) for name in TABLES}


def ranked_query(db: Database) -> QueryId:
    query = db.rounds.add_query(db.conversations.add("Title", 1.0), "How?", 2.0)
    for place, letter in enumerate("AB"):
        candidate = db.rounds.add_candidate(
            query,
            letter=letter,
            place=place,
            guidance=Guidance(),
            origin=Origin.EXPLORE,
            propensity=0.5,
            seed=place,
        )
        db.rounds.finish_candidate(candidate, letter, Finish.STOP, 1)
    db.rankings.add(query, Order((("A",), ("B",))), db.rounds.get(query).candidates, 3.0)
    return query


def fill(db: Database) -> None:
    """Something in every table."""
    query = ranked_query(db)
    taken_back = ranked_query(db)
    ranking = db.rounds.get(taken_back).ranking
    assert ranking is not None
    db.rankings.retract(ranking.id, 4.0)
    db.lessons.add("import:ab", [{"key": "a"}], 1.0)
    db.interview.add(InterviewAnswer("tea", 1, 1.0))
    db.rules.add("Be brief", "feature", "length:-", 1.0, pinned=False)
    db.rules.add("Own", "own", "meaning", 1.0, pinned=True)
    db.rules.add_imported("Theirs", "meaning", "import:ab", 1.0)
    db.prompts.replace([StoredPrompt("Mine", 1.0, (PromptOutcome(query, 0.75, "said"),))])
    other = StoredPrompt("Other", 1.0, (), elsewhere=(OutcomeElsewhere("ab:1", 0.5, ""),))
    db.prompts.add_imported(other, "import:ab")
    db.snapshots.activate("selector", b"state", 1, {}, 1.0)
    db.snapshots.activate("agent", b"one", 1, {}, 1.0, keep=4)
    db.snapshots.activate("agent", b"two", 2, {}, 2.0, trial=True, keep=4)
    db.snapshots.add_imported("agent", b"x", ImportedState("import:ab", "M", "0" * 64, 1.0, 5), {})


def forget(db: Database, now: float = 9.0) -> None:
    db.rankings.retract_all(now)
    db.lessons.remove("import:ab")
    db.interview.forget()
    db.prompts.forget()
    db.rules.forget()
    db.snapshots.forget()


def test_what_was_replaced_is_put_back_exactly(database: Database) -> None:
    database.run(fill)
    before = database.run(everything)
    database.run(lambda db: db.replaced.keep("import:cd", 9.0, lambda: forget(db)))
    assert database.run(lambda db: db.snapshots.heads()) == ()
    assert database.run(lambda db: db.rounds.ranked()) == ()
    assert database.run(lambda db: db.replaced.origins()) == {"import:cd"}
    assert database.run(lambda db: db.replaced.put_back("import:cd"))
    assert database.run(everything) == before
    assert not database.run(lambda db: db.replaced.put_back("import:cd"))
    assert database.run(lambda db: db.replaced.origins()) == frozenset()


def test_what_was_learned_since_stays_beside_it(database: Database) -> None:
    def since(db: Database) -> None:
        db.replaced.keep("import:cd", 9.0, lambda: forget(db))
        db.prompts.replace([StoredPrompt("Mine", 5.0, ()), StoredPrompt("New", 5.0, ())])
        db.lessons.add("interview:x", [{"key": "b"}], 9.0)
        db.snapshots.activate("agent", b"three", 3, {}, 9.0, keep=4)
        ranked_query(db)
        db.replaced.put_back("import:cd")

    database.run(fill)
    database.run(since)
    assert {p.text for p in database.run(lambda db: db.prompts.all())} == {"Mine", "New", "Other"}
    lessons = database.run(lambda db: db.lessons.all()).values()
    assert sorted(str(lesson["key"]) for lesson in lessons) == ["a", "b"]
    assert len(database.run(lambda db: db.rounds.ranked())) == 2
    heads = database.run(lambda db: db.snapshots.heads("agent"))
    assert [(head.rankings, head.active, head.trial) for head in heads] == [
        (1, False, False),
        (2, True, True),
        (5, False, False),
        (3, False, False),
    ]


def test_only_the_latest_replaced_states_are_kept(database: Database) -> None:
    def replace(db: Database, number: int) -> None:
        db.snapshots.activate("agent", b"%d" % number, number, {}, 1.0, keep=4)
        db.replaced.keep(f"import:{number}", 1.0, lambda: forget(db))

    for number in range(KEPT + 2):
        database.run(lambda db, number=number: replace(db, number))
    assert database.run(lambda db: db.replaced.origins()) == {
        f"import:{number}" for number in range(2, KEPT + 2)
    }
    assert database.run(lambda db: db.tables.table("snapshots").count) == KEPT
    database.run(lambda db: db.replaced.forget())
    assert database.run(lambda db: db.tables.table("snapshots").count) == 0


def test_queries_deleted_since_do_not_keep_the_rest_from_coming_back(database: Database) -> None:
    def since(db: Database) -> None:
        db.replaced.keep("import:cd", 9.0, lambda: forget(db))
        for conversation in db.conversations.all():
            db.conversations.delete(conversation.id, 10.0)
        db.conversations.purge(11.0)

    database.run(fill)
    database.run(since)
    assert database.run(lambda db: db.replaced.put_back("import:cd"))
    prompts = database.run(lambda db: db.prompts.all())
    assert [(prompt.text, prompt.outcomes) for prompt in prompts] == [("Mine", ()), ("Other", ())]
    assert len(prompts[1].elsewhere) == 1


def test_a_rule_of_ones_own_changed_since_stays_as_it_is(database: Database) -> None:
    def since(db: Database) -> None:
        db.replaced.keep("import:cd", 9.0, lambda: forget(db))
        own = next(rule for rule in db.rules.all() if rule.text == "Own")
        db.rules.set_text(own.id, "Own, but better")
        db.replaced.put_back("import:cd")

    database.run(fill)
    database.run(since)
    texts = sorted(rule.text for rule in database.run(lambda db: db.rules.all()))
    assert texts == ["Be brief", "Own, but better", "Theirs"]
