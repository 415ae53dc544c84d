"""Simulated users on a bank of replies: own rankings help, and figures mean what they say."""

from __future__ import annotations

import json

import numpy as np
import pytest
from ranking_files import write_bank
from typer.testing import CliRunner

from assistant.cli.program import build
from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.evaluation.personal_llm import (
    BASES,
    LlmOptions,
    evaluate_personal_llm,
    read_bank,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_bank(tmp_path_factory.mktemp("bank") / "b")


def report_of(folder, **options):
    *_, report = evaluate_personal_llm(read_bank(folder), LlmOptions(**options), CancelToken())
    return report


def test_base_utilities_are_standard_over_the_bank(folder):
    bases = read_bank(folder).bases
    assert bases.shape[2] == len(BASES) >= 10
    assert np.abs(bases.mean(axis=(0, 1))).max() < 0.2
    assert bases.max() <= 3


def test_own_rankings_bring_a_user_closer_to_the_best_reply(folder):
    report = report_of(folder, users=6, seeds=2)
    assert report.users == 12
    reward = {name: report.reward(name).value for name in report.rewards}
    assert reward["random"] < reward["personal_30"] <= reward["oracle"]
    assert report.gain("personal_30", "non_personal").value > 0
    assert report.win_rate("best_source").value == 0.5


def test_equal_seeds_give_equal_figures(folder):
    first, second = (report_of(folder, users=2, seeds=1) for _ in range(2))
    assert first.rewards == second.rewards


def test_a_bank_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageProblem, match="bank"):
        read_bank(tmp_path)


def test_the_command_gives_rows_with_intervals(folder, tmp_path):
    program = build(lambda _: pytest.fail("no services"), lambda _: pytest.fail("no window"))
    arguments = ["evaluate", "personal-llm", "--data", str(folder), "--users", "2", "--seeds", "1"]
    done = CliRunner().invoke(program, ["--home", str(tmp_path), "--json", *arguments])
    rows = {row["name"]: row for row in json.loads(done.stdout)["rows"]}
    assert {"best_source", "non_personal", "personal_30", "oracle"} <= set(rows)
    assert rows["personal_30"]["low"] <= rows["personal_30"]["win_rate"] <= 1
