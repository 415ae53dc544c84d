"""The line at the bottom: what the user waits for comes before what is learned beside it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.statistics import Share
from assistant.gui.status_line import RESTING, RESTS, StatusLine, score_sentence
from assistant.usecases.profile import Score

EMPTY = Share(None, 0, None, None)


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    return made


def test_learning_is_told_only_while_nothing_is_waited_for(line: StatusLine) -> None:
    line.show_learning("learning: rules 40 %")
    line.show_doing("writing")
    assert line.doing.toolTip() == "writing"
    line.show_doing(RESTING)
    assert line.doing.toolTip() == "learning: rules 40 %"


def test_resting_says_whether_anything_is_learned_then(line: StatusLine) -> None:
    line.show_doing(RESTING)
    assert line.doing.toolTip() == RESTING
    line.show_learns(True)
    assert line.doing.toolTip() == RESTS


def test_a_score_has_its_interval_and_its_baseline() -> None:
    score = Score(Share(0.68, 50, 0.57, 0.79), Share(0.52, 50, 0.4, 0.6))
    assert score_sentence(score) == (
        "I guess your order right in 68 % of pairs (57–79), 52 % without learning"
    )
    assert score_sentence(Score(EMPTY, EMPTY)).startswith("Rank a few replies")
    few = Score(Share(0.5, 4, 0.1, 0.9), Share(0.5, 4, 0.1, 0.9))
    assert "Too few rankings" in score_sentence(few)
