"""What the gate lets through: nothing broken, nothing worse, nothing that only looks new."""

from __future__ import annotations

import math

import pytest

from assistant.personalization.gate import (
    ENOUGH,
    LARGEST_CHANGE,
    TRIAL_ROUNDS,
    Trained,
    chance_of_no_gain,
    held_out,
    judge,
    loops,
    trial_verdict,
)

SOUND = Trained({"norm": 0.05, "loss_last": 0.5}, ("keep it short", "answer first"))


def test_about_a_fifth_of_the_queries_is_held_out_and_stays_so():
    kept = [held_out(query, "salt") for query in range(5000)]
    assert 0.18 < sum(kept) / len(kept) < 0.22
    assert kept == [held_out(query, "salt") for query in range(5000)]


def test_another_data_file_holds_out_other_queries():
    assert [held_out(q, "one") for q in range(200)] != [held_out(q, "two") for q in range(200)]


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_numbers_that_are_not_finite_are_refused_however_good(value: float):
    verdict = judge(Trained({"norm": value}, SOUND.samples), [1.0] * 30, [0.0] * 30)
    assert not verdict.accepted
    assert "finite" in verdict.reason


def test_an_adapter_that_changes_too_much_is_refused():
    verdict = judge(Trained({"norm": LARGEST_CHANGE * 2}, ()), [1.0] * 30, [0.0] * 30)
    assert not verdict.accepted


@pytest.mark.parametrize("text", ["", "  ", "be brief " * 20, "a b c d e f " * 5])
def test_an_agent_that_writes_in_circles_is_refused(text: str):
    assert loops(text)
    assert not judge(Trained({}, (text,)), [1.0] * 30, [0.0] * 30).accepted


def test_an_ordinary_text_does_not_loop():
    assert not loops("Keep it short: a few sentences at most. Answer first, then explain the rest.")


def test_clearly_better_on_held_out_rankings_is_accepted_for_good():
    verdict = judge(SOUND, [1.0] * 12 + [0.5] * 4, [0.3] * 12 + [0.5] * 4)
    assert verdict.accepted
    assert not verdict.on_trial


def test_what_was_trained_on_reversed_rankings_is_refused():
    good, reversed_ = [0.9, 0.8, 1.0] * 6, [0.1, 0.2, 0.0] * 6
    assert not judge(SOUND, reversed_, good).accepted
    assert not judge(SOUND, reversed_[:5], good[:5]).accepted


def test_no_better_than_before_is_refused_when_there_are_enough_rankings():
    same = [0.5, 0.7] * ENOUGH
    assert not judge(SOUND, same, same).accepted


def test_with_too_few_rankings_not_worse_is_taken_on_trial():
    verdict = judge(SOUND, [0.6] * 4, [0.6] * 4)
    assert verdict.accepted
    assert verdict.on_trial


def test_without_any_held_out_ranking_it_is_on_trial():
    assert judge(SOUND, [], []).on_trial


def test_the_paired_test_is_exact_for_few_and_close_to_it_for_many():
    assert chance_of_no_gain([1.0] * 5) == 1 / 32
    assert chance_of_no_gain([0.0] * 5) == 1.0
    assert chance_of_no_gain([1.0, -1.0] * 15) > 0.3
    assert chance_of_no_gain([1.0] * 20) < 0.001


def test_a_live_loser_is_rolled_back_early_and_a_winner_kept_at_the_end():
    assert trial_verdict(0, 0) is None
    assert trial_verdict(3, 3) is None
    lost = trial_verdict(0, 6)
    assert lost is not None
    assert not lost.accepted
    won = trial_verdict(TRIAL_ROUNDS - 8, 8)
    assert won is not None
    assert won.accepted
    behind = trial_verdict(TRIAL_ROUNDS // 2 - 1, TRIAL_ROUNDS // 2 + 1)
    assert behind is not None
    assert not behind.accepted
