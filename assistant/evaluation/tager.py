"""Tag experiments: a method meets simulated users, one by one or in parallel.

The seam is `Method`: it proposes tag sets, learns from an order, and names the tags it would
select now. A set holds `setup.tags` interests, then one style of each pair that the task has.
CPU seconds are those of propose and learn (all threads of the process); testing is not counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import psutil

from assistant.evaluation.tag_task import Setup, Task
from assistant.evaluation.users import SimulatedUser, TagIndices, Tiers
from assistant.personalization.embedder import Vectors

POINTS = (10, 20, 30, 45, 67, 112, 164)  # interactions after which accuracy is measured
AFTER_TURN = (0, 5, 10, 15, 20, 25, 30, 40, 50)  # the same, counted from a change or growth


class Method(Protocol):
    """One way of choosing tags. Built anew for each user; tags and queries are task indices."""

    name: str

    def propose(self, query: int, drafts: int) -> list[TagIndices]:
        """A tag set for each draft of a query."""

    def learn(self, query: int, sets: Sequence[TagIndices], order: Tiers) -> None:
        """Take over a ranking: `order` holds draft indices in tiers, best first."""

    def top(self, query: int, k: int) -> TagIndices:
        """The k interests it would select now, best first, then one style of each pair."""

    def grow(self, interests: int) -> None:
        """From now on the first `interests` tags may be used; before, `setup.library` of them."""


@runtime_checkable
class Reading(Protocol):
    """A method that also learns from what the drafts say."""

    def read(self, texts: Vectors) -> None:
        """The vectors of the drafts of the ranking that is learned from next."""


Maker = Callable[[Task, int], Method]  # builds a method for a task with a seed
Meet = Callable[[Task, int], SimulatedUser]  # the same for a user


@dataclass(frozen=True, slots=True)
class Point:
    """What held after so many interactions; utilities are means over all rounds so far."""

    interactions: int
    accuracy: float  # share of the liked interests among the selected, over test queries
    styles: float  # the same for style pairs; 0 if there are none
    new_tag: float  # share of test queries for which the new liked tag is selected
    shown: float  # mean utility of the shown drafts, without noise
    best: float  # mean over rounds of the best shown draft's utility


@dataclass(frozen=True, slots=True)
class UserRun:
    """One user's run."""

    user: int
    points: tuple[Point, ...]
    cpu_seconds: float
    peak_mb: float  # memory added to the process, at its highest after any round


def points_of(setup: Setup) -> tuple[int, ...]:
    """Interactions after which a run is measured."""
    turn = setup.change_after or setup.grow_after
    found = {p for p in POINTS if p <= setup.interactions} | {setup.interactions}
    if turn:
        found |= {turn + p for p in AFTER_TURN if turn + p <= setup.interactions}
    return tuple(sorted(found))


def run_user(
    task: Task, make: Maker, seed: int, number: int, meet: Meet = SimulatedUser
) -> UserRun:
    """Let one method meet one user; the same user and queries for every method."""
    process = psutil.Process()
    before = peak = process.memory_info().rss
    started = time.process_time()
    user = meet(task, seed_of(seed, number, 0))
    method = make(task, seed_of(seed, number, 1))
    spent = time.process_time() - started
    order = np.random.default_rng(seed_of(seed, number, 2)).permutation(task.train)
    shown: list[float] = []
    best: list[float] = []
    points: list[Point] = []
    measured = points_of(task.setup)
    for done in range(task.setup.interactions):
        if task.setup.grow_after and done == task.setup.grow_after:
            method.grow(task.setup.grow_to)
        query = int(order[done % len(order)])
        started = time.process_time()
        sets = method.propose(query, task.setup.shown)
        spent += time.process_time() - started
        judged = user.rank(query, sets)
        started = time.process_time()
        if judged.read is not None and isinstance(method, Reading):
            method.read(judged.read)
        method.learn(query, sets, judged.order)
        spent += time.process_time() - started
        peak = max(peak, process.memory_info().rss)
        shown.append(float(np.mean(judged.utilities)))
        best.append(max(judged.utilities))
        if done + 1 in measured:
            points.append(_measure(task, user, method, shown, best))
    return UserRun(number, tuple(points), spent, (peak - before) / 1e6)


def _measure(
    task: Task, user: SimulatedUser, method: Method, shown: list[float], best: list[float]
) -> Point:
    """Accuracy over the test queries, at this moment."""
    right, styles, new = [], [], []
    for query in task.test:
        liked = user.liked(query)
        selected = method.top(query, len(liked))
        right.append(len(liked & set(selected)) / len(liked))
        styles.append(len(user.styles & set(selected)) / max(1, len(task.pairs)))
        fresh = {tag for tag in liked if tag >= task.setup.library}
        new.append(float(bool(fresh & set(selected))))
    return Point(
        interactions=user.moment,
        accuracy=float(np.mean(right)),
        styles=float(np.mean(styles)),
        new_tag=float(np.mean(new)),
        shown=float(np.mean(shown)),
        best=float(np.mean(best)),
    )


def seed_of(seed: int, number: int, part: int) -> int:
    """A seed of its own for each user and purpose: 0 is the user, 1 the method, 2 the queries."""
    return int(np.random.SeedSequence([seed, number, part]).generate_state(1)[0])
