"""What learning from one ranking costs, and a user's whole learning against PREMIUM-Embed's.

Contract: CPU seconds of all threads of one process, which is as modest as the learner process
(one thread, low priority). Whole learning: 3 of 50 tags, 112 rankings,
the set-up of `evaluate tager`. Ours is measured whole, choices included. The published method's
first EPOCHS epochs are measured and extrapolated to all of its schedule (every epoch has as many
batches of the same size); loading its networks and its choices do not count. `details` has the
cost of one update and one choice by number of tags and rankings, each a median, after one ranking
more than the selector has seen; as in the product, where it reads the texts of the replies too,
and without (`read`). Vectors of made-up tags and texts are random: the cost does not depend on
them.
"""

from __future__ import annotations

import multiprocessing
import platform
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from statistics import median

import numpy as np
import psutil

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Tag, TagKind
from assistant.evaluation.tag_task import Setup, cached_embed, make_task
from assistant.evaluation.tager import run_user
from assistant.evaluation.tager_ours import Ours
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Example, Policy, Reply
from assistant.personalization.replay import published_schedule
from assistant.personalization.stages import Floats
from assistant.personalization.tag_choice import choose_tag_sets
from assistant.personalization.tag_selector import TagSelector
from assistant.personalization.worker_child import be_modest

SIZES = (50, 200, 500, 5000)  # tags
RANKINGS = (30, 112)
WHOLE = Setup(library=50, tags=3, drafts=3, interactions=112)
EPOCHS = 2  # of the published method that are measured
DIMENSIONS = 384  # of MiniLM's vectors
SEED = 1
_QUERIES = 40


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of one update and one choice."""

    tags: int
    rankings: int
    read: bool
    update_ms: float
    choice_ms: float


def bench_selector(
    library: Sequence[Tag], models: Path, cache: Path, runs: int = 5
) -> dict[str, object]:
    """Seconds, ratio and details, ready to be written as JSON."""
    task = make_task(WHOLE, library, cached_embed(models, cache), models=models)
    schedule = published_schedule(WHOLE.library)
    epochs = schedule.epochs_due(WHOLE.interactions)
    examples = _examples([tag.name for tag in task.tags], schedule.known(EPOCHS), task.queries)
    with _learner_process() as pool:
        sizes = product(SIZES, RANKINGS, (False, True))
        found = [pool.submit(selector_cost, *size, runs) for size in sizes]
        costs = [cost.result() for cost in found]
        ours = pool.submit(run_user, task, Ours, SEED, 0).result()
    with _learner_process() as pool:
        measured = pool.submit(published_seconds, task.tags, models, examples).result()
    published = measured / EPOCHS * epochs
    return {
        "ours_s": ours.cpu_seconds,
        "baseline_s": published,
        "baseline": f"PREMIUM-Embed as published, {EPOCHS} of its {epochs} epochs measured, "
        "extrapolated to all",
        "ratio": published / ours.cpu_seconds,
        "details": {
            "costs": [asdict(cost) for cost in costs],
            "whole": "3 of 50 tags, 112 rankings of three drafts",
            "added_memory_mb": ours.peak_mb,
            "measured_epochs_s": measured,
            "runs": runs,
            "machine": f"{platform.machine()}, {psutil.cpu_count(logical=False)} cores",
        },
    }


def _learner_process() -> ProcessPoolExecutor:
    """A new process like the learner's."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=1, mp_context=spawn, initializer=be_modest)


def selector_cost(size: int, rankings: int, read: bool, runs: int) -> Cost:
    """One update and one choice with so many tags, after so many rankings, texts read or not."""
    tags = [Tag(f"Tag {i}", TagKind.INTEREST, f"speak of thing {i}") for i in range(size)]
    queries = [f"query {i}" for i in range(_QUERIES)]
    vectors = _unit(np.random.default_rng([SEED, size]).normal(size=(size, DIMENSIONS)))
    asked = _unit(np.random.default_rng([SEED, 0]).normal(size=(_QUERIES, DIMENSIONS)))
    examples = _examples([tag.name for tag in tags], rankings, queries)
    texts = _written(examples) if read else {}
    before = {number: e for number, e in examples.items() if number < rankings - 1}
    updates, choices = [], []
    for run in range(runs):
        selector = TagSelector(tags, vectors, texts)
        for query, vector in zip(queries, asked, strict=True):
            selector.know_query(query, vector)
        _learn(selector, before)
        begun = time.process_time()
        _learn(selector, examples)
        learned = time.process_time()
        choose_tag_sets(selector, queries[0], Policy(3, WHOLE.tags, 0), run)
        updates.append(learned - begun)
        choices.append(time.process_time() - learned)
    return Cost(size, rankings, read, 1e3 * median(updates), 1e3 * median(choices))


def published_seconds(tags: Sequence[Tag], models: Path, examples: dict[int, Example]) -> float:
    """CPU seconds of the published method's epochs on these rankings."""
    from assistant.personalization.premium_embed import PremiumEmbed
    from assistant.personalization.premium_encoders import FineTunedEncoder

    schedule = published_schedule(len(tags))
    learner = PremiumEmbed(tags, lambda: FineTunedEncoder(models), schedule, SEED)
    begun = time.process_time()
    for _ in learner.learn(examples, CancelToken()):
        pass
    return time.process_time() - begun


def _learn(selector: TagSelector, examples: dict[int, Example]) -> None:
    """Fit to these examples."""
    for _ in selector.learn(examples, CancelToken()):
        pass


def _examples(names: Sequence[str], count: int, queries: Sequence[str]) -> dict[int, Example]:
    """Rankings of three drafts with tags by chance; those with the first tag tend to win."""
    chance = np.random.default_rng(SEED)
    found = {}
    for number in range(count):
        at = chance.choice(len(names), (3, WHOLE.tags), replace=False)
        order = np.argsort(-((at == 0).any(axis=1) + chance.gumbel(size=3)))
        replies = tuple(
            Reply(tuple(names[i] for i in row), text=f"Reply {number}.{place}")
            for place, row in enumerate(at)
        )
        query = queries[number % len(queries)]
        found[number] = Example(number, query, replies, tuple((int(i),) for i in order))
    return found


def _written(examples: Mapping[int, Example]) -> dict[str, Vectors]:
    """Vectors of the replies' texts."""
    texts = [reply.text for example in examples.values() for reply in example.replies]
    chance = np.random.default_rng([SEED, 1])
    return dict(zip(texts, _unit(chance.normal(size=(len(texts), DIMENSIONS))), strict=True))


def _unit(rows: Floats) -> Vectors:
    """Rows of length one."""
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
