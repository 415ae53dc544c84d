"""attune evaluate whole: what it and its parts add for simulated people."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.models import open_store
from assistant.cli.session import Session, cancelled_by_interrupt, session_of
from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.domain.events import Progress
from assistant.domain.model import TagKind
from assistant.domain.statistics import Share
from assistant.evaluation.kept_backend import KeptBackend
from assistant.evaluation.score_cache import ScoreCache
from assistant.evaluation.whole import ALL_OFF, WHOLE, WholeExperiment, WholeSize
from assistant.evaluation.whole_picture import draw_whole
from assistant.evaluation.whole_product import Part
from assistant.evaluation.whole_report import WholeReport
from assistant.generation.gguf import read_header
from assistant.paths import Paths
from assistant.settings import ALL, MODEL, THREADS
from assistant.storage.database import open_database
from assistant.storage.tag_library import read_tag_library
from assistant.usecases.rehearsal import Rehearsal
from assistant.usecases.services import Services

SIZE = WholeSize()
TOKENS = 48  # of a reply: enough to show its manner


def add_commands(evaluate: typer.Typer) -> None:
    """Put this module's command under `attune evaluate`."""
    evaluate.command("whole")(whole)


def whole(
    context: typer.Context,
    people: Annotated[int, typer.Option(min=1, help="Simulated people")] = SIZE.people,
    rankings: Annotated[int, typer.Option(min=0, max=120, help="Of each person")] = SIZE.rankings,
    tests: Annotated[int, typer.Option(min=1, max=30, help="Test queries")] = SIZE.tests,
    tokens: Annotated[int, typer.Option(min=8, help="Longest reply")] = TOKENS,
    part: Annotated[
        list[Part] | None,
        typer.Option(help="Switched over in turn; all but the agent if not given"),
    ] = None,
    first: Annotated[int, typer.Option(min=1, help="Number of the first person")] = SIZE.first + 1,
    seed: Annotated[int, typer.Option(min=0, help="Everything is drawn from it")] = SIZE.seed,
    model: Annotated[Path | None, typer.Option(help="Another GGUF file")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the picture")] = None,
) -> None:
    """Let simulated people use the program: what it and each part of it adds to real replies.

    Takes about 3 minutes a person on one core; what one costs is told. A stopped run goes on where
    it stopped, and several may run beside each other, each with people of its own (--first).
    """
    session = session_of(context)
    parts = tuple(dict.fromkeys(part)) if part else SIZE.parts
    size = WholeSize(people, rankings, tests, seed, first - 1, parts)
    report = WholeReport()
    with cancelled_by_interrupt() as cancel:
        try:
            with _experiment(session, size, tokens, model, cancel) as experiment:
                report = experiment.report
                for step in experiment.run():
                    if isinstance(step, Progress):
                        session.note(f"{step.what}: {step.done} of {step.total}")
        except Cancelled:
            session.note("Stopped; what was judged until then is shown.")
    _show(session, report, size, tokens, out)


@contextmanager
def _experiment(
    session: Session, size: WholeSize, tokens: int, model: Path | None, cancel: CancelToken
) -> Iterator[WholeExperiment]:
    """The experiment, with a home for each person under the cache and one engine for all."""
    with open_store(session) as store:
        file = str(model.absolute()) if model else store.run(lambda db: db.settings.get(MODEL))
        threads = store.run(lambda db: db.settings.get(THREADS))
    if file:
        read_header(Path(file))
    # What the state of a person follows from, but for the program's own code.
    made_of = repr([(item.key, item.default) for item in ALL] + [(file, tokens, size.seed)])
    name = f"{Path(file).stem or 'embedded'}-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"
    folder = session.paths.cache / "whole" / name

    @contextmanager
    def open_home(home: str) -> Iterator[Services]:
        paths = Paths(folder / home, session.paths.cache, session.paths.project)
        own = replace(session, paths=paths)
        with open_store(own) as store:
            store.run(lambda db: (db.settings.set(MODEL, file), db.settings.set(THREADS, threads)))
        with own.services() as services:
            yield services

    # a data file is one process's at a time, and several runs may go on beside each other
    with open_home(f"engine-{size.first + 1}") as shared:
        kept = ScoreCache(folder / "replies.jsonl", time.monotonic)
        backend = KeptBackend(shared.backend, kept)

        @contextmanager
        def open_product(number: int) -> Iterator[Rehearsal]:
            with open_home(f"person-{number + 1}") as services:
                yield Rehearsal(replace(services, backend=backend), open_database, tokens, cancel)

        library = read_tag_library(session.paths.resources / "tags.toml")
        interests = [tag.name for tag in library if tag.kind is TagKind.INTEREST]
        tried = ScoreCache(folder / "tried.jsonl", time.monotonic)
        yield WholeExperiment(open_product, interests, tried, size, time.monotonic)


def _show(
    session: Session, report: WholeReport, size: WholeSize, tokens: int, out: Path | None
) -> None:
    """Table and picture for a reader, one object for scripts."""
    session.finish(
        {
            "people": list(report.people.values()),
            "rankings": size.rankings,
            "tests": size.tests,
            "tokens": tokens,
            "seed": size.seed,
            "seconds_a_person": report.seconds_a_person,
            "rows": report.rows(WHOLE),
        }
    )
    session.say(
        f"{len(report.people)} people of seed {size.seed}; against unguided replies to the same "
        f"{size.tests} queries ({ALL_OFF}: wins 0.500 and reward 0 by definition); intervals are "
        "over pairs of people with opposite tastes"
    )
    session.say(
        "rankings  wins                       reward                     whole minus this part"
    )
    for part, rankings in _ordered(report):
        figures = (
            report.win_rate(part, rankings),
            report.reward(part, rankings),
            report.gain(WHOLE, part, rankings),
        )
        session.say(f"{rankings:8}  {'  '.join(map(_figure, figures))}  {part}")
    if report.seconds_a_person is not None:
        session.say(f"One person took {report.seconds_a_person:.0f} s in this run.")
    if out is not None and report.judged:
        out.mkdir(parents=True, exist_ok=True)
        picture = out / f"whole-{size.seed}.svg"
        picture.write_text(draw_whole(report), encoding="utf-8")
        session.note(f"Picture: {picture}")


def _ordered(report: WholeReport) -> Sequence[tuple[str, int]]:
    """Parts and moments, the whole first at each moment."""
    return sorted(report.judged, key=lambda key: (key[1], key[0] != WHOLE))


def _figure(share: Share) -> str:
    """A figure with its interval; there is none where nobody was counted."""
    if share.value is None:
        return f"{'-':26}"
    return f"{share.value:+.3f} ({share.low:+.3f} to {share.high:+.3f})"
