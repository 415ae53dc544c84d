"""The course of the score: enough rankings or none, the newest ones at its end."""

from __future__ import annotations

from makers import AskRound

from assistant.domain.model import Order, RankingId
from assistant.usecases.guesses import POINTS, WINDOW, Guess, course, guesses
from assistant.usecases.profile import profile
from assistant.usecases.rank import rank
from assistant.usecases.services import Services


def guess(at: int, right: float) -> Guess:
    return Guess(RankingId(at), 2, right, 1.0)


def test_every_ranking_is_compared_with_what_was_expected(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ask_round(services)
    best = round_.candidates[0].letter
    rest = tuple(c.letter for c in round_.candidates[1:])
    assert list(rank(services, query_id=round_.query_id, order=Order(((best,),), rest)))
    (found,) = guesses(services)
    assert (found.pairs, found.unlearned) == (2, 1.0)  # a tie counts half of each pair
    assert 0 <= found.learned <= 2


def test_a_ranking_made_after_the_best_was_picked_out_does_not_count_for_the_score(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ask_round(services, best=True)
    order = Order(tuple((candidate.letter,) for candidate in round_.candidates))
    for _ in range(2):  # nor does ranking once more make it blind
        assert list(rank(services, query_id=round_.query_id, order=order))
    assert guesses(services) == ()
    assert profile(services).score.learned.n == 0


def test_ranking_once_more_leaves_a_blind_round_blind(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ask_round(services)
    order = Order(tuple((candidate.letter,) for candidate in round_.candidates))
    for _ in range(2):
        assert list(rank(services, query_id=round_.query_id, order=order))
    assert len(guesses(services)) == 1


def test_how_sure_it_was_is_counted_by_what_was_known_before_each_ranking(
    services: Services, ask_round: AskRound
) -> None:
    for _ in range(4):
        round_ = ask_round(services)
        order = Order(tuple((candidate.letter,) for candidate in round_.candidates))
        assert list(rank(services, query_id=round_.query_id, order=order))
    sure = profile(services).sure
    assert 0 < sure.rankings <= 4  # replies that were expected to be alike are no guess
    assert 0 <= sure.came_first <= sure.rankings
    assert sure.rankings / 3 <= sure.said < sure.rankings


def test_too_few_rankings_have_no_course() -> None:
    assert course(tuple(guess(at, 2.0) for at in range(WINDOW - 1))) == ()


def test_the_course_ends_with_the_newest_rankings() -> None:
    found = course(tuple(guess(at, 0.0 if at < 100 else 2.0) for at in range(100 + WINDOW)))
    assert len(found) == POINTS
    assert (found[0].rankings, found[-1].rankings) == (WINDOW, 100 + WINDOW)
    assert (found[0].learned.value, found[-1].learned.value) == (0.0, 1.0)
    assert found[0].unlearned.value == 0.5
