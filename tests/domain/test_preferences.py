"""An order typed is the order meant, and states exactly the pairs it should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Order
from assistant.domain.preferences import (
    agreement,
    format_order,
    order_by_utility,
    parse_order,
    preferences_of,
)

LETTERS = ("A", "B", "C", "D")


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Any order of four replies: total, partial, tied, best only, all bad."""
    levels = {letter: draw(st.integers(0, 4)) for letter in draw(st.permutations(LETTERS))}
    tiers = tuple(
        tuple(letter for letter in levels if levels[letter] == level) for level in range(1, 5)
    )
    rest = tuple(letter for letter in LETTERS if levels[letter] == 0)
    return Order(tuple(tier for tier in tiers if tier), rest)


utilities_of_all = st.fixed_dictionaries(
    {letter: st.floats(-5, 5, allow_subnormal=False) for letter in LETTERS}
)


@given(orders())
def test_an_order_formatted_and_parsed_is_the_same_order(order: Order) -> None:
    assert parse_order(format_order(order), LETTERS) == order


@given(orders())
def test_capitals_and_spaces_do_not_matter(order: Order) -> None:
    typed = " ".join(format_order(order).lower())
    assert parse_order(typed, LETTERS) == order


@given(orders())
def test_no_pair_is_stated_both_ways_or_of_a_reply_with_itself(order: Order) -> None:
    pairs = preferences_of(order)
    assert len(set(pairs)) == len(pairs)
    assert not {(loser, winner) for winner, loser in pairs} & set(pairs)


@given(orders())
def test_pairs_are_transitive(order: Order) -> None:
    pairs = set(preferences_of(order))
    assert all((a, d) in pairs for a, b in pairs for c, d in pairs if b == c)


@given(utilities_of_all)
def test_the_order_of_utilities_agrees_with_them_fully(utilities: dict[str, float]) -> None:
    order = order_by_utility(utilities)
    assert sorted(letter for tier in order.tiers for letter in tier) == list(LETTERS)
    assert agreement(order, utilities) in (None, 1.0)


@given(orders(), utilities_of_all)
def test_agreement_with_opposite_utilities_is_the_complement(
    order: Order, utilities: dict[str, float]
) -> None:
    share = agreement(order, utilities)
    opposite = agreement(order, {letter: -u for letter, u in utilities.items()})
    if share is None:
        assert opposite is None
    else:
        assert opposite is not None
        assert share + opposite == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "tiers", "rest"),
    [
        ("B>A=C>D", (("B",), ("A", "C"), ("D",)), ()),
        ("C", (("C",),), ("A", "B", "D")),
        ("d > b", (("D",), ("B",)), ("A", "C")),
        ("none", (), LETTERS),
        ("A=B=C=D", (LETTERS,), ()),
    ],
)
def test_every_form_of_ranking_can_be_typed(
    text: str, tiers: tuple[tuple[str, ...], ...], rest: tuple[str, ...]
) -> None:
    assert parse_order(text, LETTERS) == Order(tiers, rest)


@pytest.mark.parametrize("text", ["", "  ", ">", "A>", "=B", "A>>B", "E", "A>A", "AB", "A<B", "1"])
def test_what_cannot_be_read_is_refused_with_the_letters_there_are(text: str) -> None:
    with pytest.raises(UsageProblem, match="A, B, C, D"):
        parse_order(text, LETTERS)


def test_best_only_states_that_it_beats_each_other_and_nothing_more() -> None:
    assert preferences_of(parse_order("B", ("A", "B", "C"))) == (("B", "A"), ("B", "C"))


def test_ties_state_no_pair_between_them() -> None:
    assert set(preferences_of(parse_order("B>A=C", ("A", "B", "C")))) == {("B", "A"), ("B", "C")}


@pytest.mark.parametrize("text", ["none", "A=B=C"])
def test_all_bad_and_all_tied_state_nothing(text: str) -> None:
    order = parse_order(text, ("A", "B", "C"))
    assert preferences_of(order) == ()
    assert agreement(order, {"A": 1.0, "B": 0.0, "C": 2.0}) is None


def test_an_equal_pair_counts_one_half() -> None:
    order = parse_order("A>B>C", ("A", "B", "C"))
    assert agreement(order, {"A": 1.0, "B": 1.0, "C": 0.0}) == pytest.approx(2.5 / 3)


def test_the_best_is_the_first_of_the_first_tier_and_none_if_all_are_bad() -> None:
    assert parse_order("C=B>A", ("A", "B", "C")).best == "C"
    assert parse_order("none", ("A", "B", "C")).best is None
    assert parse_order("none", ("A", "B", "C")).all_bad
