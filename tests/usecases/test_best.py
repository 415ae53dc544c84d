"""The best of several replies goes on and is shown alone; that is stored, and is no opinion."""

from __future__ import annotations

from dataclasses import replace

import pytest
from makers import AskRound, MakeServices
from plain_personalizer import PlainPersonalizer

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ChildStopped, UsageProblem
from assistant.domain.events import Notice, ReplyText, RoundFinished, RoundStarted
from assistant.domain.model import Order, Origin, Round
from assistant.generation.scripted import ScriptedBackend
from assistant.settings import QUESTIONS, REPLIES, SHOW_BEST, Setting
from assistant.usecases.ask import ask
from assistant.usecases.best import best_of, chance_of_first, promising
from assistant.usecases.examples import example_of
from assistant.usecases.measure import measure
from assistant.usecases.rank import rank
from assistant.usecases.services import Services
from assistant.usecases.undo import undo
from assistant.usecases.unranked import unranked

RANKED = Order((("B",),), ("A", "C"))


def put(services: Services, setting: Setting[bool] | Setting[int], value: object) -> None:
    services.store.run(lambda db: db.settings.set(setting, value))


@pytest.fixture
def choosing(services: Services) -> Services:
    """Services set to show only the best reply."""
    put(services, SHOW_BEST, True)
    return services


def letter_chosen(round_: Round) -> str:
    return next((one.letter for one in round_.candidates if one.id == round_.chosen), "")


def test_the_reply_expected_first_goes_on_and_the_round_waits_to_be_ranked(
    choosing: Services, ask_round: AskRound
) -> None:
    round_ = ask_round(choosing, seed=2)
    assert round_.expected is not None
    assert letter_chosen(round_) == round_.expected.best != "A"  # the first place would be chance
    assert round_.picked
    assert unranked(choosing) == (round_.query_id,)


def test_nothing_learns_from_it_and_nothing_counts_it(
    choosing: Services, ask_round: AskRound
) -> None:
    first = ask_round(choosing)
    ask_round(choosing, conversation_id=first.conversation_id)
    settled = choosing.store.run(lambda db: db.rounds.get(first.query_id))
    assert (settled.chosen, settled.skipped, settled.picked) == (first.chosen, True, False)
    assert example_of(first) is None
    assert example_of(settled) is None
    assert choosing.store.run(lambda db: db.rankings.count()) == 0
    assert choosing.store.run(lambda db: db.rounds.ranked()) == ()


def test_a_ranking_decides_what_goes_on_and_an_undo_brings_the_expected_one_back(
    choosing: Services, ask_round: AskRound
) -> None:
    round_ = ask_round(choosing, seed=2)
    other = next(one for one in "ABC" if one != letter_chosen(round_))
    order = Order(((other,),), tuple(x for x in "ABC" if x != other))
    list(rank(choosing, query_id=round_.query_id, order=order))
    ranked = choosing.store.run(lambda db: db.rounds.get(round_.query_id))
    assert (letter_chosen(ranked), ranked.picked) == (other, False)
    back = undo(choosing, query_id=round_.query_id).round
    assert (back.chosen, back.picked) == (round_.chosen, True)


def test_without_the_setting_no_reply_goes_on_before_it_is_ranked(
    services: Services, ask_round: AskRound
) -> None:
    assert ask_round(services).chosen is None
    assert ask_round(services, best=True).chosen is not None


def test_the_promising_draft_leads_while_they_are_written(choosing: Services) -> None:
    events = list(ask(choosing, text="Why?", cancel=CancelToken()))
    (started,) = [event for event in events if isinstance(event, RoundStarted)]
    lead = promising(started.round.candidates)
    assert lead is not None
    assert started.lead == lead.id
    put(choosing, SHOW_BEST, False)
    events = list(ask(choosing, text="Why?", cancel=CancelToken()))
    assert [event.lead for event in events if isinstance(event, RoundStarted)] == [None]


