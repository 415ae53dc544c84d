"""attune evaluate tager: how fast hidden tags are found, method by method."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.evaluate_tager_text import tell_effect, text_annotator
from assistant.cli.session import Session, cancelled_by_interrupt, session_of
from assistant.domain.errors import UsageProblem
from assistant.evaluation.curves_svg import Line, draw_curves
from assistant.evaluation.tag_task import Setup, Task, cached_embed, make_task, read_queries
from assistant.evaluation.tager_methods import METHODS, method_of
from assistant.evaluation.tager_runs import BY_TAGS, Annotator, Curve, run_users
from assistant.storage.tag_library import read_tag_library

CHANGE_AFTER = 50  # interactions, as published
GROW_AFTER = 104  # ten epochs of the published schedule for 100 tags
PAIRS = 4  # style pairs of the published binary set-up


class Annotation(StrEnum):
    """What simulated users rank by."""

    TAGS = "tags"
    TEXT = "text"


def add_commands(evaluate: typer.Typer) -> None:
    """Put this module's command under `attune evaluate`."""
    evaluate.command("tager")(tager)


Library = Annotated[int, typer.Option(min=4, help="Interests to choose from")]
Tags = Annotated[int, typer.Option(min=1, max=8, help="Interests a user likes")]
Drafts = Annotated[int, typer.Option(min=2, max=8, help="Replies of one round")]
Interactions = Annotated[int, typer.Option(min=1, help="Rankings of one user")]
Users = Annotated[int, typer.Option(min=1, help="Simulated users")]
Beta = Annotated[float, typer.Option(min=0, help="Utility of one liked tag")]
Methods = Annotated[list[str] | None, typer.Option(help=f"Repeatable; one of {', '.join(METHODS)}")]
Seed = Annotated[int, typer.Option(min=0, help="Everything is drawn from it")]
Contextual = Annotated[
    bool, typer.Option("--contextual", help="Liked tags depend on the query's topic")
]
Change = Annotated[
    bool, typer.Option("--change", help=f"Taste changes after {CHANGE_AFTER} rankings")
]
Grow = Annotated[
    bool, typer.Option("--grow", help=f"The library grows after {GROW_AFTER} rankings")
]
NewTags = Annotated[
    int, typer.Option(min=0, help="How many interests --grow adds (0: as many as there are)")
]
Binary = Annotated[bool, typer.Option("--binary", help=f"{PAIRS} pairs of opposite styles besides")]
Pairwise = Annotated[
    bool, typer.Option("--pairwise", help="Two replies a round, the better one is named")
]
By = Annotated[
    Annotation, typer.Option(help="Users see the drafts' tags, or only texts of a real model")
]
Model = Annotated[Path | None, typer.Option(help="GGUF file that writes the texts")]
Data = Annotated[Path | None, typer.Option(help="Queries: .json or .jsonl")]
Out = Annotated[Path | None, typer.Option(help="Folder for the picture")]
Jobs = Annotated[int, typer.Option(min=1, help="Users at the same time")]


def tager(
    context: typer.Context,
    library: Library = 50,
    tags: Tags = 3,
    drafts: Drafts = 3,
    interactions: Interactions = 112,
    users: Users = 20,
    beta: Beta = 1.0,
    method: Methods = None,
    seed: Seed = 1,
    contextual: Contextual = False,
    change: Change = False,
    grow: Grow = False,
    new_tags: NewTags = 0,
    binary: Binary = False,
    pairwise: Pairwise = False,
    annotator: By = Annotation.TAGS,
    model: Model = None,
    data: Data = None,
    out: Out = None,
    jobs: Jobs = 1,
) -> None:
    """Let methods meet simulated users with hidden tags. Stopped runs go on where they stopped."""
    plain = Setup(library=library, tags=tags, drafts=drafts, interactions=interactions, beta=beta)
    grown = (new_tags or library) if grow else 0
    setup = replace(_varied(plain, change, grown, binary), contextual=contextual, pairwise=pairwise)
    session = session_of(context)
    names = method or ["ours"]
    for name in names:
        method_of(name)
    if annotator is Annotation.TEXT and jobs > 1:
        raise UsageProblem("One model writes all texts, so with --annotator text jobs must be 1.")
    task = _task(session, setup, data)
    with _annotator(session, annotator, model) as judge:
        curves = [_run(session, task, name, users, seed, jobs, judge) for name in names]
        effect = tell_effect(session, task, judge, users, seed) if judge is not BY_TAGS else None
    if out is not None:
        _draw(session, out, curves)
    told = [_json(curve) for curve in curves]
    session.finish({**told[0], "others": told[1:], "annotator": annotator, "effect": effect})


