"""What every use case is given: the store, the engine, the learners, time and chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.generation.backend import Backend
from assistant.paths import Paths
from assistant.personalization.learner import Personalizer

if TYPE_CHECKING:
    from assistant.storage.database import Store


@dataclass(frozen=True, slots=True)
class Services:
    """Built once by app.py; in tests by hand."""

    store: Store
    backend: Backend
    learner: Personalizer
    paths: Paths
    clock: Callable[[], float]  # seconds since the epoch, UTC
    timer: Callable[[], float]  # monotonic seconds
    random: random.Random
    notice: str = ""  # a sentence for the user about how it was opened
