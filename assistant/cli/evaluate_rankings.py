"""attune evaluate rankings, build-prior: real people's rankings, and what is learnt from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.session import Session, cancelled_by_interrupt, session_of
from assistant.domain.errors import UsageProblem
from assistant.domain.events import Progress
from assistant.domain.statistics import Share
from assistant.evaluation.ranking_data import (
    SOURCES,
    Comparison,
    find_data,
    read_comparisons,
)
from assistant.evaluation.ranking_tally import (
    Tally,
    calibration,
    kendall_tau,
    pair_accuracy,
    top1,
)
from assistant.evaluation.rankings import Options, RankingsReport, evaluate_rankings
from assistant.evaluation.scorer_training import ScorerTraining
from assistant.evaluation.tag_task import cached_embed
from assistant.evaluation.tastes import TASTES, TasteOptions, evaluate_tastes, taste_data
from assistant.personalization.embedder import Vectors
from assistant.personalization.scorer_prior import write_prior

DataOption = Annotated[Path, typer.Option(help="Folder of a data set, or of several")]


def add_commands(evaluate: typer.Typer) -> None:
    """Put this module's commands under `attune evaluate`."""
    evaluate.command("rankings")(rankings)
    evaluate.command("build-prior")(build_prior)


def rankings(
    context: typer.Context,
    data: DataOption,
    people: Annotated[int, typer.Option(min=0, help="How many people (0: all)")] = 0,
    repeats: Annotated[int, typer.Option(min=1, help="Shuffles of each person's rankings")] = 10,
    jobs: Annotated[int, typer.Option(min=1, help="Processes")] = 2,
    seed: Annotated[int, typer.Option(help="Of shuffles and draws")] = 1,
) -> None:
    """How well people's rankings are expected after some of their own.

    The prior comes from other people and other items only; of data sets beside the folder, all.
    """
    session = session_of(context)
    taste = taste_data(data)
    if taste:
        _tastes(session, taste, data, TasteOptions(people or TASTES[taste].people, jobs, seed))
        return
    tested = find_data(data)
    comparisons = _comparisons({**find_data(data.absolute().parent, beside=True), **tested})
    vectors = _vectors(session, comparisons)
    reports: list[RankingsReport] = []
    with cancelled_by_interrupt() as cancel:
        for name in tested:
            options = Options(repeats, seed, people, jobs)
            for step in evaluate_rankings(name, comparisons, vectors, options, cancel):
                if isinstance(step, Progress):
                    session.note(f"{step.what}: {step.done} of {step.total}")
                else:
                    reports.append(step)
    rows = [report_json(report) for report in reports]
    session.finish(rows[0] if len(rows) == 1 else {"results": rows})
    for report in reports:
        for line in report_lines(report):
            session.say(line)


def build_prior(
    context: typer.Context,
    data: DataOption,
    out: Annotated[Path | None, typer.Option(help="File to write (else the shipped one)")] = None,
) -> None:
    """Learn the reply scorer's prior from public rankings anew: numbers only."""
    session = session_of(context)
    found = find_data(data)
    comparisons = _comparisons(found)
    training = ScorerTraining(comparisons, _vectors(session, comparisons))
    about = {
        "what": "prior of the reply scorer: numbers fitted to public rankings, no text of them",
        "sources": {
            name: {
                **SOURCES[name],
                "people": len({c.person for c in comparisons if c.source == name}),
                "rankings": sum(c.source == name for c in comparisons),
            }
            for name in found
        },
        "rebuild": "attune evaluate build-prior --data DIR",
    }
    path = out or session.paths.resources / "scorer_prior.json"
    write_prior(path, training.prior(range(len(comparisons)), about))
    session.finish({"written": str(path), **about})
    session.say(f"Written: {path}")


