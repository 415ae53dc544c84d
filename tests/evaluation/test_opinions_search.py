from __future__ import annotations

from pathlib import Path

import pytest
from opinion_files import write_survey

from assistant.domain.cancel import CancelToken
from assistant.evaluation.opinions_data import Opinions, read_opinions
from assistant.evaluation.opinions_model import SurveyModel, profile_text
from assistant.evaluation.opinions_search import SearchBudget, answer_by_best, plans, search
from assistant.evaluation.score_cache import ScoreCache
from assistant.generation.backend import Turn
from assistant.generation.scripted import ScriptedBackend

WRITTEN = "This person is against everything."


@pytest.fixture
def survey(tmp_path: Path) -> Opinions:
    return read_opinions(write_survey(tmp_path / "survey"))


def swayed(turns: tuple[Turn, ...], letter: str) -> float:
    """Says "against" under the written prompt and "for" otherwise."""
    return float(letter == ("B" if WRITTEN in turns[0].text else "A"))


def model(folder: Path) -> SurveyModel:
    cache = ScoreCache(folder / "cache.jsonl", lambda: 0.0)
    return SurveyModel(ScriptedBackend([WRITTEN], scores=swayed), cache, CancelToken())


@pytest.mark.parametrize("name", ["opro", "fermi", "fermi, scored by probability"])
def test_the_prompt_that_fits_the_known_answers_better_wins(
    survey: Opinions, tmp_path: Path, name: str
) -> None:
    plan, exact = plans(SearchBudget(rounds=1, texts=1, scorings=100))[name]
    for person in survey.people[:4]:
        asked = model(tmp_path)
        searched = search(asked, person, survey.questions, plan, exact=exact)
        against = sum(answer == 1 for answer in person.known.values())
        if against != 10:
            best = WRITTEN if against > 10 else profile_text(person)
            assert searched.memory[-1].prompt == best
        tested = [survey.questions[question] for question in person.tested]
        assert len(answer_by_best(asked, searched, tested)) == len(tested)


def test_all_searches_have_one_budget() -> None:
    found = plans(SearchBudget(rounds=5, texts=2, scorings=77))
    assert {(p.rounds, p.texts, p.budget) for p, _ in found.values()} == {(5, 2, 77)}
    assert not found["opro"][0].errors
    some = plans(SearchBudget(searches=("fermi", "opro")))
    assert list(some) == ["opro", "fermi"]
