"""The command line on a real data file, with a scripted engine and a plain learner."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.cli import run
from assistant.domain.model import Origin, Tag, TagKind, TagWeight
from assistant.generation.scripted import ScriptedBackend
from assistant.paths import Paths
from assistant.personalization.learner import (
    Choice,
    ChosenTags,
    PlacePull,
    Policy,
    Reply,
)
from assistant.storage.database import open_database
from assistant.usecases.examples import start_learner
from assistant.usecases.services import Services
from tests.personalization.still_learner import StillLearner

LIBRARY = (
    Tag("Cooking", TagKind.INTEREST, "Draw on cooking."),
    Tag("Sailing", TagKind.INTEREST, "Draw on sailing."),
    Tag("Brief", TagKind.STYLE, "Be brief."),
)


class CountingLearner(StillLearner):
    """A Personalizer that counts how often a tag was in a best reply."""

    def place_pull(self) -> PlacePull:
        return PlacePull(-0.4, 0.1, len(self.examples))

    def begin_choice(self, query: str, policy: Policy, seed: int) -> Callable[[], Choice]:
        names = [tag.name for tag in self.library]
        sets = [
            ChosenTags((names[i % len(names)],), Origin.EXPLORE, 0.5) for i in range(policy.drafts)
        ]
        return lambda: Choice(tuple(sets), {query: bytes(4)})

    def expect(self, query: str, replies: Sequence[Reply]) -> dict[str, tuple[float, ...]]:
        learned = tuple(sum(self._count(name) for name in r.tags) for r in replies)
        return {"selector": learned, "prior": tuple(0.0 for _ in replies)}

    def explain(self, tags: Sequence[str]) -> tuple[TagWeight, ...]:
        return tuple(
            TagWeight(t.name, t.kind.value, self._count(t.name), 1.0, rankings=self._behind(t.name))
            for t in self.library
            if t.name in tags
        )

    def _behind(self, name: str) -> tuple[int, ...]:
        return tuple(
            e.ranking_id
            for e in self.examples.values()
            if e.tiers and any(name in e.replies[i].tags for i in e.tiers[0])
        )

    def _count(self, name: str) -> float:
        return float(len(self._behind(name)))


@dataclass
class Outcome:
    """What a command line came to."""

    code: int
    out: str
    err: str


@dataclass
class Attune:
    """The program in one home directory."""

    home: Path
    project: Path
    capture: pytest.CaptureFixture[str]
    backend: Callable[[], ScriptedBackend] = ScriptedBackend
    windows: list[Paths] = field(default_factory=list)

    @property
    def paths(self) -> Paths:
        return Paths(self.home, self.home / "cache", self.project)

    def __call__(self, *arguments: str, home: bool = True) -> Outcome:
        self.capture.readouterr()
        where = ["--home", str(self.home)] if home else []
        code = run(
            [*arguments, *where], open_services=self.open_services, open_window=self.open_window
        )
        captured = self.capture.readouterr()
        return Outcome(code, captured.out, captured.err)

    def open_window(self, paths: Paths) -> int:
        self.windows.append(paths)
        return 0

    @contextmanager
    def open_services(self, paths: Paths) -> Iterator[Services]:
        database = open_database(paths.database)
        try:
            database.run(lambda db: db.tags.sync_library(LIBRARY))
            services = Services(
                store=database,
                backend=self.backend(),
                learner=CountingLearner(),
                paths=paths,
                clock=time.time,
                timer=time.monotonic,
                random=random.Random(1),
            )
            start_learner(services)
            yield services
        finally:
            database.close()
