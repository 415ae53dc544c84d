"""Temporary conversations: the same program on a store that vanishes, and nothing is learned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.settings import ALL, LEARNING, PER_MODEL, Setting
from assistant.storage.database import Database, Store
from assistant.usecases.presets import model_key
from assistant.usecases.services import Services


def temporary_services(services: Services, memory: Store) -> Services:
    """Services that keep everything in `memory`: tags and settings as they are, learning off.

    `memory` is a store from `open_in_memory`; closing it leaves no trace of what was said.
    """
    tags = services.store.run(lambda db: db.tags.all())
    items: tuple[Setting[Any], ...] = ALL
    values = services.store.run(lambda db: [(item, db.settings.get(item)) for item in items])
    preset: tuple[Setting[Any], ...] = PER_MODEL
    model = services.store.run(model_key)
    own = services.store.run(lambda db: db.settings.all_of_model(model))

    def write(db: Database) -> None:
        db.tags.sync_library(tags)
        for item, value in values:
            db.settings.set(item, value)
        for item in preset:
            if item.key in own:
                db.settings.set_of_model(model, item, own[item.key])
        db.settings.set(LEARNING, False)
        for tag in tags:
            db.tags.set_flags(tag.name, pinned=tag.pinned, banned=tag.banned)

    memory.run(write)
    return replace(services, store=memory)
