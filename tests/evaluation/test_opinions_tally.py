from __future__ import annotations

import numpy as np
import pytest

from assistant.evaluation.opinions_tally import Tally, difference


def test_a_tie_shares_the_hit() -> None:
    tally = Tally("tied")
    tally.add("p", np.log([0.4, 0.4, 0.2]), 0)
    assert tally.row()["accuracy"] == pytest.approx(0.5)


def test_seconds_are_for_one_question() -> None:
    tally = Tally("slow")
    for person in ("p", "q"):
        tally.add(person, np.log([0.9, 0.1]), 0, seconds=3.0)
    assert tally.row()["seconds"] == 3.0
    assert tally.row()["people"] == 2


def test_a_difference_is_taken_on_the_people_that_both_saw() -> None:
    right, wrong = Tally("right"), Tally("wrong")
    for person in "abcdef":
        right.add(person, np.log([0.9, 0.1]), 0)
        wrong.add(person, np.log([0.1, 0.9]), 0)
    right.add("only here", np.log([0.1, 0.9]), 0)
    gain = difference(right, wrong)
    assert gain["people"] == 6
    assert gain["accuracy"] == 1.0
    assert gain["low"] == 1.0
