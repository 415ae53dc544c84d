"""How sure the program may be of its own guesses."""

from __future__ import annotations

import random
from math import log

import pytest

from assistant.domain.certainty import UNTRIED, Certainty
from assistant.domain.model import Order
from assistant.domain.preferences import parse_order

THREE = ("A", "B", "C")
CLEAR = {"A": 2.0, "B": 0.0, "C": -2.0}


def after(orders: list[str]) -> Certainty:
    found = UNTRIED
    for order in orders:
        found = found.after(parse_order(order, THREE), CLEAR)
    return found


def test_chances_add_up_and_follow_the_utilities() -> None:
    chances = UNTRIED.chances_of_first(CLEAR)
    assert sum(chances.values()) == pytest.approx(1.0)
    assert chances["A"] > chances["B"] > chances["C"]
    assert UNTRIED.chances_of_first({}) == {}
    even = UNTRIED.chances_of_first({"A": 1000.0, "B": 1000.0})
    assert even == pytest.approx({"A": 0.5, "B": 0.5})


def test_guesses_that_come_true_make_it_surer_and_others_less_sure() -> None:
    before = UNTRIED.chances_of_first(CLEAR)["A"]
    assert after(["A>B>C"] * 15).chances_of_first(CLEAR)["A"] > before + 0.1
    wrong = after(["C>B>A", "B>C>A", "A>B>C"] * 8).chances_of_first(CLEAR)["A"]
    assert 1 / 3 < wrong < before


def test_what_states_no_preference_changes_nothing() -> None:
    for order in (Order(rest=THREE), Order(tiers=(THREE,))):
        assert UNTRIED.after(order, CLEAR).chances_of_first(CLEAR) == pytest.approx(
            UNTRIED.chances_of_first(CLEAR)
        )


def test_a_guess_that_was_wrong_by_far_makes_it_less_sure_and_harms_nothing() -> None:
    found = UNTRIED.after(parse_order("A>B", ("A", "B")), {"A": 0.0, "B": 1e6})
    chances = found.chances_of_first(CLEAR)
    assert sum(chances.values()) == pytest.approx(1.0)
    assert 1 / 3 < chances["A"] < UNTRIED.chances_of_first(CLEAR)["A"]


@pytest.mark.parametrize("factor", [0.1, 0.5])
def test_after_many_rankings_chances_are_right_whatever_the_size_of_the_utilities(
    factor: float,
) -> None:
    chance, found = random.Random(3), UNTRIED
    right = said = 0.0
    for turn in range(400):
        utilities = {x: chance.gauss(0, 2) for x in THREE}
        felt = {x: factor * u - log(-log(chance.random())) for x, u in utilities.items()}
        order = Order(tiers=tuple((x,) for x in sorted(felt, key=lambda x: -felt[x])))
        if turn >= 100:
            chances = found.chances_of_first(utilities)
            best = max(chances, key=lambda x: chances[x])
            said, right = said + chances[best], right + (order.best == best)
        found = found.after(order, utilities)
    assert said == pytest.approx(right, abs=30)  # of 300
