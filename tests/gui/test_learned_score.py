"""How well I guess: honest about too few rankings, with interval and baselines from there on."""

from __future__ import annotations

from learned_desk import LearnedDesk, teach
from learned_fixtures import part_of, show_page
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from assistant.domain.model import Rule, RuleId
from assistant.domain.statistics import Share
from assistant.gui.learned_parts import ONE_MOMENT, signed
from assistant.gui.learned_score import (
    LearnedScore,
    agent_line,
    maker_lines,
    place_line,
    rules_line,
    share_words,
    sure_lines,
)
from assistant.personalization.learner import PlacePull
from assistant.usecases.guesses import WINDOW, Sureness
from assistant.usecases.profile import Score
from assistant.usecases.training_log import KeptState

EMPTY = Share(None, 0, None, None)


def open_score(qtbot: QtBot, desk: LearnedDesk) -> LearnedScore:
    part = part_of(show_page(qtbot, desk), "How well I guess", LearnedScore)
    qtbot.waitUntil(lambda: part.sentence.text() != ONE_MOMENT)
    return part


def test_before_anything_was_read_no_section_looks_empty(qtbot: QtBot, desk: LearnedDesk) -> None:
    part = LearnedScore(desk.work)
    qtbot.addWidget(part)
    assert part.sentence.text() == ONE_MOMENT
    for section in (part.makers, part.tastes, part.place, part.held_out):
        assert ONE_MOMENT in [one.text() for one in section.findChildren(QLabel)]
    part.refresh()
    qtbot.waitUntil(lambda: part.sentence.text() != ONE_MOMENT)
    qtbot.waitUntil(lambda: ONE_MOMENT not in [one.text() for one in part.findChildren(QLabel)])


def test_with_few_rankings_no_figure_is_shown(qtbot: QtBot, desk: LearnedDesk) -> None:
    teach(desk.services, 2)
    part = open_score(qtbot, desk)
    assert "Too few rankings" in part.sentence.text()
    assert part.chart.isHidden()
    assert f"{WINDOW - 1} rankings to go" in part.chart_note.text()


def test_with_enough_rankings_the_course_is_shown_beside_nothing_learned(
    qtbot: QtBot, desk: LearnedDesk
) -> None:
    teach(desk.services, WINDOW + 3)
    part = open_score(qtbot, desk)
    assert "% of pairs (" in part.sentence.text()
    assert "without learning" in part.sentence.text()
    qtbot.waitUntil(part.chart.isVisible)
    assert "dashed" in part.chart.accessibleName()
    lines = [line.text() for line in part.makers.findChildren(QLabel)]
    assert any(line.startswith("Nothing learned about you:") for line in lines)


def test_a_share_is_told_with_its_interval() -> None:
    assert share_words(Share(0.68, 50, 0.57, 0.79)) == "68 % (57–79) of 50 pairs"
    assert share_words(EMPTY) == "not counted yet"
    assert maker_lines(Score(Share(0.5, 4, 0.1, 0.9), EMPTY)) == [
        "Too few pairs to compare (4 of 20)."
    ]


def test_it_is_told_how_sure_i_was_once_there_are_enough_guesses() -> None:
    assert sure_lines(Sureness(9, 5.0, 4.0)) == []
    assert sure_lines(Sureness(20, 9.0, 8.4)) == [
        "The reply I expected to come first did so in 45 % of 20 rankings; "
        "I had been 42 % sure on average."
    ]


def test_the_rules_in_use_are_compared_with_chance() -> None:
    used = Rule(RuleId(1), "Be brief", "feature", "length:-", (), 31.0, 40, alive=True)
    banned = Rule(RuleId(2), "Be long", "feature", "length:+", (), 9.0, 40, banned=True)
    assert rules_line([used, banned]) == (
        "The rules in use were right in 31 of 40 held-out pairs (78 %); "
        "without rules it would be 50 %."
    )
    assert rules_line([banned]).startswith("No rule has been borne out")


def test_the_agent_is_compared_with_the_one_before_it() -> None:
    metrics = {"held_out": 0.7, "held_out_before": 0.5, "judged": 9.0}
    state = KeptState(1, "agent", 1.0, 30, metrics, active=True, trial=False)
    assert agent_line([]) == "No agent is in use."
    assert agent_line([state]) == (
        "The agent in use gets 70 % of the pairs in 9 held-out rankings right, "
        "the one before it 50 %."
    )


def test_the_pull_of_the_place_is_said_with_its_interval_and_count() -> None:
    left = place_line(PlacePull(-0.4, 0.05, 41))
    assert "left one first 60 % of the time (57–62, from 41 rankings)" in left
    assert "left draws you" in left
    assert "right draws you" in place_line(PlacePull(0.4, 0.05, 41))
    assert "no clear pull" in place_line(PlacePull(-0.1, 0.3, 1))
    assert "Nothing is known yet" in place_line(PlacePull(0.0, 0.3, 0))
    assert "does not measure" in place_line(None)


def test_the_page_says_how_the_place_sways_the_user(qtbot: QtBot, desk: LearnedDesk) -> None:
    teach(desk.services, 4)
    part = open_score(qtbot, desk)
    words = [one.text() for one in part.place.findChildren(QLabel)]
    assert any("from 4 rankings" in text for text in words)


def test_a_weight_that_rounds_to_nothing_has_no_sign() -> None:
    assert [signed(one) for one in (-0.001, 0.0, -0.25, 0.25)] == ["0.00", "0.00", "−0.25", "+0.25"]
