"""A child process that trains and swaps the agent until it is killed; it tells each step."""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

from planted import OPTIONS, TinyBackend, TrainingPersonalizer

from assistant.domain.cancel import CancelToken
from assistant.paths import find_paths
from assistant.storage.database import open_database
from assistant.usecases.learn_agent import learn_agent
from assistant.usecases.services import Services


def main(home: Path) -> None:
    """Say "step" after each step and "swapped" at the end."""
    paths = find_paths(home)
    ticks = itertools.count(1000)
    services = Services(
        store=open_database(paths.database),
        backend=TinyBackend(home),
        learner=TrainingPersonalizer(),
        paths=paths,
        clock=lambda: float(next(ticks)),
        timer=lambda: 0.0,
        random=random.Random(1),
    )
    for _ in learn_agent(services, cancel=CancelToken(), options=OPTIONS):
        sys.stdout.write("step\n")
        sys.stdout.flush()
    sys.stdout.write("swapped\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
