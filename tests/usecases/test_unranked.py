"""Rounds wait until they are ranked or passed over; the questions of a day are counted."""

from __future__ import annotations

from makers import AskRound

from assistant.domain.preferences import parse_order
from assistant.settings import QUESTIONS
from assistant.usecases.history import delete, set_learn
from assistant.usecases.rank import rank
from assistant.usecases.services import Services
from assistant.usecases.undo import undo
from assistant.usecases.unranked import pass_over, unranked, waiting_round


def test_only_rounds_to_compare_that_are_not_ranked_wait_the_latest_first(
    services: Services, ask_round: AskRound
) -> None:
    first = ask_round(services, "One?")
    ask_round(services, "Only one reply?", drafts=1)
    second = ask_round(services, "Two?", conversation_id=first.conversation_id)
    assert unranked(services) == (second.query_id, first.query_id), "also what was gone on from"
    assert waiting_round(services, query_id=second.query_id).text == "Two?"
    list(rank(services, query_id=first.query_id, order=parse_order("A", ("A", "B", "C"))))
    assert unranked(services) == (second.query_id,)
    undo(services, query_id=first.query_id)
    assert len(unranked(services)) == 2


def test_what_was_passed_over_deleted_or_kept_out_of_learning_does_not_wait(
    services: Services, ask_round: AskRound
) -> None:
    passed, deleted, private = (ask_round(services, text) for text in ("a", "b", "c"))
    pass_over(services, query_id=passed.query_id)
    delete(services, conversation_id=deleted.conversation_id)
    set_learn(services, conversation_id=private.conversation_id, learn=False)
    assert unranked(services) == ()


def test_a_round_that_is_being_written_does_not_wait_yet(
    services: Services, ask_round: AskRound
) -> None:
    asked = ask_round(services, "a")
    services.store.run(lambda db: db.rounds.reopen(asked.candidate("C").id))
    assert unranked(services) == ()
    services.store.run(lambda db: db.rounds.mark_interrupted())
    assert unranked(services) == (asked.query_id,)


def test_after_the_days_questions_one_reply_is_written(
    services: Services, ask_round: AskRound
) -> None:
    services.store.run(lambda db: db.settings.set(QUESTIONS, 2))
    counts = [len(ask_round(services, f"Query {n}?").candidates) for n in range(4)]
    assert counts == [3, 3, 1, 1]
    assert len(ask_round(services, "Show me two.", drafts=2).candidates) == 2


def test_what_was_asked_on_another_day_does_not_count(
    services: Services, ask_round: AskRound
) -> None:
    services.store.run(lambda db: db.settings.set(QUESTIONS, 1))
    earlier = ask_round(services, "Yesterday?")
    two_days = 2 * 86400.0
    services.store.run(
        lambda db: db.tables.execute(
            "UPDATE queries SET created_at = created_at - ? WHERE id = ?",
            [two_days, earlier.query_id],
        )
    )
    assert len(ask_round(services, "Today?").candidates) == 3
    assert len(ask_round(services, "Once more?").candidates) == 1
