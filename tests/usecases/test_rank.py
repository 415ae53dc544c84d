"""A ranking is on disk before anything learns from it, and undo takes it back entirely."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from plain_personalizer import PlainPersonalizer

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Order, QueryId, Round
from assistant.domain.preferences import parse_order
from assistant.settings import LEARNING
from assistant.usecases.ask import store_query
from assistant.usecases.forget import forget
from assistant.usecases.plan import turns_of
from assistant.usecases.profile import profile, score, set_tag
from assistant.usecases.rank import RankingLearned, RankingSaved, choose_reply, rank, skip
from assistant.usecases.services import Services
from assistant.usecases.undo import undo

MakeServices = Callable[..., Services]
AskRound = Callable[..., Round]
ABC = ("A", "B", "C")


def rank_as(services: Services, round_: Round, text: str) -> RankingSaved:
    steps = list(rank(services, query_id=round_.query_id, order=parse_order(text, ABC)))
    assert isinstance(steps[0], RankingSaved)
    assert isinstance(steps[1], RankingLearned)
    return steps[0]


@pytest.mark.parametrize(
    ("text", "best", "tiers", "rest"),
    [
        ("C>A>B", "C", ((2,), (0,), (1,)), ()),
        ("B>A", "B", ((1,), (0,)), (2,)),
        ("A>B=C", "A", ((0,), (1, 2)), ()),
        ("B", "B", ((1,),), (0, 2)),
        ("none", None, (), (0, 1, 2)),
    ],
)
def test_every_form_of_ranking_is_stored_learned_and_continued_from(
    make_services: MakeServices,
    ask_round: AskRound,
    text: str,
    best: str | None,
    tiers: tuple[tuple[int, ...], ...],
    rest: tuple[int, ...],
) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    asked = ask_round(services)
    saved = rank_as(services, asked, text).round
    assert saved.ranking is not None
    assert saved.ranking.order == parse_order(text, ABC)
    assert saved.chosen == (asked.candidate(best).id if best else None)
    example = learner.examples[asked.query_id]
    assert (example.tiers, example.rest, example.query) == (tiers, rest, asked.text)
    assert [reply.tags for reply in example.replies] == [c.guidance.tags for c in asked.candidates]
    snapshot = services.store.run(lambda db: db.snapshots.active("selector"))
    assert snapshot is not None
    assert snapshot.rankings == 1


def test_the_ranking_is_on_disk_before_anything_learns_from_it(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    asked = ask_round(services)
    steps = rank(services, query_id=asked.query_id, order=parse_order("A", ABC))
    next(steps)
    assert services.store.run(lambda db: db.rankings.count()) == 1
    assert learner.examples == {}


def test_a_newer_ranking_takes_the_place_of_the_older(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    asked = ask_round(services)
    rank_as(services, asked, "A")
    rank_as(services, asked, "C>B>A")
    assert learner.examples[asked.query_id].tiers == ((2,), (1,), (0,))
    assert len(learner.examples) == 1


def test_with_learning_off_nothing_is_learned(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    services.store.run(lambda db: db.settings.set(LEARNING, False))
    saved = rank_as(services, ask_round(services), "A").round
    assert saved.ranking is not None
    assert not saved.ranking.learn
    assert learner.examples == {}
    assert services.store.run(lambda db: db.snapshots.heads()) == ()


def test_agreement_is_the_share_of_pairs_expected(services: Services, ask_round: AskRound) -> None:
    asked = ask_round(services)
    assert asked.expected is not None
    best, middle, worst = (tier[0] for tier in asked.expected.tiers)
    assert rank_as(services, asked, f"{best}>{middle}>{worst}").agreement == 1.0
    assert rank_as(services, asked, f"{worst}>{middle}>{best}").agreement == 0.0
    assert rank_as(services, asked, f"{best}>{worst}>{middle}").agreement == pytest.approx(2 / 3)
    assert rank_as(services, asked, "none").agreement is None


def test_ranking_a_skipped_query_is_an_opinion_after_all(
    services: Services, ask_round: AskRound
) -> None:
    asked = ask_round(services)
    skip(services, query_id=asked.query_id)
    assert services.store.run(lambda db: db.rounds.get(asked.query_id)).skipped
    assert not rank_as(services, asked, "A").round.skipped


def test_a_query_without_replies_cannot_be_ranked(services: Services) -> None:
    query_id = store_query(services, "Why?", None)
    with pytest.raises(UsageProblem, match="no replies yet"):
        list(rank(services, query_id=query_id, order=Order((("A",),))))
    with pytest.raises(UsageProblem, match="There is no query 99"):
        list(rank(services, query_id=QueryId(99), order=Order((("A",),))))


def test_choosing_a_reply_says_nothing_about_preference(
    services: Services, ask_round: AskRound
) -> None:
    asked = ask_round(services)
    round_ = choose_reply(services, query_id=asked.query_id, letter="B")
    assert round_.chosen == asked.candidate("B").id
    assert round_.ranking is None
    with pytest.raises(UsageProblem, match="no reply D"):
        choose_reply(services, query_id=asked.query_id, letter="D")


def test_a_ranking_with_learning_off_takes_the_one_it_supersedes_out_of_the_learners(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    asked = ask_round(services, "How do I relax?")
    rank_as(services, asked, "A>B>C")
    assert asked.query_id in learner.examples
    services.store.run(lambda db: db.settings.set(LEARNING, False))
    rank_as(services, asked, "C>B>A")
    assert asked.query_id not in learner.examples
    undo(services, query_id=asked.query_id)
    assert asked.query_id in learner.examples


def test_skipping_what_is_not_there_is_refused(services: Services) -> None:
    with pytest.raises(UsageProblem):
        skip(services, query_id=QueryId(99))


def test_what_is_ranked_is_not_skipped(services: Services, ask_round: AskRound) -> None:
    asked = ask_round(services)
    before = rank_as(services, asked, "C>B>A").round
    with pytest.raises(UsageProblem, match="undo that first"):
        skip(services, query_id=asked.query_id)
    assert services.store.run(lambda db: db.rounds.get(asked.query_id)) == before


def test_undoing_every_order_of_a_round_leaves_it_as_if_it_had_never_been_ranked(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    asked = ask_round(services)
    for order in ("C>B>A", "none", "B>A=C"):
        rank_as(services, asked, order)
    assert undo(services, query_id=asked.query_id, every=True).round == asked
    assert learner.examples == {}


def test_undoing_an_earlier_round_leaves_the_conversation_as_it_went_on(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services()
    asked = ask_round(services)
    rank_as(services, asked, "C>B>A")
    chosen = rank_as(services, asked, "B>A=C").round.chosen
    services.store.run(lambda db: db.rounds.add_query(asked.conversation_id, "And then?", 9.0))
    undone = undo(services, query_id=asked.query_id, every=True).round
    assert undone.ranking is None
    assert undone.chosen == chosen


def test_undo_leaves_the_round_as_if_it_had_never_been_ranked(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    asked = ask_round(services)
    rank_as(services, asked, "C>B>A")
    undone = undo(services, query_id=asked.query_id)
    assert undone.round == asked
    assert learner.examples == {}
    with pytest.raises(UsageProblem, match="no ranking to take back"):
        undo(services, query_id=asked.query_id)


def test_undo_restores_the_skip_and_the_reply_chosen_by_hand(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services()
    asked = ask_round(services, "How do I relax?")
    skip(services, query_id=asked.query_id)
    before = choose_reply(services, query_id=asked.query_id, letter="C")
    assert before.skipped
    rank_as(services, before, "A>B>C")
    assert undo(services, query_id=asked.query_id).round == before


def test_undo_restores_the_ranking_that_was_superseded(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    asked = ask_round(services)
    before = rank_as(services, asked, "B>A=C").round
    rank_as(services, asked, "none")
    assert undo(services, query_id=asked.query_id).round == before
    assert learner.examples[asked.query_id].tiers == ((1,), (0, 2))


def test_the_score_counts_what_was_expected_before_each_ranking(
    services: Services, ask_round: AskRound
) -> None:
    assert score(services).learned.value is None
    for text in ("{0}>{1}>{2}", "{2}>{1}>{0}", "none", "{0}"):
        asked = ask_round(services)
        assert asked.expected is not None
        letters = [tier[0] for tier in asked.expected.tiers]
        rank_as(services, asked, text.format(*letters))
    found = profile(services)
    assert found.rankings == 4
    assert found.score.learned.n == found.score.unlearned.n == 3 + 3 + 0 + 2
    assert found.score.learned.value == pytest.approx(5 / 8)
    assert found.score.unlearned.value == pytest.approx(1 / 2)
    assert [s["active"] for s in found.snapshots] == [False, False, True]


def test_a_pinned_tag_stays_pinned(services: Services) -> None:
    assert set_tag(services, name="brief", pinned=True).pinned
    assert not set_tag(services, name="Brief", banned=True).pinned


def test_a_conversation_keeps_what_it_went_on_with_when_rankings_are_taken_back(
    services: Services, ask_round: AskRound
) -> None:
    first = ask_round(services, "First?")
    rank_as(services, first, "B>A>C")
    second = ask_round(services, "Second?", conversation_id=first.conversation_id)
    rank_as(services, second, "C>A>B")
    undone = undo(services, query_id=first.query_id).round
    assert undone.chosen == first.candidate("B").id, "a query follows it"
    assert forget(services) == 1
    turns = services.store.run(lambda db: turns_of(db, first.conversation_id))
    replies = [turn.text for turn in turns if turn.role == "assistant"]
    assert replies == [first.candidate("B").text, second.candidate("C").text]
