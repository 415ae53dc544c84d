"""A copied conversation is one of its own; its rankings and questions stay with the original."""

from __future__ import annotations

import pytest
from makers import AskRound

from assistant.domain.errors import UsageProblem
from assistant.domain.model import ConversationId, Order, Round
from assistant.usecases import history
from assistant.usecases.copy_chat import copy_from, copy_whole
from assistant.usecases.edit_reply import edit_reply
from assistant.usecases.plan import turns_of
from assistant.usecases.rank import RankingLearned, rank
from assistant.usecases.services import Services
from assistant.usecases.unranked import unranked


def three_turns(services: Services, ask_round: AskRound) -> tuple[Round, ...]:
    first = ask_round(services, text="First?", drafts=2)
    where = first.conversation_id
    second = ask_round(services, text="Second?", drafts=2, conversation_id=where)
    list(rank(services, query_id=second.query_id, order=Order((("B",), ("A",)))))
    ask_round(services, text="Third?", drafts=1, conversation_id=where)
    return history.show(services, conversation_id=where).rounds


def turns(services: Services, conversation: ConversationId) -> tuple[object, ...]:
    return services.store.run(lambda db: turns_of(db, conversation))


def test_the_copy_has_all_up_to_the_turn_and_goes_on_alone(
    services: Services, ask_round: AskRound
) -> None:
    rounds = three_turns(services, ask_round)
    original = rounds[0].conversation_id
    edit_reply(services, query_id=rounds[0].query_id, letter="A", text="Mine.")
    before = turns(services, original)
    copy = copy_from(services, query_id=rounds[1].query_id)
    assert copy.title == "First? (copy)"
    shown = history.show(services, conversation_id=copy.id).rounds
    assert [one.text for one in shown] == ["First?", "Second?"]
    assert turns(services, copy.id) == before
    assert shown[0].candidate("A").said == "Mine."
    ask_round(services, text="Another way?", drafts=1, conversation_id=copy.id)
    edit_reply(services, query_id=shown[0].query_id, letter="A", text="Another.")
    assert turns(services, original) == before


def test_the_copy_goes_on_with_the_reply_it_was_made_from(
    services: Services, ask_round: AskRound
) -> None:
    rounds = three_turns(services, ask_round)
    edit_reply(services, query_id=rounds[1].query_id, letter="A", text="Mine.")
    copy = copy_from(services, query_id=rounds[1].query_id, letter="A", version=0)
    last = history.show(services, conversation_id=copy.id).rounds[-1]
    assert last.chosen == last.candidate("A").id
    assert last.candidate("A").said == rounds[1].candidate("A").text
    assert last.candidate("A").edits == ("Mine.",)


def test_nothing_is_learned_or_asked_twice(services: Services, ask_round: AskRound) -> None:
    rounds = three_turns(services, ask_round)
    waiting = unranked(services)
    learned = services.store.run(lambda db: db.rounds.ranked())
    copy_from(services, query_id=rounds[1].query_id)
    assert unranked(services) == waiting
    assert services.store.run(lambda db: db.rounds.ranked()) == learned
    asked = services.store.run(lambda db: db.unranked.asked_since(0.0, rounds[2].query_id + 99))
    assert asked == 2


def test_the_copy_outlives_the_original(services: Services, ask_round: AskRound) -> None:
    rounds = three_turns(services, ask_round)
    copy = copy_whole(services, conversation_id=rounds[0].conversation_id)
    history.delete(services, conversation_id=rounds[0].conversation_id)
    services.store.run(lambda db: db.conversations.purge(1e12))
    shown = history.show(services, conversation_id=copy.id)
    assert [one.text for one in shown.rounds] == ["First?", "Second?", "Third?"]
    assert {hit.conversation.id for hit in history.find(services, text="Second?")} == {copy.id}


def test_what_is_not_there_is_not_copied(services: Services, ask_round: AskRound) -> None:
    round_ = ask_round(services)
    with pytest.raises(UsageProblem, match="no query 99"):
        copy_from(services, query_id=99)
    with pytest.raises(UsageProblem, match="no reply H"):
        copy_from(services, query_id=round_.query_id, letter="H")
    assert len(history.list_conversations(services)) == 1


def test_the_same_replies_ranked_in_the_original_and_in_the_copy_are_learned_from_once(
    services: Services, ask_round: AskRound
) -> None:
    rounds = three_turns(services, ask_round)
    copy = copy_from(services, query_id=rounds[1].query_id)
    first, second = history.show(services, conversation_id=copy.id).rounds
    *_, learned = rank(services, query_id=second.query_id, order=Order((("A",), ("B",))))
    assert isinstance(learned, RankingLearned)
    assert learned.updated == (), "its original is ranked"
    again = services.store.run(lambda db: db.rounds.get(second.query_id)).ranking
    assert again is not None
    assert not again.learn
    *_, learned = rank(services, query_id=first.query_id, order=Order((("A",), ("B",))))
    assert isinstance(learned, RankingLearned)
    assert learned.updated, "nobody ranked the original"
    *_, learned = rank(services, query_id=rounds[0].query_id, order=Order((("A",), ("B",))))
    assert isinstance(learned, RankingLearned)
    assert learned.updated == ()
