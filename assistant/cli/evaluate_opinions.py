"""attune evaluate opinions: how well real people's answers are predicted, method by method."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant.cli.models import open_store
from assistant.cli.session import Session, cancelled_by_interrupt, session_of
from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.domain.events import Progress
from assistant.evaluation.conditional_logit import Floats
from assistant.evaluation.opinions import OpinionsReport, evaluate_opinions
from assistant.evaluation.opinions_data import (
    Opinions,
    choose_people,
    read_opinions,
    with_fewer_tested,
)
from assistant.evaluation.opinions_model import SurveyModel
from assistant.evaluation.opinions_search import SEARCHES, SearchBudget
from assistant.evaluation.score_cache import ScoreCache
from assistant.evaluation.tag_task import cached_embed
from assistant.generation.backend import EngineOptions
from assistant.generation.engine import EngineClient
from assistant.generation.gguf import read_header
from assistant.settings import THREADS
from assistant.usecases.models import model_in_use

BUDGET = SearchBudget()


def add_commands(evaluate: typer.Typer) -> None:
    """Put this module's command under `attune evaluate`."""
    evaluate.command("opinions")(opinions)


def opinions(
    context: typer.Context,
    data: Annotated[Path, typer.Option(help="Folder with questions.jsonl and users.jsonl")],
    people: Annotated[int, typer.Option(min=0, help="How many people (0: all)")] = 0,
    model: Annotated[Path | None, typer.Option(help="Another GGUF file")] = None,
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Only what needs no language model")
    ] = False,
    rounds: Annotated[int, typer.Option(min=0, help="Rounds of a search")] = BUDGET.rounds,
    scorings: Annotated[int, typer.Option(min=1, help="Questions a search may ask")] = (
        BUDGET.scorings
    ),
    tests: Annotated[int, typer.Option(min=0, help="Tested answers of each (0: all)")] = 0,
    search: Annotated[
        list[str] | None, typer.Option(help=f"Repeatable; one of {'; '.join(SEARCHES)}")
    ] = None,
    seed: Annotated[int, typer.Option(help="Which people are drawn")] = 1,
) -> None:
    """Predict survey people's answers from 20 known ones. Stopped runs go on where they stopped.

    Each search costs as much as everything else about a person; fewer of them, of their rounds and
    of the tested answers are cheaper.
    """
    session = session_of(context)
    budget = SearchBudget(rounds, BUDGET.texts, scorings, _searches(search))
    survey = read_opinions(data)
    chosen = choose_people(survey, people or len(survey.people), seed)
    vectors = _vectors(session, survey)
    if tests:
        chosen = tuple(with_fewer_tested(person, tests) for person in chosen)
    with (
        cancelled_by_interrupt() as cancel,
        _survey_model(session, model, cancel, wanted=not no_model) as asked,
    ):
        for step in evaluate_opinions(survey, chosen, vectors, asked, budget):
            if isinstance(step, Progress):
                session.note(f"{step.what}: {step.done} of {step.total}")
            else:
                _show(session, step, asked.backend.info().name if asked else None)


def _searches(names: list[str] | None) -> tuple[str, ...]:
    """The searches to run, all if none is named; UsageProblem if there is none of a name."""
    for name in names or ():
        if name not in SEARCHES:
            raise UsageProblem(f"There is no search {name}; there are {'; '.join(SEARCHES)}.")
    return tuple(names or SEARCHES)


@contextmanager
def _survey_model(
    session: Session, model: Path | None, cancel: CancelToken, *, wanted: bool
) -> Iterator[SurveyModel | None]:
    """The model to ask, closed at the end; None if none is wanted."""
    if not wanted:
        yield None
        return
    with open_store(session) as store:
        path = model.absolute() if model else model_in_use(store, session.paths)
        threads = store.run(lambda db: db.settings.get(THREADS))
    read_header(path)
    options = EngineOptions(threads=threads, cache=session.paths.cache)
    backend = EngineClient(lambda: path, options)
    try:
        name = backend.info().sha256[:16]
        cache = ScoreCache(session.paths.cache / "opinions" / f"{name}.jsonl", time.monotonic)
        yield SurveyModel(backend, cache, cancel)
    finally:
        backend.close()


def _vectors(session: Session, survey: Opinions) -> dict[str, Floats]:
    """The questions' embeddings by question id."""
    embed = cached_embed(session.paths.models, session.paths.cache)
    rows = embed([question.text for question in survey.questions.values()])
    return {q: np.asarray(row, dtype=float) for q, row in zip(survey.questions, rows, strict=True)}


def _show(session: Session, report: OpinionsReport, model: str | None) -> None:
    """Two tables for a reader, one object for scripts."""
    session.finish(
        {
            "people": report.people,
            "model": model,
            "methods": list(report.methods),
            "differences": list(report.differences),
        }
    )
    session.say("accuracy (95 % interval)  log-likelihood  seconds  method")
    for row in report.methods:
        session.say(f"{_figures(row)}  {row['seconds']:7.3f}  {row['name']}")
    for row in report.differences:
        session.say(f"{_figures(row)}  {row['name']}")


def _figures(row: dict[str, object]) -> str:
    """Accuracy and log-likelihood of a row with their intervals."""
    return (
        f"{row['accuracy']:7.3f} ({row['low']:.3f} to {row['high']:.3f})  "
        f"{row['log_likelihood']:7.3f} ({row['log_low']:.3f} to {row['log_high']:.3f})"
    )
