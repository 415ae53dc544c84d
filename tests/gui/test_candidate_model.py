"""One model for every move."""

from __future__ import annotations

import pytest

from assistant.domain.model import Order
from assistant.domain.preferences import format_order
from assistant.gui.candidate_model import CandidateModel, order_text


@pytest.fixture
def model(qapp) -> CandidateModel:
    made = CandidateModel()
    made.start(("A", "B", "C"))
    return made


def said(model: CandidateModel) -> str:
    order = model.order()
    assert order is not None
    return format_order(order)


def test_nothing_is_said_before_the_first_move(model: CandidateModel) -> None:
    assert model.order() is None
    assert model.letters() == ("A", "B", "C")
    assert model.rank_text("A") == ""


def test_best_says_nothing_about_the_others(model: CandidateModel) -> None:
    model.choose_best("B")
    assert model.order() == Order((("B",),), ("A", "C"))
    assert [model.data(model.index(row)) for row in range(model.rowCount())] == ["B", "A", "C"]


def test_another_best_takes_the_place_of_the_first(model: CandidateModel) -> None:
    model.move("C", 0)
    model.choose_best("B")
    assert said(model) == "B>C>A"


def test_a_move_orders_all_that_are_shown(model: CandidateModel) -> None:
    model.move("C", 0)
    assert said(model) == "C>A>B"
    assert model.announcement("C") == "C, now first of three"


@pytest.mark.parametrize(
    ("side", "order"), [(-1, "A>C>B"), (0, "A>B=C"), (1, "A>B>C")], ids=["before", "on", "behind"]
)
def test_a_drop_goes_before_onto_or_behind(model: CandidateModel, side: int, order: str) -> None:
    model.drop("C", "B", side=side)
    assert said(model) == order


def test_a_shift_leaves_a_tie_before_it_passes_the_neighbour(model: CandidateModel) -> None:
    model.tie("B")
    assert said(model) == "A=B>C"
    assert model.announcement("B") == "B, now first of three, tied with A"
    model.shift("B", 1)
    assert said(model) == "A>B>C"
    model.shift("B", 1)
    assert said(model) == "A>C>B"
    model.shift("B", 1)
    assert said(model) == "A>C>B"


def test_all_bad_is_an_order_without_a_best(model: CandidateModel) -> None:
    model.choose_best("C")
    model.mark_all_bad()
    assert model.order() == Order(rest=("A", "B", "C"))
    assert model.announcement("") == "All replies marked as bad"


def test_only_moves_of_the_user_are_told(model: CandidateModel) -> None:
    told: list[str] = []
    model.ordered.connect(told.append)
    model.show_order(("A", "B", "C"), Order((("C",), ("A", "B"))))
    assert told == []
    model.choose_best("X")
    assert told == []
    model.choose_best("A")
    assert told == ["A"]
    assert said(model) == "A>C>B"


@pytest.mark.parametrize(
    ("order", "text"),
    [
        (None, "–"),
        (Order(rest=("A", "B")), "all bad"),
        (Order((("B",), ("A", "C"))), "B › A = C"),
        (Order((("B",),), ("A", "C")), "B › rest"),
        (Order((("B",),), ("A",)), "B › A"),
    ],
)
def test_an_order_reads_like_a_sentence(order: Order | None, text: str) -> None:
    assert order_text(order) == text
