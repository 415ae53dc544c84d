"""Shares come with the right value and an honest interval."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.statistics import Share, share_of_groups

groups_of_pairs = st.lists(
    st.integers(1, 6).flatmap(lambda n: st.tuples(st.integers(0, n).map(float), st.just(n))),
    min_size=1,
    max_size=8,
)


def test_nothing_counted_is_no_share() -> None:
    assert share_of_groups([]) == Share(None, 0, None, None)


@settings(max_examples=25, deadline=None)
@given(groups_of_pairs)
def test_the_interval_holds_the_range_of_shares(groups: list[tuple[float, int]]) -> None:
    share = share_of_groups(groups)
    assert share.value == pytest.approx(sum(s for s, _ in groups) / sum(n for _, n in groups))
    assert share.n == sum(n for _, n in groups)
    assert share.low is not None
    assert share.high is not None
    assert 0.0 <= share.low <= share.high <= 1.0


def test_equal_input_gives_equal_output() -> None:
    groups = [(1.0, 3), (2.0, 3), (0.5, 1)]
    assert share_of_groups(groups) == share_of_groups(groups)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    chance, covered = random.Random(3), 0
    for _ in range(60):
        groups = [(float(sum(chance.random() < 0.7 for _ in range(3))), 3) for _ in range(40)]
        share = share_of_groups(groups)
        assert share.low is not None
        assert share.high is not None
        covered += share.low <= 0.7 <= share.high
    assert covered >= 50  # 95 % of 60 is 57


def test_more_groups_give_a_narrower_interval() -> None:
    few = share_of_groups([(1.0, 1), (0.0, 1)] * 5)
    many = share_of_groups([(1.0, 1), (0.0, 1)] * 100)
    assert few.high is not None
    assert few.low is not None
    assert many.high is not None
    assert many.low is not None
    assert many.high - many.low < (few.high - few.low) / 2
