"""What is due to be learned in the background, and whether now is the time for it."""

from __future__ import annotations

from dataclasses import dataclass

import psutil

from assistant.settings import IDLE_LEARNING, LEARNING, MAINS_ONLY
from assistant.storage.database import Database
from assistant.usecases.services import Services

IDLE_SECONDS = 60.0  # without a query or a ranking before anything long is begun


@dataclass(frozen=True, slots=True)
class Part:
    """Something that takes long to learn: its name, and how many rankings make it worth it."""

    name: str
    first: int  # rankings before it is learned at all
    every: int  # new rankings before it is learned again


# In the order of their cost: seconds, a minute or two, some minutes.
PARTS = (Part("rules", 10, 10), Part("prompts", 12, 20), Part("agent", 25, 25))
ALL_PARTS = ("rules", "prompts", "agent")


def due(services: Services, names: tuple[str, ...] = ALL_PARTS) -> str:
    """The next of the parts named to learn in the background; "" if none is due or wanted."""

    def read(db: Database) -> str:
        settings = db.settings
        if db.read_only or not (settings.get(LEARNING) and settings.get(IDLE_LEARNING)):
            return ""
        if settings.get(MAINS_ONLY) and on_battery():
            return ""
        total = db.rankings.count()
        for part in PARTS:
            new = db.training_runs.rankings_since(part.name)
            if part.name in names and total >= part.first and new >= min(part.every, total):
                return part.name
        return ""

    return services.store.run(read)


def on_battery() -> bool:
    """Whether this machine runs on its battery now; False where nobody knows."""
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    return battery is not None and not battery.power_plugged
