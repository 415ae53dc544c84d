"""Use cases on a real database with a scripted engine."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from makers import AskRound, MakeServices
from plain_personalizer import LIBRARY, PlainPersonalizer
from profile_homes import Home

from assistant.domain.cancel import CancelToken
from assistant.domain.events import RoundEvent, RoundFinished
from assistant.domain.model import Round
from assistant.generation.backend import Backend
from assistant.generation.scripted import ScriptedBackend
from assistant.paths import find_paths
from assistant.personalization.learner import Personalizer
from assistant.personalization.service import LearnerService
from assistant.storage.database import open_database
from assistant.usecases.ask import ask
from assistant.usecases.services import Services
from tests.personalization.word_embedder import WordEmbedder


@pytest.fixture
def make_services(tmp_path: Path) -> Iterator[MakeServices]:
    """Services with anything replaced."""
    paths = find_paths(tmp_path)
    database = open_database(paths.database)
    database.run(lambda db: db.tags.sync_library(LIBRARY))

    def make(
        backend: Backend | None = None,
        learner: PlainPersonalizer | None = None,
        timer: Callable[[], float] = lambda: 0.0,
    ) -> Services:
        ticks = itertools.count(1000)
        return Services(
            store=database,
            backend=backend or ScriptedBackend(),
            learner=learner or PlainPersonalizer(),
            paths=paths,
            clock=lambda: float(next(ticks)),
            timer=timer,
            random=random.Random(7),
        )

    yield make
    database.close()


@pytest.fixture
def services(make_services: MakeServices) -> Services:
    return make_services()


@pytest.fixture
def ask_round() -> AskRound:
    """Ask to the end; the round as it was then."""

    def run(services: Services, text: str = "How do I sail?", **options: object) -> Round:
        events: list[RoundEvent] = list(
            ask(services, text=text, cancel=CancelToken(), **options)  # type: ignore[arg-type]
        )
        assert isinstance(events[-1], RoundFinished)
        return events[-1].round

    return run


@pytest.fixture
def make_home(tmp_path: Path) -> Iterator[Home]:
    """Homes of their own, each with the real selector, or with what a test brings along."""
    opened = []

    def make(
        name: str, backend: Backend | None = None, learner: Personalizer | None = None
    ) -> Services:
        paths = find_paths(tmp_path / name)
        database = open_database(paths.database)
        opened.append(database)
        database.run(lambda db: db.tags.sync_library(LIBRARY))
        learner = learner or LearnerService(WordEmbedder(), paths.models)
        learner.start(LIBRARY, {}, {})
        return Services(
            store=database,
            backend=backend or ScriptedBackend(),
            learner=learner,
            paths=paths,
            clock=lambda: 1000.0,
            timer=lambda: 0.0,
            random=random.Random(7),
        )

    yield make
    for database in opened:
        database.close()