@contextmanager
def _annotator(session: Session, annotation: Annotation, model: Path | None) -> Iterator[Annotator]:
    """The users' way of ranking."""
    if annotation is Annotation.TAGS:
        yield BY_TAGS
        return
    with (
        cancelled_by_interrupt() as cancel,
        text_annotator(session, model, cancel) as found,
    ):
        yield found


def _varied(setup: Setup, change: bool, grown: int, binary: bool) -> Setup:
    """The set-up with what changes on the way (`grown` interests more); UsageProblem if it cannot
    be.
    """
    if setup.drafts * setup.tags > setup.library:
        raise UsageProblem(
            f"{setup.drafts} drafts of {setup.tags} tags need a larger library than "
            f"{setup.library}."
        )
    if change and grown:
        raise UsageProblem("Choose --change or --grow; both at once say nothing about either.")
    return replace(
        setup,
        change_after=CHANGE_AFTER if change else 0,
        grow_after=GROW_AFTER if grown else 0,
        grow_to=setup.library + grown if grown else 0,
        pairs=PAIRS if binary else 0,
    )


def _task(session: Session, setup: Setup, data: Path | None) -> Task:
    """The task, with its vectors."""
    paths = session.paths
    return make_task(
        setup,
        read_tag_library(paths.resources / "tags.toml"),
        cached_embed(paths.models, paths.cache / "evaluate"),
        None if data is None else read_queries(data),
        paths.models,
    )


def _run(
    session: Session, task: Task, name: str, users: int, seed: int, jobs: int, judge: Annotator
) -> Curve:
    """One method's curve, told as it grows."""
    kept = session.paths.cache / "evaluate" / "tager"
    for step in run_users(
        task, name, users=users, seed=seed, kept=kept, jobs=jobs, annotator=judge
    ):
        if isinstance(step, Curve):
            _tell(session, step)
            return step
        session.note(f"{step.what}: {step.done} of {step.total}")
    raise AssertionError("a run ends with its curve")


def _tell(session: Session, curve: Curve) -> None:
    """A table for a reader."""
    setup = curve.setup
    session.say(
        f"{curve.method}, {setup.tags}/{setup.library}, {setup.shown} drafts, beta {setup.beta:g}, "
        f"{curve.users} users from seed {curve.seed}: "
        f"{curve.cpu_seconds:.2f} s of CPU and {curve.peak_mb:.0f} MB for one user"
    )
    session.say("interactions  accuracy (95 %)     shown  best shown")
    for point in curve.points:
        extra = f"  styles {100 * point.styles:.0f} %" if setup.pairs else ""
        extra += f"  new tag {100 * point.new_tag:.0f} %" if setup.grow_to else ""
        session.say(
            f"{point.interactions:12}  {100 * point.accuracy:4.0f} % "
            f"({100 * point.low:.0f} to {100 * point.high:.0f})".ljust(34)
            + f"{point.shown:5.2f}  {point.best:5.2f}{extra}"
        )


def _json(curve: Curve) -> dict[str, object]:
    """The keys that scripts rely on, and the rest of the set-up."""
    return {
        **asdict(curve.setup),
        "method": curve.method,
        "version": curve.version,
        "users": curve.users,
        "seed": curve.seed,
        "curve": [asdict(point) for point in curve.points],
        "cpu_seconds": curve.cpu_seconds,
        "peak_mb": curve.peak_mb,
    }


def _draw(session: Session, out: Path, curves: list[Curve]) -> None:
    """The picture of all curves."""
    setup = curves[0].setup
    title = f"Accuracy, {setup.tags}/{setup.library}, {setup.shown} drafts, beta {setup.beta:g}"
    lines = [
        Line(c.method, tuple((p.interactions, p.accuracy, p.low, p.high) for p in c.points))
        for c in curves
    ]
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"tager-{setup.tags}-{setup.library}-{setup.shown}-{setup.beta:g}.svg"
    file.write_text(draw_curves(title, lines), encoding="utf-8")
    session.note(f"The picture is in {file}.")