def test_who_stops_the_writing_keeps_the_reply_that_was_read(choosing: Services) -> None:
    cancel = CancelToken()
    leads = []
    for event in ask(choosing, text="Why?", seed=2, cancel=cancel):
        if isinstance(event, RoundStarted):
            leads.append(event.lead)
        elif isinstance(event, ReplyText) and event.candidate_id == leads[0]:
            cancel.cancel()
        elif isinstance(event, RoundFinished):
            assert event.round.chosen == leads[0]


def test_without_a_prediction_the_promising_reply_goes_on_and_the_cause_is_said(
    make_services: MakeServices,
) -> None:
    learner = PlainPersonalizer(failure=ChildStopped("The learner stopped three times."))
    services = make_services(learner=learner)
    events = list(ask(services, text="Why?", best=True, cancel=CancelToken()))
    assert [e.text for e in events if isinstance(e, Notice)] == ["The learner stopped three times."]
    assert isinstance(events[-1], RoundFinished)
    round_ = events[-1].round
    assert round_.expected is None
    assert round_.chosen == round_.candidates[0].id  # all of this learner's drafts exploit


def test_before_anything_was_learned_that_is_said_once_a_round(choosing: Services) -> None:
    def notices() -> list[str]:
        events = list(ask(choosing, text="Why?", cancel=CancelToken()))
        return [event.text for event in events if isinstance(event, Notice)]

    (said,) = notices()
    assert said.startswith("Nothing was learned about you yet")
    (query_id,) = unranked(choosing)
    assert chance_of_first(choosing, query_id, "A") is None
    list(rank(choosing, query_id=query_id, order=RANKED))
    assert notices() == []
    chances = [chance_of_first(choosing, unranked(choosing)[0], letter) for letter in "ABC"]
    assert sum(chance or 0.0 for chance in chances) == pytest.approx(1.0)


@pytest.mark.parametrize(("wanted", "written"), [(1, 2), (2, 2), (4, 4), (0, 3)])
def test_at_least_two_are_written_to_choose_from(
    choosing: Services, ask_round: AskRound, wanted: int, written: int
) -> None:
    put(choosing, REPLIES, wanted)
    assert len(ask_round(choosing).candidates) == written
    assert len(ask_round(choosing, drafts=wanted).candidates) == written
    assert measure(choosing, text="How?").replies == written


def test_a_number_of_replies_that_cannot_be_is_refused_as_ever(
    choosing: Services, ask_round: AskRound
) -> None:
    for wrong in (-1, 9):
        with pytest.raises(UsageProblem, match="replies can be written"):
            ask_round(choosing, drafts=wrong)


def test_the_rankings_asked_for_in_a_day_do_not_cut_the_choice(
    choosing: Services, ask_round: AskRound
) -> None:
    put(choosing, QUESTIONS, 1)
    assert [len(ask_round(choosing).candidates) for _ in range(3)] == [3, 3, 3]


def test_where_only_the_best_was_shown_no_question_of_the_day_was_asked(
    choosing: Services, ask_round: AskRound
) -> None:
    put(choosing, QUESTIONS, 1)
    first = ask_round(choosing)
    ask_round(choosing, conversation_id=first.conversation_id)  # gone on without a ranking
    put(choosing, SHOW_BEST, False)
    assert [len(ask_round(choosing).candidates) for _ in range(2)] == [3, 1]


def test_of_equal_ones_the_promising_is_the_best_and_an_empty_one_never_is(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ask_round(services)
    a, b, c = round_.candidates
    explored = (replace(a, origin=Origin.EXPLORE), b, c)
    equal = replace(round_, candidates=explored, expected=Order((("A", "B"), ("C",))))
    assert best_of(equal) == b
    empty = replace(
        round_, candidates=(a, replace(b, text=""), c), expected=Order((("B",), ("C",)))
    )
    assert best_of(empty) == c
    unexpected = replace(round_, candidates=explored, expected=None)
    assert best_of(unexpected) == b
    assert best_of(replace(round_, candidates=())) is None


def test_where_nothing_was_written_nothing_goes_on(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    round_ = ask_round(make_services(ScriptedBackend(["", "", ""])), best=True)
    assert (round_.chosen, round_.picked) == (None, False)
