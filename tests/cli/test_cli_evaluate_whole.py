"""attune evaluate whole on a real data file, with a scripted engine."""

from __future__ import annotations

import json
from pathlib import Path

from attune_program import Attune

SMALL = ("--people", "1", "--rankings", "4", "--tests", "1", "--seed", "3")


def test_parts_are_reported_with_intervals_and_a_picture(attune: Attune, tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    told = attune("evaluate", "whole", *SMALL, "--out", str(out), "--json")
    assert told.code == 0, told.err
    content = json.loads(told.out)
    assert content["seed"] == 3
    assert {row["rankings"] for row in content["rows"]} == {0, 4}
    whole = next(row for row in content["rows"] if row["part"] == "whole")
    assert {"value", "low", "high"} == set(whole["win_rate"])
    assert (out / "whole-3.svg").read_text().startswith("<svg")


def test_a_stopped_run_goes_on_and_nothing_of_the_user_is_touched(attune: Attune) -> None:
    first = attune("evaluate", "whole", *SMALL, "--json")
    again = attune("evaluate", "whole", *SMALL, "--json")
    assert again.code == 0
    told = [json.loads(run.out) for run in (first, again)]
    assert all(one.pop("seconds_a_person") > 0 for one in told)
    assert told[0] == told[1]
    listed = attune("conversations", "list", "--json")
    assert json.loads(listed.out)["conversations"] == []
