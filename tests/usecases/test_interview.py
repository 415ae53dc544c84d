from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from makers import AskRound
from plain_personalizer import PlainPersonalizer

from assistant.domain.errors import UsageProblem
from assistant.domain.model import TagWeight
from assistant.paths import Paths
from assistant.usecases.forget import forget
from assistant.usecases.interview import (
    answer_interview,
    forget_interview,
    list_interview,
    stated_wishes,
)
from assistant.usecases.services import Services
from assistant.usecases.why import why

INTERVIEW = """
[[question]]
id = "length"
text = "How long?"
query = "Why is the sky blue?"
[[question.option]]
text = "Short"
tags = ["Brief"]
sample = "Air scatters blue light."
[[question.option]]
text = "Long"
tags = ["Thorough"]
sample = "Air scatters blue light more than red light, and so on."
[[question.option]]
text = "I don't mind"
tags = []
sample = "Air scatters light."
"""


@pytest.fixture
def learner() -> PlainPersonalizer:
    return PlainPersonalizer()


@pytest.fixture
def here(services: Services, learner: PlainPersonalizer, tmp_path: Path) -> Services:
    """Services with an interview of one question."""
    project = tmp_path / "project"
    (project / "resources").mkdir(parents=True)
    (project / "resources" / "interview.toml").write_text(INTERVIEW)
    paths = Paths(services.paths.home, services.paths.cache, project)
    return replace(services, paths=paths, learner=learner)


def test_questions_wait_until_they_are_answered(here: Services) -> None:
    assert [item.answer for item in list_interview(here)] == [None]
    items = answer_interview(here, answers={"length": 0})
    assert items[0].answer is not None
    assert items[0].answer.option == 0


def test_what_is_asked_for_is_told_to_the_learner_until_it_is_taken_back(
    here: Services, learner: PlainPersonalizer
) -> None:
    def stated() -> set[str]:
        return {tag.name for tag in learner.library if tag.stated}

    answer_interview(here, answers={"length": 0})
    assert stated() == {"Brief"}
    answer_interview(here, answers={"length": 1})
    assert stated() == {"Thorough"}
    answer_interview(here, answers={"length": 2})
    assert stated() == set()
    answer_interview(here, answers={"length": 0})
    forget_interview(here)
    assert stated() == set()


def test_an_answer_teaches_that_its_option_beats_the_others(
    here: Services, learner: PlainPersonalizer
) -> None:
    answer_interview(here, answers={"length": 1})
    (example,) = learner.examples.values()
    assert example.query == "Why is the sky blue?"
    assert [reply.tags for reply in example.replies] == [("Brief",), ("Thorough",), ()]
    assert example.tiers == ((1,),)
    assert example.rest == (0, 2)
    assert example.ranking_id < 0  # no ranking that the user could look up or undo


def test_a_changed_answer_takes_the_place_of_the_old_one(
    here: Services, learner: PlainPersonalizer
) -> None:
    answer_interview(here, answers={"length": 0})
    answer_interview(here, answers={"length": 1})
    assert [example.tiers for example in learner.examples.values()] == [((1,),)]


@pytest.mark.parametrize("option", [None, 2])
def test_skipping_and_having_no_preference_teach_nothing(
    here: Services, learner: PlainPersonalizer, option: int | None
) -> None:
    answer_interview(here, answers={"length": 0})
    items = answer_interview(here, answers={"length": option})
    assert items[0].answer is not None
    assert learner.examples == {}


def test_an_unknown_question_or_option_is_refused_and_nothing_is_stored(here: Services) -> None:
    with pytest.raises(UsageProblem, match="no question"):
        answer_interview(here, answers={"length": 0, "depth": 0})
    with pytest.raises(UsageProblem, match="3 options"):
        answer_interview(here, answers={"length": 3})
    assert list_interview(here)[0].answer is None


def test_the_interview_can_be_taken_back(here: Services, learner: PlainPersonalizer) -> None:
    answer_interview(here, answers={"length": 0})
    assert forget_interview(here) == 1
    assert learner.examples == {}
    assert list_interview(here)[0].answer is None


def test_forgetting_everything_forgets_the_interview(
    here: Services, learner: PlainPersonalizer
) -> None:
    answer_interview(here, answers={"length": 0})
    forget(here)
    assert learner.examples == {}
    assert list_interview(here)[0].answer is None


def test_stated_wishes_are_the_instructions_of_the_chosen_styles(here: Services) -> None:
    assert stated_wishes(here) == ()
    answer_interview(here, answers={"length": 0})
    assert stated_wishes(here) == ("Be brief.",)


def test_an_answer_is_no_ranking_behind_a_reply(here: Services, ask_round: AskRound) -> None:
    class Told(PlainPersonalizer):
        def explain(self, tags: Sequence[str]) -> tuple[TagWeight, ...]:
            behind = tuple(e.ranking_id for e in self.examples.values())
            return tuple(TagWeight(tag, "style", 1.0, 1.0, rankings=behind) for tag in tags)

    services = replace(here, learner=Told())
    answer_interview(services, answers={"length": 0})
    round_ = ask_round(services)
    explained = why(services, query_id=round_.query_id)
    assert all(weight.rankings == () for reply in explained.replies for weight in reply.weights)
