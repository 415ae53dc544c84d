"""A session with its trainer and what the page asks for, on a real data file, without a window."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QWidget
from scripted_program import TAGS

from assistant.domain.cancel import CancelToken
from assistant.domain.events import RoundFinished
from assistant.domain.model import Order, Round
from assistant.generation.backend import Backend
from assistant.generation.scripted import ScriptedBackend
from assistant.gui.learned_work import LearnedWork
from assistant.gui.preferences import Preferences
from assistant.gui.session import Session
from assistant.gui.tasks import Tasks, ThreadedStore
from assistant.gui.training import Trainer
from assistant.paths import find_paths
from assistant.personalization.learner import Personalizer
from assistant.personalization.service import LearnerService
from assistant.usecases.ask import ask
from assistant.usecases.examples import start_learner
from assistant.usecases.rank import rank
from assistant.usecases.services import Services
from tests.personalization.word_embedder import WordEmbedder

BRIEF = "Yes. Walk, then rest."
LONG = (
    "There are numerous possibilities that one might conceivably consider in this regard, and each "
    "of them has its own merits; for example, one could go for a walk, read, or cook."
)
QUIET = 3600.0  # seconds: nothing begins by itself in a test that does not want it


@dataclass
class LearnedDesk:
    """What stands behind the page."""

    tasks: Tasks
    services: Services
    session: Session
    trainer: Trainer
    work: LearnedWork
    ended: bool | None = None  # None: not closed yet
    windows: list[QWidget] = field(default_factory=list)  # kept from the garbage collector

    def close(self) -> bool:
        """In the order of the program; whether all of it ended in time."""
        if self.ended is None:
            self.trainer.close()
            self.session.leave()
            ended = self.tasks.close_within(1.0)
            self.services.learner.close()
            store = self.services.store
            assert isinstance(store, ThreadedStore)
            self.ended = store.close_within(5) and self.tasks.end() and ended
        return self.ended


def make_desk(
    home: Path,
    backend: Backend | None = None,
    learner: Personalizer | None = None,
    idle_seconds: float = QUIET,
) -> LearnedDesk:
    """A desk with the real learner, its vectors made from words."""
    paths = find_paths(home)
    tasks = Tasks()
    store = ThreadedStore(tasks)
    store.open(paths.database)
    store.run(lambda db: db.tags.sync_library(TAGS))
    services = Services(
        store=store,
        backend=backend or ScriptedBackend([BRIEF, LONG, LONG]),
        learner=learner or LearnerService(WordEmbedder(), paths.models),
        paths=paths,
        clock=time.time,
        timer=time.monotonic,
        random=random.Random(7),
    )
    start_learner(services)
    session = Session(tasks, services)
    preferences = Preferences(session)
    trainer = Trainer(session, idle_seconds)
    return LearnedDesk(
        tasks, services, session, trainer, LearnedWork(session, preferences, trainer)
    )


def teach(services: Services, rounds: int, prefer: Callable[[str], bool] | None = None) -> None:
    """Rounds whose short reply is ranked first, or the first that is preferred."""
    liked = prefer or (lambda text: text == BRIEF)
    for number in range(rounds):
        round_ = ask_round(services, f"What can I do on day {number}?")
        best = next((c.letter for c in round_.candidates if liked(c.text)), "A")
        rest = tuple(c.letter for c in round_.candidates if c.letter != best)
        assert list(rank(services, query_id=round_.query_id, order=Order(((best,),), rest)))


def ask_round(services: Services, text: str) -> Round:
    """One round to its end."""
    *_, last = ask(services, text=text, drafts=3, cancel=CancelToken())
    assert isinstance(last, RoundFinished)
    return last.round
