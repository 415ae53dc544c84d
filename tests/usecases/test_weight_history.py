"""Looking back: the weights after the first lessons, the last look being what is known now."""

from __future__ import annotations

from makers import AskRound

from assistant.domain.model import Order
from assistant.usecases.rank import rank
from assistant.usecases.services import Services
from assistant.usecases.weight_history import POINTS, moment, moments


def teach(services: Services, ask_round: AskRound, count: int) -> None:
    for _ in range(count):
        round_ = ask_round(services)
        assert list(rank(services, query_id=round_.query_id, order=Order((("A",),), ("B", "C"))))


def test_one_looks_back_from_nothing_to_everything(services: Services, ask_round: AskRound) -> None:
    assert moments(services) == (0,)
    teach(services, ask_round, 3)
    assert moments(services) == (0, 1, 2, 3)
    assert moment(services, lessons=2).weights[0].weight == 2.0


def test_many_lessons_are_looked_at_in_steps(services: Services) -> None:
    services.store.run(lambda db: db.lessons.add("import:ab", [{"n": n} for n in range(500)], 1.0))
    found = moments(services)
    assert len(found) == POINTS
    assert (found[0], found[-1]) == (0, 500)
