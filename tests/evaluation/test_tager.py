"""One method meets simulated users, and many do, resumably."""

from __future__ import annotations

import pytest
from tag_makers import small_task

from assistant.domain.errors import UsageProblem
from assistant.evaluation.tag_task import Setup
from assistant.evaluation.tager import points_of, run_user
from assistant.evaluation.tager_baselines import Random
from assistant.evaluation.tager_methods import METHODS, method_of
from assistant.evaluation.tager_ours import Ours
from assistant.evaluation.tager_runs import Curve, interval, run_users


class Knowing(Random):
    """Proposes by chance and always names the same tags."""

    def top(self, query, k):
        return tuple(range(k))


def test_runs_are_measured_at_the_published_points_the_end_and_after_a_turn():
    assert points_of(Setup(interactions=50)) == (10, 20, 30, 45, 50)
    assert points_of(Setup(interactions=60, change_after=50)) == (10, 20, 30, 45, 50, 55, 60)


def test_the_same_seed_gives_the_same_run():
    task = small_task()
    assert run_user(task, Ours, 1, 2).points == run_user(task, Ours, 1, 2).points


def test_accuracy_is_the_share_of_liked_tags_among_those_selected():
    task = small_task(library=4, tags=3, drafts=2, interactions=1)
    run = run_user(task, Knowing, 1, 0)
    assert run.points[-1].accuracy in (pytest.approx(2 / 3), 1.0)


def test_the_best_shown_draft_is_worth_at_least_the_mean_one():
    point = run_user(small_task(), Ours, 1, 0).points[-1]
    assert point.best >= point.shown


def test_our_selector_finds_strong_tastes_that_chance_does_not():
    task = small_task(beta=3.0)
    ours = [run_user(task, Ours, 1, n).points[-1].accuracy for n in range(5)]
    chance = [run_user(task, Random, 1, n).points[-1].accuracy for n in range(5)]
    assert min(ours) > max(chance)


def test_a_stopped_experiment_goes_on_where_it_stopped(tmp_path):
    task = small_task(interactions=10)

    def curve(users):
        steps = list(run_users(task, "random", users=users, seed=3, kept=tmp_path, jobs=1))
        assert isinstance(steps[-1], Curve)
        return steps

    curve(2)
    (file,) = tmp_path.iterdir()
    kept = file.read_text(encoding="utf-8")
    file.write_text(kept + '{"user": 2, "poi', encoding="utf-8")  # cut off by a crash
    resumed = curve(3)
    assert resumed[0].done == 2
    fresh = list(run_users(task, "random", users=3, seed=3, kept=tmp_path / "other", jobs=1))
    assert resumed[-1].points == fresh[-1].points


def test_another_seed_is_another_experiment(tmp_path):
    for seed in (1, 2):
        list(
            run_users(
                small_task(interactions=10), "random", users=1, seed=seed, kept=tmp_path, jobs=1
            )
        )
    assert len(list(tmp_path.iterdir())) == 2


def test_the_interval_holds_the_mean_and_narrows_with_users():
    few, many = interval([0.0, 1.0] * 5), interval([0.0, 1.0] * 50)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
    assert interval([0.4] * 9) == (pytest.approx(0.4), pytest.approx(0.4))


def test_an_unknown_method_is_refused_with_those_there_are():
    with pytest.raises(UsageProblem, match="ours, ours-no-query, exact, random"):
        method_of("best")


def test_every_method_names_the_text_that_its_results_belong_to():
    versions = {known.version for known in METHODS.values()}
    assert len(METHODS["ours"].version) == 12
    assert METHODS["ours"].version != METHODS["random"].version
    assert len(versions) >= 4
