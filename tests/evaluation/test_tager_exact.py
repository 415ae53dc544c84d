"""The ceiling of the tag experiments: an exact posterior that knows more than a program can."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from tag_makers import small_task

from assistant.domain.errors import UsageProblem
from assistant.evaluation.tager import run_user
from assistant.evaluation.tager_exact import Exact
from assistant.evaluation.users import RELEVANCE


def test_its_probabilities_are_those_of_bayes_rule():
    task = small_task(library=8, tags=2)
    exact, query = Exact(task, 1), task.train[0]
    drafts = [(0, 1), (2, 3), (4, 5)]
    exact.learn(query, drafts, ((1,), (0,), (2,)))
    near = [
        sum(RELEVANCE) / 2 * (task.tag_vectors[list(d)] @ task.query_vectors[query]).sum()
        for d in drafts
    ]
    share = {}
    for liked in itertools.combinations(range(8), 2):
        u = [2.0 * len(set(liked) & set(d)) + x for d, x in zip(drafts, near, strict=True)]
        e = np.exp(u)
        share[liked] = e[1] / e.sum() * e[0] / (e[0] + e[2])
    wanted = [sum(p for liked, p in share.items() if tag in liked) for tag in range(8)]
    np.testing.assert_allclose(exact.liked(""), np.array(wanted) / sum(share.values()), rtol=1e-5)


def test_it_finds_what_is_liked_and_finds_it_again_after_a_change():
    plain = run_user(small_task(), Exact, 1, 0)
    assert plain.points[-1].accuracy == 1
    changed = run_user(small_task(interactions=80, change_after=40, beta=3.0), Exact, 1, 0)
    accuracy = {point.interactions: point.accuracy for point in changed.points}
    assert accuracy[40] < accuracy[80] == 1


def test_it_finds_the_one_new_tag_that_is_liked():
    grown = small_task(interactions=80, grow_after=40, grow_to=26, beta=3.0)
    points = {point.interactions: point for point in run_user(grown, Exact, 1, 0).points}
    assert points[40].new_tag < points[80].new_tag == 1
    assert points[80].accuracy == 1


def test_users_with_topics_are_refused():
    with pytest.raises(UsageProblem, match="plain set-ups"):
        Exact(small_task(contextual=1), 1)


def test_too_many_sets_are_refused():
    with pytest.raises(UsageProblem, match="too many sets"):
        Exact(small_task(library=30, tags=8), 1)
