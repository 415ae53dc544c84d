"""How many replies are written when the user leaves it to the program."""

from __future__ import annotations

import pytest
from makers import AskRound

from assistant.domain.model import (
    Candidate,
    CandidateId,
    ConversationId,
    Finish,
    Guidance,
    Order,
    Origin,
    QueryId,
    Ranking,
    RankingId,
    Round,
)
from assistant.domain.preferences import parse_order
from assistant.settings import REPLIES
from assistant.usecases.drafts import win_probability
from assistant.usecases.rank import rank
from assistant.usecases.services import Services


def ranked(order: str, number: int = 1, origins: str = "exe") -> Round:
    """A ranked round; "x" exploits, "p" would but knows of nothing yet, "e" explores."""
    kinds = {"x": Origin.EXPLOIT, "p": Origin.EXPLOIT, "e": Origin.EXPLORE}
    letters = tuple("ABC"[: len(origins)])
    candidates = tuple(
        Candidate(
            CandidateId(i),
            QueryId(number),
            letter,
            i,
            "text",
            1,
            Finish.STOP,
            Guidance(() if origin == "p" else ("Sailing",)),
            kinds[origin],
            1.0,
            1,
        )
        for i, (letter, origin) in enumerate(zip(letters, origins, strict=True))
    )
    found = Ranking(RankingId(number), QueryId(number), parse_order(order, letters), 0.0)
    return Round(QueryId(number), ConversationId(1), "q", 0.0, "m", candidates, found)


def test_too_few_rankings_tell_nothing():
    assert win_probability([ranked("B>A>C", origins="exe")] * 7) is None


@pytest.mark.parametrize(
    ("order", "low", "high"), [("B>A>C", 0.9, 1.0), ("A>B>C", 0, 0.1), ("A=B>C", 0.4, 0.55)]
)
def test_the_share_of_wins_of_the_most_promising_reply_counts(order, low, high):
    assert low <= win_probability([ranked(order, origins="exe")] * 20) <= high


def test_only_the_latest_rankings_count():
    changed = [ranked("B", origins="exe")] * 30 + [ranked("A", origins="exe")] * 20
    assert win_probability(changed) < 0.1


def test_all_bad_is_no_win_and_rounds_without_a_choice_are_left_out():
    assert win_probability([ranked("none", origins="exe")] * 10) < 0.1
    assert win_probability([ranked("A", origins="x")] * 10) is None
    assert win_probability([ranked("A>B>C", origins="eee")] * 10) is None
    assert win_probability([ranked("A>B>C", origins="pee")] * 10) is None


@pytest.mark.parametrize("automatic", [True, False])
def test_fewer_replies_are_written_once_the_best_is_foretold(
    services: Services, ask_round: AskRound, automatic: bool
):
    services.store.run(lambda db: db.settings.set(REPLIES, 0 if automatic else 3))
    written = []
    for number in range(14):
        round_ = ask_round(services, f"query {number}")
        written.append((round_.query_id, len(round_.candidates)))
        if len(round_.candidates) > 1:
            promising = next(c.letter for c in round_.candidates if c.origin is Origin.EXPLOIT)
            list(rank(services, query_id=round_.query_id, order=Order(((promising,),))))
    later = [count for query_id, count in written[9:] if query_id % 5]
    checks = [count for query_id, count in written if query_id % 5 == 0]
    assert set(later) == ({1} if automatic else {3})
    assert set(checks) == {3}
