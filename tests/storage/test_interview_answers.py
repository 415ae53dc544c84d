from __future__ import annotations

from pathlib import Path

from assistant.domain.interview import InterviewAnswer
from assistant.storage.database import Database
from assistant.storage.interview import read_interview
from assistant.storage.tag_library import read_tag_library

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def test_the_newest_answer_to_a_question_counts(database: Database) -> None:
    def work(db: Database) -> dict[str, InterviewAnswer]:
        db.interview.add(InterviewAnswer("length", 0, 1.0))
        db.interview.add(InterviewAnswer("tone", None, 2.0))
        db.interview.add(InterviewAnswer("length", 1, 3.0))
        return db.interview.all()

    answers = database.run(work)
    assert answers["length"].option == 1
    assert answers["tone"].option is None


def test_forgetting_leaves_no_answer(database: Database) -> None:
    def work(db: Database) -> dict[str, InterviewAnswer]:
        db.interview.add(InterviewAnswer("length", 0, 1.0))
        db.interview.forget()
        return db.interview.all()

    assert database.run(work) == {}


def test_the_shipped_interview_has_ten_to_twenty_questions_with_distinct_names() -> None:
    questions = read_interview(RESOURCES / "interview.toml")
    assert 10 <= len(questions) <= 20
    assert len({question.id for question in questions}) == len(questions)
    assert all(len(question.options) >= 2 for question in questions)


def test_every_option_of_the_shipped_interview_names_tags_that_exist_and_shows_a_sample() -> None:
    tags = {tag.name: tag for tag in read_tag_library(RESOURCES / "tags.toml")}
    for question in read_interview(RESOURCES / "interview.toml"):
        named = [tag for option in question.options for tag in option.tags]
        assert set(named) <= set(tags)
        assert len(named) == len(set(named))
        assert all(option.sample for option in question.options)
        assert tags[named[0]].opposite == named[1]
