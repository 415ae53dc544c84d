"""A card is dragged for real: press on its head, carry, drop; the one model moves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def dragged(tmp_path_factory) -> dict[str, Any]:
    paths = os.pathsep.join([str(HERE), str(HERE.parents[1])])
    done = subprocess.run(
        [sys.executable, str(HERE / "drag_session.py"), str(tmp_path_factory.mktemp("drag") / "h")],
        env=os.environ | {"QT_QPA_PLATFORM": "minimal", "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return report


def test_a_card_dropped_before_the_first_is_best_and_stored(dragged: dict[str, Any]) -> None:
    assert dragged["before"]["order"] == "C>A>B"


def test_a_card_dropped_on_another_is_tied_with_it(dragged: dict[str, Any]) -> None:
    assert dragged["tie"]["order"] in ("C>A=B", "C>B=A")


def test_a_card_dropped_on_the_zone_rejects_all(dragged: dict[str, Any]) -> None:
    assert dragged["bad"]["order"] == "none"


def test_every_drop_is_one_move_of_the_model(dragged: dict[str, Any]) -> None:
    assert dragged["moves"] == ["C", "A", ""]


def test_under_way_the_card_is_lifted_and_its_place_marked(dragged: dict[str, Any]) -> None:
    mark, at_the_left, lifted, zone, strip = dragged["before"]["seen"]
    assert mark
    assert at_the_left
    assert lifted
    assert zone
    assert not strip
    assert dragged["tie"]["seen"] == [True, True]
    assert dragged["bad"]["seen"] == [True, False]


def test_after_a_drop_everything_is_in_its_place(dragged: dict[str, Any]) -> None:
    assert dragged["after"] == [False, False, True, "Saved"]


def test_a_card_dropped_nowhere_changes_nothing(dragged: dict[str, Any]) -> None:
    assert dragged["nowhere"] == [True, 3]
    assert dragged["closed"]
