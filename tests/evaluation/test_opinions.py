from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from opinion_files import write_survey

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.evaluation.opinions import OpinionsReport, evaluate_opinions
from assistant.evaluation.opinions_data import Opinions, read_opinions, with_fewer_tested
from assistant.evaluation.opinions_methods import METHODS
from assistant.evaluation.opinions_model import Form, Scores, SurveyModel, letter_bias
from assistant.evaluation.opinions_people import FEATURES, Population
from assistant.evaluation.opinions_search import SearchBudget
from assistant.evaluation.score_cache import ScoreCache
from assistant.generation.backend import Turn
from assistant.generation.scripted import ScriptedBackend

BUDGET = SearchBudget(rounds=1, texts=2, scorings=40)


@pytest.fixture
def survey(tmp_path: Path) -> Opinions:
    return read_opinions(write_survey(tmp_path / "survey"))


@pytest.fixture
def vectors(survey: Opinions) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    rows = np.random.default_rng(1).normal(size=(len(survey.questions), 8))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return dict(zip(survey.questions, rows, strict=True))


def camp(turns: tuple[Turn, ...], letter: str) -> float:
    """A model that knows the camps' views but likes the letter A far too much."""
    number = int(turns[-1].text.split("about ")[1].split("?")[0])
    left = "Left" in turns[0].text
    view = "AB"[(int(left) + number % 2) % 2]
    return (1.0 if letter == view else 0.0) + (5.0 if letter == "A" else 0.0)


def survey_model(folder: Path, backend: ScriptedBackend | None = None) -> SurveyModel:
    cache = ScoreCache(folder / "cache.jsonl", lambda: 0.0)
    return SurveyModel(backend or ScriptedBackend(scores=camp), cache, CancelToken())


def report(
    survey: Opinions,
    vectors: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]],
    model: SurveyModel | None,
    people: int = 24,
) -> OpinionsReport:
    steps = list(evaluate_opinions(survey, survey.people[:people], vectors, model, BUDGET))
    assert isinstance(steps[-1], OpinionsReport)
    return steps[-1]


def accuracy(found: OpinionsReport, name: str) -> float:
    (row,) = [row for row in found.methods if row["name"] == name]
    assert isinstance(row["accuracy"], float)
    return row["accuracy"]


def test_where_people_fall_into_camps_the_stack_beats_the_majority(
    survey: Opinions, vectors: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]
) -> None:
    found = report(survey, vectors, None)
    assert accuracy(found, "uniform") == 0.5
    assert accuracy(found, "stack without the model") > accuracy(found, "majority") + 0.2
    (gain,) = found.differences
    assert isinstance(gain["low"], float)
    assert gain["low"] > 0


def test_a_model_that_knows_the_camps_is_right_once_its_liking_for_letters_is_taken_off(
    survey: Opinions,
    vectors: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]],
    tmp_path: Path,
) -> None:
    found = report(survey, vectors, survey_model(tmp_path), people=8)
    assert {str(row["name"]) for row in found.methods} >= {*METHODS, "best stack"}
    assert accuracy(found, "profile") > 0.8
    assert accuracy(found, "plain model, uncalibrated") < 0.7


def test_a_second_run_asks_the_model_nothing_and_finds_the_same(
    survey: Opinions,
    vectors: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]],
    tmp_path: Path,
) -> None:
    first = report(survey, vectors, survey_model(tmp_path), people=3)
    asked: list[str] = []

    def scores(turns: tuple[Turn, ...], letter: str) -> float:
        asked.append(letter)
        return 0.0

    silent = ScriptedBackend(scores=scores)
    assert report(survey, vectors, survey_model(tmp_path, silent), people=3) == first
    assert not asked
    assert not silent.requests


def test_fewer_tested_answers_and_searches_ask_the_model_less(
    survey: Opinions,
    vectors: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]],
    tmp_path: Path,
) -> None:
    fewer = [with_fewer_tested(person, 1) for person in survey.people[:6]]
    budget = replace(BUDGET, searches=("opro",))
    model = survey_model(tmp_path)
    *_, found = evaluate_opinions(survey, fewer, vectors, model, budget)
    assert isinstance(found, OpinionsReport)
    rows = {str(row["name"]): row for row in found.methods}
    assert {row["questions"] for row in rows.values()} == {6}
    assert "opro" in rows
    assert "best stack" in rows
    assert not any(name.startswith("fermi") for name in rows)


def test_a_persons_tested_answers_are_in_no_feature_of_theirs(survey: Opinions) -> None:
    rows = {question: np.eye(1, 4)[0] for question in survey.questions}
    everyone = {person.id for person in survey.people}
    person = survey.people[0]
    flipped = {q: 1 - a for q, a in person.tested.items()}
    other = type(person)(person.id, person.topic, person.profile, person.known, flipped)
    changed = Opinions(survey.questions, (other, *survey.people[1:]))
    before = Population(survey, rows).features(person, everyone)
    after = Population(changed, rows).features(other, everyone)
    assert all(np.array_equal(before[q], after[q]) for q in before)
    assert all(f.shape == (2, FEATURES) for f in before.values())


def test_letter_bias_is_the_mean_over_questions_of_one_size() -> None:
    rows = [Scores(np.array([-1.0, -3.0]), 0.0), Scores(np.array([-3.0, -1.0]), 0.0)]
    assert np.array_equal(letter_bias(rows)[2], [-2.0, -2.0])


def test_examples_stand_before_the_question_as_turns(survey: Opinions) -> None:
    first, second = list(survey.questions.values())[:2]
    turns = Form("System.", second, ((first, 1),)).turns
    assert [turn.role for turn in turns] == ["user", "assistant", "user"]
    assert turns[1].text == "B"
    assert turns[2].text.endswith("A. for\nB. against")


def test_who_was_asked_before_it_was_stopped_is_counted(
    survey: Opinions,
    vectors: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]],
    tmp_path: Path,
) -> None:
    model = survey_model(tmp_path)
    steps = []
    for step in evaluate_opinions(survey, survey.people[:6], vectors, model, BUDGET):
        steps.append(step)
        if isinstance(step, Progress) and step.what == "Asking the model" and step.done == 2:
            model.cancel.cancel()
    found = steps[-1]
    assert isinstance(found, OpinionsReport)
    people = {row["name"]: row["people"] for row in found.methods}
    assert people["fermi"] == people["best stack"] == 2
    assert people["majority"] == 6
