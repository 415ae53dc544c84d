"""The one place that builds and closes things, and owns the closing order."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.domain.errors import StorageProblem
from assistant.generation.backend import EngineOptions
from assistant.generation.engine import EngineClient
from assistant.generation.library import embedded_model
from assistant.paths import Paths
from assistant.personalization.worker import LearnerClient
from assistant.settings import CONTEXT, MODEL, THREADS
from assistant.storage.database import Database, Store, open_database
from assistant.storage.tag_library import read_tag_library
from assistant.usecases.examples import start_learner
from assistant.usecases.services import Services

DELETED_KEPT_SECONDS = 30 * 86400.0  # a deleted conversation can be brought back this long


def build_services(store: Store, paths: Paths) -> Services:
    """Services on an open store: library synced, children not started before they are needed."""
    library = read_tag_library(paths.resources / "tags.toml")

    def prepare(db: Database) -> tuple[str, EngineOptions]:
        if not db.read_only:
            db.rounds.mark_interrupted()
            db.conversations.purge(deleted_before=time.time() - DELETED_KEPT_SECONDS)
            db.tags.sync_library(library)
        options = EngineOptions(
            context=db.settings.get(CONTEXT), threads=db.settings.get(THREADS), cache=paths.cache
        )
        return db.settings.get(MODEL), options

    model, options = store.run(prepare)

    def find_model() -> Path:
        return Path(model) if model else embedded_model(paths.models)

    services = Services(
        store=store,
        backend=EngineClient(find_model, options),
        learner=LearnerClient(paths.models, paths.resources / "scorer_prior.json"),
        paths=paths,
        clock=time.time,
        timer=time.monotonic,
        random=random.Random(),
    )
    try:
        start_learner(services)
    except BaseException:
        close_services(services)
        raise
    return services


def close_services(services: Services) -> None:
    """End the children; the store is closed by whoever opened it, last."""
    services.learner.close()
    services.backend.close()


@contextmanager
def open_services(paths: Paths) -> Iterator[Services]:
    """Everything a command needs, on this thread; closed in the right order whatever happens."""
    database = open_database(paths.database)
    try:
        services = build_services(database, paths)
        try:
            yield services
        finally:
            close_services(services)
    finally:
        with suppress(StorageProblem):  # nothing is lost, and the next one may succeed
            database.back_up_if_due(time.time())
        database.close()
