"""The methods of the tag experiments, each behind the same seam."""

from __future__ import annotations

import pytest
from tag_makers import small_task

from assistant.evaluation.tager import run_user
from assistant.evaluation.tager_baselines import (
    Frequency,
    Population,
    Random,
    Retrieval,
    pairs_of,
)
from assistant.evaluation.tager_no_query import OursWithoutQueries
from assistant.evaluation.tager_ours import Ours

ALL = (Random, Retrieval, Frequency, Population, Ours, OursWithoutQueries)


@pytest.mark.parametrize("make", ALL)
def test_a_draft_has_its_interests_and_one_style_of_each_pair(make):
    task = small_task(pairs=1, interactions=10)
    for tags in make(task, 1).propose(task.train[0], 3):
        assert len([tag for tag in tags if tag < 20]) == len(set(tags)) - 1 == 3
        assert len([tag for tag in tags if tag >= 20]) == 1


@pytest.mark.parametrize("make", ALL)
def test_new_tags_are_used_only_from_the_moment_the_library_grows(make):
    task = small_task(library=10, grow_after=3, grow_to=20, interactions=6)
    method = make(task, 1)
    assert max(tag for q in task.train for t in method.propose(q, 3) for tag in t) < 10
    method.grow(20)
    assert max(tag for q in task.train for t in method.propose(q, 3) for tag in t) >= 10


def test_counting_prefers_the_tags_of_winners():
    method = Frequency(small_task(), 1)
    for _ in range(4):
        method.learn(0, [(1, 2, 3), (4, 5, 6)], ((1,), (0,)))
    assert set(method.top(0, 3)) == {4, 5, 6}


def test_retrieval_names_the_tags_nearest_to_the_query():
    task = small_task()
    cosines = task.tag_vectors @ task.query_vectors[0]
    assert cosines[list(Retrieval(task, 1).top(0, 3))].min() >= sorted(cosines)[-3] - 1e-6


def test_a_population_is_the_same_for_every_query_and_learns_nothing_of_the_user():
    method = Population(small_task(), 1)
    before = method.top(0, 5)
    method.learn(0, [(1, 2, 3), (4, 5, 6)], ((1,), (0,)))
    assert method.top(7, 5) == before


def test_pairs_of_tiers_leave_ties_out():
    assert pairs_of(((1, 2), (0,))) == [(1, 0), (2, 0)]


def test_the_selector_blind_to_queries_names_the_same_tags_for_all():
    task = small_task(interactions=10)
    method = OursWithoutQueries(task, 1)
    method.learn(task.train[0], [(1, 2, 3), (4, 5, 6)], ((1,), (0,)))
    assert len({method.top(query, 3) for query in task.test}) == 1
    assert run_user(task, OursWithoutQueries, 1, 0).points
