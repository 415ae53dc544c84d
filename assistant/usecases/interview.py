"""The interview: a few questions about how one likes to be answered, as a start for learning.

An answer becomes a lesson: the option chosen beats the others of its question, tags and sample
replies alike, as if a round with these replies had been ranked. A newer answer takes its place;
a question can be skipped, and nothing has to be answered at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.errors import UsageProblem
from assistant.domain.interview import InterviewAnswer, InterviewQuestion
from assistant.storage.database import Database
from assistant.storage.interview import read_interview
from assistant.usecases.examples import INTERVIEW, start_learner
from assistant.usecases.services import Services

FILE = "interview.toml"
ORIGIN = INTERVIEW  # of the lessons, followed by the question's id


@dataclass(frozen=True, slots=True)
class InterviewItem:
    """One question with what the user said to it: None means not asked yet."""

    question: InterviewQuestion
    answer: InterviewAnswer | None


def list_interview(services: Services) -> tuple[InterviewItem, ...]:
    """All questions with their answers, in the order asked."""
    given = services.store.run(lambda db: db.interview.all())
    return tuple(InterviewItem(question, given.get(question.id)) for question in _read(services))


def answer_interview(
    services: Services, *, answers: Mapping[str, int | None]
) -> tuple[InterviewItem, ...]:
    """Store answers (option indices by question id, None: skip) and learn from them.

    UsageProblem, and nothing stored, if a question or an option does not exist.
    """
    questions = {question.id: question for question in _read(services)}
    for name, option in answers.items():
        _check(questions, name, option)
    now = services.clock()

    def write(db: Database) -> None:
        for name, option in answers.items():
            answer = InterviewAnswer(name, option, now)
            db.interview.add(answer)
            db.lessons.remove(ORIGIN + name)
            lesson = _lesson(questions[name], answer)
            if lesson:
                db.lessons.add(ORIGIN + name, [lesson], now)

    services.store.run(write)
    start_learner(services)
    return list_interview(services)


def forget_interview(services: Services) -> int:
    """Take all answers back, with what was learned from them; how many there were."""

    def write(db: Database) -> int:
        given = db.interview.all()
        for name in given:
            db.lessons.remove(ORIGIN + name)
        db.interview.forget()
        return len(given)

    count = services.store.run(write)
    start_learner(services)
    return count


def stated_wishes(services: Services) -> tuple[str, ...]:
    """The instructions of the styles that the user chose: a first prompt for the pool."""
    instructions = {
        tag.name: tag.instruction for tag in services.store.run(lambda db: db.tags.all())
    }
    chosen = [
        item.question.options[item.answer.option]
        for item in list_interview(services)
        if item.answer is not None and item.answer.option is not None
    ]
    return tuple(
        instructions[tag] for option in chosen for tag in option.tags if tag in instructions
    )


def _lesson(question: InterviewQuestion, answer: InterviewAnswer) -> dict[str, object] | None:
    """What an answer teaches, as a lesson; None if it states no preference."""
    if answer.option is None or not question.options[answer.option].tags:
        return None
    others = [i for i in range(len(question.options)) if i != answer.option]
    return {
        # the time tells two people's answers to one question apart
        "key": f"{ORIGIN}{question.id}:{answer.created_at}",
        "query": question.query,
        "replies": [
            # all in one place: the order of the options is the same for everyone
            {"tags": list(o.tags), "place": 0, "length": len(o.sample), "text": o.sample}
            for o in question.options
        ],
        "tiers": [[answer.option]],
        "rest": others,
    }


def _check(questions: Mapping[str, InterviewQuestion], name: str, option: int | None) -> None:
    """UsageProblem if there is no such question or option."""
    if name not in questions:
        raise UsageProblem(f"There is no question “{name}”; `attune interview list` shows all.")
    if option is not None and not 0 <= option < len(questions[name].options):
        raise UsageProblem(
            f"The question “{name}” has {len(questions[name].options)} options; choose one of them."
        )


def _read(services: Services) -> tuple[InterviewQuestion, ...]:
    """The shipped questions."""
    return read_interview(services.paths.resources / FILE)
