"""Simulated users: what they like, and that their orders follow it."""

from __future__ import annotations

import numpy as np
import pytest
from tag_makers import small_task

from assistant.evaluation.users import SimulatedUser


def test_the_same_seed_gives_the_same_user_and_the_same_orders():
    task = small_task()
    first, second = SimulatedUser(task, 4), SimulatedUser(task, 4)
    sets = [(0, 1, 2), (3, 4, 5), (6, 7, 8)]
    assert first.liked(0) == second.liked(0)
    assert [first.rank(q, sets) for q in range(9)] == [second.rank(q, sets) for q in range(9)]


def test_a_draft_with_a_liked_tag_wins_as_often_as_plackett_luce_says():
    task = small_task(beta=1.0)
    wins = 0
    for seed in range(600):
        user = SimulatedUser(task, seed)
        liked = min(user.liked(0))
        other = next(i for i in range(20) if i not in user.liked(0))
        judged = user.rank(0, [(liked,), (other,)])
        gap = judged.utilities[0] - judged.utilities[1]
        wins += (judged.order[0] == (0,)) - 1 / (1 + np.exp(-gap))
    assert abs(wins) < 3 * np.sqrt(600 / 4)


def test_each_liked_tag_adds_beta():
    task = small_task(beta=2.0, library=30)
    user = SimulatedUser(task, 1)
    user._relevance = 0.0  # the only other part of the utility
    tags = sorted(user.liked(3))
    assert user.utility(3, tags) == pytest.approx(6.0)


def test_all_liked_tags_but_one_change_at_the_turn():
    user = SimulatedUser(small_task(change_after=5), 2)
    before = user.liked(0)
    user.moment = 5
    assert len(before & user.liked(0)) == 1
    assert len(user.liked(0)) == 3


def test_with_a_grown_library_one_new_tag_is_liked_besides():
    user = SimulatedUser(small_task(grow_after=5, grow_to=30), 2)
    before = user.liked(0)
    user.moment = 5
    assert len(before) == 2
    assert before < user.liked(0)
    assert max(user.liked(0)) >= 20


def test_contextual_users_like_other_tags_with_other_topics():
    user = SimulatedUser(small_task(contextual=True), 2)
    assert user.liked(0) == user.liked(3)
    assert user.liked(0) != user.liked(1)


def test_one_style_of_each_pair_is_liked():
    user = SimulatedUser(small_task(pairs=1), 2)
    assert len(user.styles) == 1
    assert user.styles <= {20, 21}
