"""What is measured of scoring, with times that are made up."""

from __future__ import annotations

import pytest

from assistant.evaluation.bench_scoring import LONG, SURVEY, ScoringTimes, bench_cases


def test_cases_of_both_lengths_stand_behind_the_same_system_text() -> None:
    (system, survey), (same, long) = bench_cases(SURVEY), bench_cases(LONG)
    assert system == same
    assert len(set(survey)) == len(survey)
    assert max(map(len, survey)) < min(map(len, long))
    assert all(case.count("\n") == 5 for case in survey)  # question, what is asked, four options


def test_ratios_are_of_medians_with_one_for_each_baseline() -> None:
    times = ScoringTimes(
        cases=20,
        tokens_per_case=58.0,
        ours=[1.0, 3.0, 2.0],
        plain={
            "default": [16.0, 12.0, 18.0],
            "same threads": [10.0, 9.0, 30.0],
            "without reuse": [50.0],
        },
    )
    told = times.told()
    assert told["ratio"] == pytest.approx(8.0)
    assert told["ratio_same_threads"] == pytest.approx(5.0)
    assert told["ratio_without_reuse"] == pytest.approx(25.0)
    assert told["ratios"] == [16.0, 4.0, 9.0]
    assert told["cases_per_s"] == pytest.approx(10.0)