def report_json(report: RankingsReport) -> dict[str, object]:
    """One data set's figures; the curve's intervals are over people."""
    return {
        "data": report.data,
        "people": report.people,
        "curve": [
            {
                "own_rankings": point,
                "people": len(tallies),
                **_figures(list(tallies.values())),
                "gain": _share(report.gain(point)),
                "calibration": calibration(tallies.values()),
            }
            for point, tallies in report.curve.items()
        ],
        "baselines": {n: pair_accuracy(t.values()).value for n, t in report.baselines.items()},
        "baseline_figures": {n: _figures(list(t.values())) for n, t in report.baselines.items()},
        "prior_calibration": calibration(report.baselines["prior_only"].values()),
    }


def report_lines(report: RankingsReport) -> list[str]:
    """The same for a reader."""
    lines = [f"{report.data}: {report.people} people", "  all their rankings"]
    for name, tallies in report.baselines.items():
        lines.append(f"    {name:12} {_interval(pair_accuracy(tallies.values()))}")
    lines.append("  after some own rankings: pairs, first places, tau, gain over none")
    for point, tallies in report.curve.items():
        found = list(tallies.values())
        lines.append(
            f"    {point:3} ({len(found):3} people) {_interval(pair_accuracy(found))}  "
            f"{top1(found).value or 0:.3f}  {kendall_tau(found).value or 0:+.3f}  "
            f"{_interval(report.gain(point))}"
        )
    return lines


def _tastes(session: Session, name: str, data: Path, options: TasteOptions) -> None:
    """Data sets of items that many people rated."""
    embed = cached_embed(session.paths.models, session.paths.cache)
    with cancelled_by_interrupt() as cancel:
        for step in evaluate_tastes(name, data, embed, options, cancel):
            if isinstance(step, Progress):
                session.note(f"{step.what}: {step.done} of {step.total}")
                continue
            figures = {m: _figures(list(t.values())) for m, t in step.methods.items()}
            session.finish(
                {
                    "data": name,
                    "people": step.people,
                    "trained": TASTES[name].trained,
                    "tested": TASTES[name].tested,
                    "methods": [{"name": m, **row} for m, row in figures.items()],
                    "gain": _share(step.gain("personal", "item_mean")),
                }
            )
            session.say(f"{name}: {step.people} people; pairs and first places")
            for method, tallies in step.methods.items():
                session.say(
                    f"  {method:14} {_interval(pair_accuracy(tallies.values()))}  "
                    f"{_interval(top1(tallies.values()))}"
                )
            session.say(
                f"  gain over the item mean {_interval(step.gain('personal', 'item_mean'))}"
            )


def _comparisons(folders: Mapping[str, Path]) -> tuple[Comparison, ...]:
    """All rankings of some data sets."""
    return tuple(c for name, folder in folders.items() for c in read_comparisons(name, folder))


def _vectors(session: Session, comparisons: Sequence[Comparison]) -> dict[str, Vectors]:
    """The vector of every text; computed in a child process the first time (minutes)."""
    texts = sorted(
        {c.example.query for c in comparisons}
        | {reply.text for c in comparisons for reply in c.example.replies}
    )
    if not texts:
        raise UsageProblem("The data has no texts.")
    session.note(f"Reading {len(texts)} texts (some minutes the first time)")
    rows = cached_embed(session.paths.models, session.paths.cache)(texts)
    return dict(zip(texts, rows, strict=True))


def _figures(tallies: Sequence[Tally]) -> dict[str, object]:
    """Pair accuracy with its interval, and the rest."""
    pairs = sum(tally.pairs for tally in tallies)
    accuracy = pair_accuracy(tallies)
    return {
        "pair_accuracy": accuracy.value,
        "low": accuracy.low,
        "high": accuracy.high,
        "top1": top1(tallies).value,
        "kendall_tau": kendall_tau(tallies).value,
        "log_loss": sum(tally.log_loss for tally in tallies) / max(1, pairs),
        "pairs": pairs,
    }


def _share(share: Share) -> dict[str, object]:
    """A share with its interval."""
    return {"value": share.value, "low": share.low, "high": share.high}


def _interval(share: Share) -> str:
    """A share with its interval for a reader."""
    if share.value is None:
        return "nothing to count"
    return f"{share.value:6.3f} ({share.low or 0:.3f} to {share.high or 0:.3f})"
