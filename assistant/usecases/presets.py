"""Presets: sampling, system text and context that differ while a certain model is in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.domain.errors import UsageProblem
from assistant.domain.model import QueryId
from assistant.generation.backend import Sampling
from assistant.generation.library import embedded_model
from assistant.paths import Paths
from assistant.settings import (
    EMPHASIS,
    MAX_TOKENS,
    MIN_P,
    MODEL,
    PER_MODEL,
    REPEAT_PENALTY,
    SERVER_MODEL,
    SERVER_URL,
    TEMPERATURE,
    TOP_K,
    TOP_P,
    Setting,
)
from assistant.usecases.models import list_models

if TYPE_CHECKING:
    from assistant.storage.database import Database, Store

EMBEDDED = "embedded"  # key of the model that came along, whatever its file is called
ON_SERVER = "server:"  # before the name of a model on a server


def model_key(db: Database) -> str:
    """What the presets of the model in use are kept under."""
    if db.settings.get(SERVER_URL):
        return ON_SERVER + db.settings.get(SERVER_MODEL)
    path = db.settings.get(MODEL)
    return Path(path).stem if path else EMBEDDED


def sampling_of(db: Database, max_tokens: int | None = None) -> Sampling:
    """How the model in use draws words; None means its longest reply."""
    model = model_key(db)
    longest = db.settings.of_model(model, MAX_TOKENS) if max_tokens is None else max_tokens
    return Sampling(
        temperature=db.settings.of_model(model, TEMPERATURE),
        top_k=db.settings.of_model(model, TOP_K),
        top_p=db.settings.of_model(model, TOP_P),
        min_p=db.settings.of_model(model, MIN_P),
        repeat_penalty=db.settings.of_model(model, REPEAT_PENALTY),
        emphasis=db.settings.of_model(model, EMPHASIS),
        max_tokens=MAX_TOKENS.check(longest),
    )


def sampling_then(db: Database, query_id: QueryId) -> Sampling:
    """How words were drawn for the replies to a query; the longest reply is what is set now."""
    now, noted = sampling_of(db), db.rounds.sampling(query_id)
    return replace(Sampling(**noted), max_tokens=now.max_tokens) if noted else now


def preset(store: Store, paths: Paths, name: str) -> dict[str, object]:
    """The values in force while a model is in use, its own and the general ones, by key."""
    key = _key(store, paths, name)
    items: tuple[Setting[Any], ...] = PER_MODEL
    return store.run(lambda db: {item.key: db.settings.of_model(key, item) for item in items})


def own_values(store: Store, paths: Paths, name: str) -> frozenset[str]:
    """The keys that are set for this model."""
    key = _key(store, paths, name)
    return store.run(lambda db: frozenset(db.settings.all_of_model(key)))


def set_preset(store: Store, paths: Paths, name: str, values: Mapping[str, object]) -> None:
    """Set some values for one model; UsageProblem, and nothing is set, if one is not allowed."""
    key = _key(store, paths, name)
    items: dict[str, Setting[Any]] = {item.key: item for item in PER_MODEL}

    def write(db: Database) -> None:
        for setting, value in values.items():
            db.settings.set_of_model(key, items[setting], value)

    store.run(write)


def clear_preset(store: Store, paths: Paths, name: str) -> None:
    """Use the general values with a model again."""
    key = _key(store, paths, name)
    store.run(lambda db: db.settings.clear_model(key))


def _key(store: Store, paths: Paths, name: str) -> str:
    """The key of a model named as `list_models` does; "" is the model in use."""
    if not name:
        return store.run(model_key)
    served = ON_SERVER + store.run(lambda db: db.settings.get(SERVER_MODEL))
    if name in (EMBEDDED, served):
        return name
    for choice in list_models(store, paths):
        if choice.name == name:
            own = choice.embedded and choice.path == embedded_model(paths.models)
            return EMBEDDED if own else choice.path.stem
    raise UsageProblem(f"There is no model “{name}”; `attune models list` names them.")
