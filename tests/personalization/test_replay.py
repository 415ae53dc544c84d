"""The published schedule: how many interactions, which of them in each epoch, which pairs."""

from __future__ import annotations

import pytest

from assistant.personalization.learner import Example, Reply
from assistant.personalization.replay import (
    PUBLISHED,
    Pair,
    Schedule,
    epoch_batches,
    pairs_of,
    published_schedule,
)

SMALL = Schedule(buffer=4, epochs=3, fresh=2, batches=2, batch_size=5, entropy=0.0)


def ranking(number: int) -> Example:
    replies = tuple(Reply((f"{number}{letter}",)) for letter in "abc")
    return Example(number, f"query {number}", replies, ((1,), (0,), (2,)))


@pytest.mark.parametrize(("library", "interactions"), [(20, 67), (50, 112), (100, 164)])
def test_the_published_epochs_end_with_the_published_interactions(library, interactions):
    schedule = PUBLISHED[library]
    assert schedule.known(schedule.epochs) == interactions
    assert schedule.epochs_due(interactions) == schedule.epochs
    assert schedule.epochs_due(interactions - 1) == schedule.epochs - 1
    assert schedule.epochs_due(10 * interactions) == schedule.epochs


def test_nothing_is_trained_before_the_buffer_is_full():
    assert [SMALL.epochs_due(n) for n in (0, 3, 4, 5, 6, 8, 100)] == [0, 0, 1, 1, 2, 3, 3]


@pytest.mark.parametrize(
    ("library", "fitting"), [(5, 20), (21, 50), (50, 50), (100, 100), (900, 100)]
)
def test_a_library_takes_the_schedule_of_the_next_larger_published_one(library, fitting):
    assert published_schedule(library) is PUBLISHED[fitting]


def test_a_full_order_of_three_states_three_pairs():
    assert pairs_of(ranking(0)) == (
        Pair("query 0", ("0b",), ("0a",)),
        Pair("query 0", ("0b",), ("0c",)),
        Pair("query 0", ("0a",), ("0c",)),
    )


def test_ties_and_all_bad_state_no_pair():
    replies = tuple(Reply((letter,)) for letter in "abc")
    assert pairs_of(Example(0, "q", replies, ())) == ()
    assert pairs_of(Example(0, "q", replies, ((0, 1, 2),))) == ()
    best_only = pairs_of(Example(0, "q", replies, ((2,),), (0, 1)))
    assert [(pair.winner, pair.loser) for pair in best_only] == [(("c",), ("a",)), (("c",), ("b",))]


def test_an_epoch_sees_the_latest_interactions_only():
    rankings = [ranking(number) for number in range(8)]
    for epoch, seen in enumerate([range(4), range(2, 6), range(4, 8)]):
        batches = epoch_batches(SMALL, rankings, epoch, seed=1)
        assert [len(batch) for batch in batches] == [5, 5]
        assert {pair.query for batch in batches for pair in batch} <= {f"query {i}" for i in seen}


def test_no_pair_comes_twice_in_one_batch_and_a_small_buffer_makes_small_batches():
    rankings = [ranking(number) for number in range(4)]
    wide = Schedule(buffer=4, epochs=1, fresh=1, batches=3, batch_size=50, entropy=0.0)
    for batch in epoch_batches(wide, rankings, 0, seed=1):
        assert len(batch) == len(set(batch)) == 12


def test_what_an_epoch_sees_does_not_depend_on_what_came_later():
    few, many = [ranking(n) for n in range(4)], [ranking(n) for n in range(8)]
    assert epoch_batches(SMALL, few, 0, seed=3) == epoch_batches(SMALL, many, 0, seed=3)
    assert epoch_batches(SMALL, few, 0, seed=3) != epoch_batches(SMALL, few, 0, seed=4)


def test_a_buffer_without_pairs_gives_no_batches():
    bad = [Example(n, "q", (Reply(("a",)), Reply(("b",))), ()) for n in range(4)]
    assert epoch_batches(SMALL, bad, 0, seed=1) == []
