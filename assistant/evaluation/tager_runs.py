"""Many users of one method in parallel, each run kept as a line of a file as soon as it is done.

A file belongs to one set-up, method version, seed and set of queries; whatever of it is there
already is not run again. Users go through joblib, so another backend (Dask, Ray) can be plugged
in around a call with `joblib.parallel_config`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import joblib
import numpy as np

from assistant.domain.events import Progress
from assistant.evaluation.tag_task import Setup, Task
from assistant.evaluation.tager import Meet, Point, UserRun, run_user
from assistant.evaluation.tager_methods import method_of
from assistant.evaluation.users import SimulatedUser

RESAMPLES = 2000
RESAMPLE_SEED = 1


@dataclass(frozen=True, slots=True)
class Annotator:
    """Who ranks: the users to meet, and a name that differs wherever their rankings may."""

    meet: Meet = SimulatedUser
    name: str = ""


BY_TAGS = Annotator()  # they see the drafts' tags


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Means over users after so many interactions, with a 95 % interval of the accuracy."""

    interactions: int
    accuracy: float
    low: float
    high: float
    styles: float
    new_tag: float
    shown: float
    best: float


@dataclass(frozen=True, slots=True)
class Curve:
    """One method's result in one set-up."""

    method: str
    version: str
    setup: Setup
    seed: int
    users: int
    points: tuple[CurvePoint, ...]
    cpu_seconds: float  # mean over users
    peak_mb: float  # highest of all users


def run_users(
    task: Task,
    method: str,
    *,
    users: int,
    seed: int,
    kept: Path,
    jobs: int,
    annotator: Annotator = BY_TAGS,
) -> Iterator[Progress | Curve]:
    """Progress with every user done, in the end the Curve."""
    known = method_of(method)
    version = known.version + annotator.name
    file = kept / f"{method}-{_key(task, method, version, seed)}.jsonl"
    done = {run.user: run for run in _read(file)}
    missing = [number for number in range(users) if number not in done]
    yield Progress(f"Users of {method}", users - len(missing), users)
    kept.mkdir(parents=True, exist_ok=True)
    runner = joblib.Parallel(n_jobs=jobs, return_as="generator_unordered")
    calls = (joblib.delayed(run_user)(task, known.make, seed, n, annotator.meet) for n in missing)
    for run in runner(calls):
        done[run.user] = run
        with file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(run)) + "\n")
        yield Progress(f"Users of {method}", sum(n < users for n in done), users)
    runs = [done[number] for number in range(users)]
    yield curve_of(task.setup, method, version, seed, runs)


def curve_of(setup: Setup, method: str, version: str, seed: int, runs: Sequence[UserRun]) -> Curve:
    """Means and intervals over users."""
    points = tuple(_mean(column) for column in zip(*(run.points for run in runs), strict=True))
    return Curve(
        method=method,
        version=version,
        setup=setup,
        seed=seed,
        users=len(runs),
        points=points,
        cpu_seconds=float(np.mean([run.cpu_seconds for run in runs])),
        peak_mb=max(run.peak_mb for run in runs),
    )


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95 % interval of a mean by a seeded bootstrap over users."""
    chance = np.random.default_rng(RESAMPLE_SEED)
    picks = chance.integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.quantile(np.asarray(values)[picks].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def _mean(column: Sequence[Point]) -> CurvePoint:
    """One point of all users."""
    accuracy = [point.accuracy for point in column]
    low, high = interval(accuracy)
    return CurvePoint(
        interactions=column[0].interactions,
        accuracy=float(np.mean(accuracy)),
        low=low,
        high=high,
        styles=float(np.mean([point.styles for point in column])),
        new_tag=float(np.mean([point.new_tag for point in column])),
        shown=float(np.mean([point.shown for point in column])),
        best=float(np.mean([point.best for point in column])),
    )


def _key(task: Task, method: str, version: str, seed: int) -> str:
    """What a kept file belongs to."""
    digest = hashlib.sha256(json.dumps(asdict(task.setup), sort_keys=True).encode())
    digest.update(f"{method} {version} {seed}".encode())
    digest.update("\0".join((*task.queries, *(tag.instruction for tag in task.tags))).encode())
    return digest.hexdigest()[:20]


def _read(file: Path) -> Iterator[UserRun]:
    """The runs kept so far; a line cut off by a crash is left out."""
    if not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        points = tuple(Point(**point) for point in row.pop("points"))
        yield UserRun(points=points, **row)
