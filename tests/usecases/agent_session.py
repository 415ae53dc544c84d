"""A child process that trains and swaps the agent until it is killed; it tells each step.

Told so, it ends itself without notice inside the transaction that swaps, or right behind it.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from planted import OPTIONS, TinyBackend, TrainingPersonalizer

from assistant.domain.cancel import CancelToken
from assistant.paths import find_paths
from assistant.storage.database import Database, open_database
from assistant.usecases.agent import AGENT
from assistant.usecases.learn_agent import AgentLearned, learn_agent
from assistant.usecases.services import Services

T = TypeVar("T")
INSIDE, BEHIND = "inside", "behind"


class MortalStore:
    """A data file whose process dies at the swap: before it is committed, or after it."""

    def __init__(self, database: Database, dies: str) -> None:
        self._database, self._dies = database, dies

    def run(self, work: Callable[[Database], T]) -> T:
        """Carry it out; whoever sees another adapter in use than before may die of it."""
        before = self._in_use(self._database)

        def watched(db: Database) -> T:
            value = work(db)
            if self._dies == INSIDE and self._in_use(db) != before:
                os.kill(os.getpid(), signal.SIGKILL)
            return value

        value = self._database.run(watched)
        if self._dies == BEHIND and self._in_use(self._database) != before:
            os.kill(os.getpid(), signal.SIGKILL)
        return value

    def back_up(self, now: float) -> Path | None:
        """As the data file does."""
        return self._database.back_up(now)

    def _in_use(self, db: Database) -> list[int]:
        return [head.id for head in db.snapshots.heads(AGENT) if head.active]


def main(home: Path, dies: str = "") -> None:
    """Say "step" after each step and "swapped" at the end."""
    paths = find_paths(home)
    ticks = itertools.count(1000)
    services = Services(
        store=MortalStore(open_database(paths.database), dies),
        backend=TinyBackend(home),
        learner=TrainingPersonalizer(),
        paths=paths,
        clock=lambda: float(next(ticks)),
        timer=lambda: 0.0,
        random=random.Random(1),
    )
    for step in learn_agent(services, cancel=CancelToken(), options=OPTIONS):
        swapped = isinstance(step, AgentLearned) and step.snapshot_id is not None
        sys.stdout.write("swapped\n" if swapped else "step\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
