"""Homes with a model that can be trained, and profiles whose agent has chosen properties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from planted import TinyBackend, TrainingPersonalizer
from profile_homes import Home

from assistant.usecases.agent import AGENT, VERSIONS, model_mark
from assistant.usecases.profile_file import export_profile
from assistant.usecases.services import Services
from tests.personalization.adapter_states import adapter_for

MADE = 500.0  # when the adapters of these tests were trained


def home(make_home: Home, name: str) -> Services:
    """One with a model that can be trained."""
    folder = make_home(name).paths.home / "model"
    folder.mkdir(parents=True, exist_ok=True)
    return make_home(name + "1", TinyBackend(folder), TrainingPersonalizer())


def use_own(services: Services, state: bytes, *, trial: bool = False) -> int:
    """An adapter as if it had been trained here."""
    metrics = {"model": model_mark(services.backend.info().sha256), "norm": 0.1}
    return services.store.run(
        lambda db: db.snapshots.activate(
            AGENT, state, 30, metrics, MADE, trial=trial, keep=VERSIONS
        )
    )


def exported(services: Services, file: Path, **options: Any) -> Path:
    """A profile whose agent has these properties."""
    backend = services.backend
    assert isinstance(backend, TinyBackend)
    use_own(services, adapter_for(backend.file, **options))
    assert export_profile(services, file=file).adapter
    return file
