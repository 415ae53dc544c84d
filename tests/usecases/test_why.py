"""What stands behind a weight, as the user said it."""

from __future__ import annotations

from makers import AskRound, MakeServices

from assistant.domain.preferences import format_order, parse_order
from assistant.usecases.rank import rank
from assistant.usecases.why import rankings_behind


def test_rankings_are_told_in_the_order_asked_for(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services()
    ids = []
    for text, order in (("How do I sail?", "B>A>C"), ("What is a keel?", "C")):
        round_ = ask_round(services, text)
        for _ in rank(services, query_id=round_.query_id, order=parse_order(order, "ABC")):
            pass
        ranking = services.store.run(lambda db, q=round_.query_id: db.rounds.get(q)).ranking
        assert ranking is not None
        ids.append(ranking.id)
    found = rankings_behind(services, rankings=[ids[1], 999, ids[0]])
    told = [(one.query, format_order(one.order)) for one in found]
    assert told == [("What is a keel?", "C"), ("How do I sail?", "B>A>C")]
