"""Queries and candidates come back as they were stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.domain.errors import UsageProblem
from assistant.domain.model import CandidateId, Finish, Guidance, Order, Origin, QueryId, Round
from assistant.storage.database import Database

AddRound = Callable[..., Round]


def test_a_candidate_comes_back_with_everything_it_was_made_from(database: Database) -> None:
    guidance = Guidance(tags=("a", "b"), rules=("r",), prompt="p", exemplars=(4, 2))

    def write(db: Database) -> Round:
        query_id = db.rounds.add_query(db.conversations.add("T", 1.0), "Why?", 2.0)
        db.rounds.set_model(query_id, "Model", "0" * 64, {"temperature": 0.5})
        candidate_id = db.rounds.add_candidate(
            query_id,
            letter="A",
            place=0,
            guidance=guidance,
            origin=Origin.EXPLOIT,
            propensity=0.1,
            seed=2**31 - 1,
        )
        db.rounds.finish_candidate(candidate_id, "Því miður 🙂\n", Finish.LENGTH, 9)
        return db.rounds.get(query_id)

    round_ = database.run(write)
    candidate = round_.candidate("A")
    assert round_.model == "Model"
    assert candidate.guidance == guidance
    assert (candidate.origin, candidate.propensity) == (Origin.EXPLOIT, 0.1)
    assert candidate.seed == 2**31 - 1
    assert (candidate.text, candidate.finish, candidate.tokens) == (
        "Því miður 🙂\n",
        Finish.LENGTH,
        9,
    )


def test_candidates_come_in_the_order_shown(database: Database, add_round: AddRound) -> None:
    round_ = database.run(lambda db: add_round(db, "CAB"))
    assert [c.letter for c in round_.candidates] == ["C", "A", "B"]
    with pytest.raises(KeyError):
        round_.candidate("D")


def test_rounds_of_a_conversation_come_in_the_order_asked(
    database: Database, add_round: AddRound
) -> None:
    first = database.run(lambda db: add_round(db, text="one"))
    database.run(lambda db: add_round(db, text="elsewhere"))
    second = database.run(lambda db: add_round(db, text="two", within=first.conversation_id))
    found = database.run(lambda db: db.rounds.of_conversation(first.conversation_id))
    assert found == (first, second)


def test_only_what_was_still_being_written_is_marked_interrupted(
    database: Database, add_round: AddRound
) -> None:
    round_ = database.run(lambda db: add_round(db))

    def leave_half_written(db: Database) -> CandidateId:
        half = db.rounds.add_candidate(
            round_.query_id,
            letter="D",
            place=3,
            guidance=Guidance(),
            origin=Origin.PLAIN,
            propensity=1.0,
            seed=1,
        )
        db.rounds.write_text({half: "Half a"})
        return half

    half = database.run(leave_half_written)
    assert database.run(lambda db: db.rounds.mark_interrupted()) == 1
    found = database.run(lambda db: db.rounds.get(round_.query_id))
    assert [c.finish for c in found.candidates] == [Finish.STOP] * 3 + [Finish.INTERRUPTED]
    assert (found.candidate("D").id, found.candidate("D").text) == (half, "Half a")
    assert database.run(lambda db: db.rounds.mark_interrupted()) == 0


def test_choice_and_skip_can_be_set_and_taken_back(database: Database, add_round: AddRound) -> None:
    round_ = database.run(lambda db: add_round(db))
    chosen = round_.candidate("B").id

    def change(skipped: bool, candidate: CandidateId | None) -> Round:
        def write(db: Database) -> Round:
            db.rounds.set_skipped(round_.query_id, skipped)
            db.rounds.choose(round_.query_id, candidate)
            return db.rounds.get(round_.query_id)

        return database.run(write)

    changed = change(True, chosen)
    assert (changed.skipped, changed.chosen) == (True, chosen)
    assert change(False, None) == round_


def test_ranked_rounds_come_in_the_order_of_their_rankings(
    database: Database, add_round: AddRound
) -> None:
    rounds = [database.run(lambda db: add_round(db)) for _ in range(3)]
    for round_ in (rounds[2], rounds[0]):
        database.run(
            lambda db, r=round_: db.rankings.add(r.query_id, Order((("A",),)), r.candidates, 3.0)
        )
    found = database.run(lambda db: db.rounds.ranked())
    assert [r.query_id for r in found] == [rounds[2].query_id, rounds[0].query_id]


def test_an_unknown_query_is_refused_with_a_remedy(database: Database) -> None:
    with pytest.raises(UsageProblem, match="There is no query 99"):
        database.run(lambda db: db.rounds.get(QueryId(99)))


def test_another_version_of_a_query_starts_a_path_of_its_own_and_nothing_is_lost(
    database: Database,
) -> None:
    def write(db: Database) -> tuple[QueryId, ...]:
        conversation = db.conversations.add("Title", 1.0)
        first = db.rounds.add_query(conversation, "first", 1.0)
        second = db.rounds.add_query(conversation, "second", 2.0)
        third = db.rounds.add_query(conversation, "third", 3.0)
        other = db.rounds.add_query(conversation, "second, edited", 4.0, instead_of=second)
        return first, second, third, other

    first, second, third, other = database.run(write)
    conversation = database.run(lambda db: db.rounds.get(first)).conversation_id

    def shown() -> list[QueryId]:
        rounds = database.run(lambda db: db.rounds.of_conversation(conversation))
        return [round_.query_id for round_ in rounds]

    assert shown() == [first, other]
    assert database.run(lambda db: db.rounds.get(second)).versions == (second, other)
    database.run(lambda db: db.rounds.show_version(second))
    assert shown() == [first, second, third]
    fourth = database.run(lambda db: db.rounds.add_query(conversation, "fourth", 5.0))
    assert shown() == [first, second, third, fourth]
    path = database.run(lambda db: db.rounds.path_to(other))
    assert [round_.query_id for round_ in path] == [first, other], "whatever is shown"


def test_the_first_query_has_versions_too(database: Database) -> None:
    def write(db: Database) -> tuple[QueryId, QueryId]:
        conversation = db.conversations.add("Title", 1.0)
        first = db.rounds.add_query(conversation, "first", 1.0)
        return first, db.rounds.add_query(conversation, "again", 2.0, instead_of=first)

    first, again = database.run(write)
    assert database.run(lambda db: db.rounds.get(again)).versions == (first, again)
