"""The one place that builds and closes things, and owns the closing order."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from assistant.domain.errors import StorageProblem
from assistant.generation.backend import Backend, EngineOptions
from assistant.generation.engine import EngineClient
from assistant.generation.library import embedded_model
from assistant.generation.server import ServerClient
from assistant.generation.server_address import read_address
from assistant.paths import Paths
from assistant.personalization.worker import LearnerClient
from assistant.settings import CONTEXT, MODEL, SERVER_KEY, SERVER_MODEL, SERVER_URL, THREADS
from assistant.storage.database import Database, Store, open_database
from assistant.storage.tag_library import read_tag_library
from assistant.usecases.examples import start_learner
from assistant.usecases.presets import model_key
from assistant.usecases.services import Services

DELETED_KEPT_SECONDS = 30 * 86400.0  # a deleted conversation can be brought back this long


def build_services(store: Store, paths: Paths) -> Services:
    """Services on an open store: library synced, children not started before they are needed."""
    library = read_tag_library(paths.resources / "tags.toml")

    def prepare(db: Database) -> Backend:
        if not db.read_only:
            db.rounds.mark_interrupted()
            db.training_runs.mark_interrupted()
            db.conversations.purge(deleted_before=time.time() - DELETED_KEPT_SECONDS)
            db.tags.sync_library(library)
        return choose_backend(db, paths)

    services = Services(
        store=store,
        backend=store.run(prepare),
        learner=LearnerClient(paths.models, paths.resources / "scorer_prior.json"),
        paths=paths,
        clock=time.time,
        timer=time.monotonic,
        random=random.Random(),
    )
    try:
        return replace(services, notice=start_learner(services))
    except BaseException:
        close_services(services)
        raise


def choose_backend(db: Database, paths: Paths) -> Backend:
    """What the settings say that replies are written with; nothing is started yet."""
    context = db.settings.of_model(model_key(db), CONTEXT)
    if url := db.settings.get(SERVER_URL):
        model, key = db.settings.get(SERVER_MODEL), db.settings.get(SERVER_KEY)
        return ServerClient(read_address(url), model, key, context)
    file = db.settings.get(MODEL)

    def find_model() -> Path:
        return Path(file) if file else embedded_model(paths.models)

    options = EngineOptions(context=context, threads=db.settings.get(THREADS), cache=paths.cache)
    return EngineClient(find_model, options)


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
