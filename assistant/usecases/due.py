"""What is due to be learned in the background, and whether now is the time for it."""

from __future__ import annotations

from dataclasses import dataclass

import psutil

from assistant.domain.errors import UserError
from assistant.settings import IDLE_LEARNING, LEARNING, MAINS_ONLY, PROMPTS
from assistant.storage.database import Database
from assistant.usecases.agent import AGENT
from assistant.usecases.learn_agent import why_untrainable
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

    def wanted(db: Database) -> bool:
        settings = db.settings
        if not (settings.get(LEARNING) and settings.get(IDLE_LEARNING)):
            return False
        return not (settings.get(MAINS_ONLY) and on_battery())

    if not services.store.run(wanted):
        return ""
    return next(iter(due_parts(services, names)), "")


def due_parts(services: Services, names: tuple[str, ...] = ALL_PARTS) -> tuple[str, ...]:
    """Those of the parts named for which there are enough new rankings, the cheapest first.

    Prompts only while they are used, the agent only if the chat model can be trained.
    """

    def read(db: Database) -> tuple[str, ...]:
        if db.read_only:
            return ()
        total, used = db.training_runs.rankings_since(), db.settings.get(PROMPTS)
        return tuple(
            part.name
            for part in PARTS
            if part.name in names
            and (used or part.name != "prompts")
            and total >= part.first
            and db.training_runs.rankings_since(part.name) >= min(part.every, total)
        )

    found = services.store.run(read)
    if AGENT in found and not _trainable(services):
        return tuple(name for name in found if name != AGENT)
    return found


def _trainable(services: Services) -> bool:
    """Whether there is a chat model that an agent can be trained on."""
    try:
        return not why_untrainable(services.backend.info())
    except UserError:
        return False  # whoever asks the model something is told why


def on_battery() -> bool:
    """Whether this machine runs on its battery now; False where nobody knows."""
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    return battery is not None and not battery.power_plugged
