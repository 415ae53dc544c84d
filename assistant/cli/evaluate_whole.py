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
from assistant.evaluation.curves_svg import Line, draw_curves
from assistant.evaluation.score_cache import ScoreCache
from assistant.evaluation.whole import ALL_OFF, WHOLE, WholeExperiment, WholeSize
from assistant.evaluation.whole_report import WholeReport
from assistant.generation.gguf import read_header
from assistant.paths import Paths
from assistant.settings import ALL, MODEL, THREADS
from assistant.storage.database import open_database
from assistant.storage.tag_library import read_tag_library
from assistant.usecases.rehearsal import Rehearsal

SIZE = WholeSize()
TOKENS = 56  # of a reply: enough to show its manner


def add_commands(evaluate: typer.Typer) -> None:
    """Put this module's command under `attune evaluate`."""
    evaluate.command("whole")(whole)


def whole(
    context: typer.Context,
    people: Annotated[int, typer.Option(min=1, help="Simulated people")] = SIZE.people,
    rankings: Annotated[int, typer.Option(min=0, max=120, help="Of each person")] = SIZE.rankings,
    tests: Annotated[int, typer.Option(min=1, max=30, help="Test queries")] = SIZE.tests,
    tokens: Annotated[int, typer.Option(min=8, help="Longest reply")] = TOKENS,
    seed: Annotated[int, typer.Option(min=0, help="Everything is drawn from it")] = SIZE.seed,
    model: Annotated[Path | None, typer.Option(help="Another GGUF file")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the picture")] = None,
) -> None:
    """Let simulated people use the program: what it and each part of it adds to real replies.

    Takes about 40 minutes; a stopped run goes on where it stopped.
    """
    session = session_of(context)
    size = WholeSize(people, rankings, tests, seed)
    with cancelled_by_interrupt() as cancel:
        experiment = _experiment(session, size, tokens, model, cancel)
        try:
            for step in experiment.run():
                if isinstance(step, Progress):
                    session.note(f"{step.what}: {step.done} of {step.total}")
        except Cancelled:
            session.note("Stopped; what was judged until then is shown.")
    _show(session, experiment.report, size, tokens, out)


def _experiment(
    session: Session, size: WholeSize, tokens: int, model: Path | None, cancel: CancelToken
) -> WholeExperiment:
    """The experiment, with a home for each person under the cache."""
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
    def open_product(number: int) -> Iterator[Rehearsal]:
        home = folder / f"person-{number + 1}"
        own = replace(session, paths=Paths(home, session.paths.cache, session.paths.project))
        with open_store(own) as store:
            store.run(lambda db: (db.settings.set(MODEL, file), db.settings.set(THREADS, threads)))
        with own.services() as services:
            yield Rehearsal(services, open_database, tokens, cancel)

    library = read_tag_library(session.paths.resources / "tags.toml")
    interests = [tag.name for tag in library if tag.kind is TagKind.INTEREST]
    kept = ScoreCache(folder / "replies.jsonl", time.monotonic)
    return WholeExperiment(open_product, interests, kept, size)


def _show(
    session: Session, report: WholeReport, size: WholeSize, tokens: int, out: Path | None
) -> None:
    """Table and picture for a reader, one object for scripts."""
    session.finish(
        {
            "people": list(report.people),
            "rankings": size.rankings,
            "tests": size.tests,
            "tokens": tokens,
            "seed": size.seed,
            "rows": report.rows(WHOLE),
        }
    )
    session.say(
        f"{len(report.people)} people of seed {size.seed}; against unguided replies to the same "
        f"{size.tests} queries ({ALL_OFF}: wins 0.500 and reward 0 by definition)"
    )
    session.say("rankings  wins                    reward                   whole minus part")
    for part, rankings in _ordered(report):
        figures = (
            report.win_rate(part, rankings),
            report.reward(part, rankings),
            report.gain(WHOLE, part, rankings),
        )
        session.say(f"{rankings:8}  {'  '.join(map(_figure, figures))}  {part}")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        picture = out / f"whole-{size.seed}.svg"
        picture.write_text(_picture(report), encoding="utf-8")
        session.note(f"Picture: {picture}")


def _ordered(report: WholeReport) -> Sequence[tuple[str, int]]:
    """Parts and moments, the whole first at each moment."""
    return sorted(report.judged, key=lambda key: (key[1], key[0] != WHOLE))


def _figure(share: Share) -> str:
    """A figure with its interval."""
    return f"{share.value:+.3f} ({share.low:+.3f} to {share.high:+.3f})"


def _picture(report: WholeReport) -> str:
    """Win rates over rankings, one line for each part."""
    lines = []
    for name in dict.fromkeys(part for part, _ in _ordered(report)):
        points = []
        for part, rankings in _ordered(report):
            share = report.win_rate(part, rankings)
            if part == name and None not in (share.value, share.low, share.high):
                points.append((rankings, share.value or 0.0, share.low or 0.0, share.high or 0.0))
        if len(points) > 1:
            lines.append(Line(name, tuple(points)))
    return draw_curves("Replies that are better than unguided ones", lines)
