"""attune interview: a few questions about how one likes to be answered; all optional."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.session import Session, read_line, session_of
from assistant.domain.errors import UsageProblem
from assistant.domain.model import LETTERS
from assistant.usecases.interview import (
    InterviewItem,
    answer_interview,
    forget_interview,
    list_interview,
)

SKIP = "skip"
HOW = "Type a letter; an empty line skips the question, /quit stops. You can change it any time."


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    interview = typer.Typer(help="A few questions about how you like to be answered.")
    interview.callback(invoke_without_command=True)(start)
    interview.command("list")(list_all)
    interview.command("answer")(answer)
    interview.command("forget")(forget)
    program.add_typer(interview, name="interview")


def start(context: typer.Context) -> None:
    """Ask the questions that were neither answered nor skipped yet."""
    if context.invoked_subcommand is not None:
        return
    session = session_of(context)
    with session.services() as services:
        waiting = [item for item in list_interview(services) if item.answer is None]
        if waiting:
            session.say(HOW)
        answers: dict[str, int | None] = {}
        for item in waiting:
            said = _ask(session, item)
            if said == "/quit":
                break
            answers[item.question.id] = _option(item, said)
        if answers:
            answer_interview(services, answers=answers)
        items = list_interview(services)
    _show(session, items)


def list_all(context: typer.Context) -> None:
    """Show all questions with your answers."""
    session = session_of(context)
    with session.services() as services:
        items = list_interview(services)
    _show(session, items)


def answer(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="Its name, as `interview list` shows it")],
    option: Annotated[str, typer.Argument(help=f"A letter, or “{SKIP}”")],
) -> None:
    """Answer one question, or answer it differently."""
    session = session_of(context)
    with session.services() as services:
        item = next((i for i in list_interview(services) if i.question.id == question), None)
        if item is None:
            raise UsageProblem(f"There is no question “{question}”; `attune interview list`.")
        chosen = _option(item, "" if option.lower() == SKIP else option)
        items = answer_interview(services, answers={question: chosen})
    _show(session, items)


def forget(context: typer.Context) -> None:
    """Take all answers back, with what was learned from them."""
    session = session_of(context)
    with session.services() as services:
        count = forget_interview(services)
    session.finish({"forgotten": count})
    session.say(f"{count} answers are forgotten.")


def _ask(session: Session, item: InterviewItem) -> str:
    """Put one question until a usable line comes; "/quit" also at the end of the input."""
    session.say(f"\n{item.question.text}")
    for letter, option in zip(LETTERS, item.question.options, strict=False):
        session.say(f"  {letter}. {option.text}\n     {' '.join(option.sample.split())}")
    while True:
        line = read_line("> ")
        if line is None or line == "/quit":
            return "/quit"
        try:
            _option(item, line)
        except UsageProblem as error:
            session.note(str(error))
        else:
            return line


def _option(item: InterviewItem, said: str) -> int | None:
    """The index of the option meant; None for skipping. UsageProblem if there is no such letter."""
    letters = LETTERS[: len(item.question.options)]
    if not said:
        return None
    if len(said) != 1 or said.upper() not in letters:
        raise UsageProblem(f"Type one of {', '.join(letters)}, not “{said}”.")
    return letters.index(said.upper())


def _show(session: Session, items: tuple[InterviewItem, ...]) -> None:
    """All questions with their answers."""
    session.finish({"questions": [_item_json(item) for item in items]})
    for item in items:
        session.say(f"{item.question.id}: {item.question.text} {_said(item)}")


def _said(item: InterviewItem) -> str:
    """An answer for a reader."""
    if item.answer is None:
        return "(not asked yet)"
    if item.answer.option is None:
        return "(skipped)"
    return f"{LETTERS[item.answer.option]}. {item.question.options[item.answer.option].text}"


def _item_json(item: InterviewItem) -> dict[str, object]:
    """One question for a script."""
    option = item.answer.option if item.answer else None
    return {
        "id": item.question.id,
        "text": item.question.text,
        "options": [
            {"letter": letter, "text": o.text, "tags": list(o.tags), "sample": o.sample}
            for letter, o in zip(LETTERS, item.question.options, strict=False)
        ],
        "asked": item.answer is not None,
        "answer": LETTERS[option] if option is not None else None,
    }
