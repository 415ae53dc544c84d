"""What the page “What I have learned about you” asks of the program, away from the window's thread.

Contract: reading and small changes have a lane of their own, so that the page is there while
replies are written; what touches the engine, or everything at once, waits its turn behind them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from assistant.gui.language import sentence
from assistant.gui.preferences import Preferences
from assistant.gui.session import Session
from assistant.gui.tasks import Lane
from assistant.gui.training import Trainer
from assistant.usecases.services import Services

T = TypeVar("T")


class LearnedWork(QObject):
    """One for each session."""

    changed = Signal()  # something learned is different: show it anew
    failed = Signal(str)
    forgotten = Signal()  # every ranking was taken back
    told = Signal(str)  # what was done, in a sentence

    def __init__(self, session: Session, preferences: Preferences, trainer: Trainer) -> None:
        super().__init__(session)
        self._session = session
        self.preferences, self.trainer = preferences, trainer
        trainer.ended.connect(self.changed)

    def read(self, work: Callable[[Services], T], then: Callable[[T], object]) -> None:
        """Look something up and show it."""
        self._run(Lane.BROWSE, work, then)

    def change(
        self, work: Callable[[Services], T], said: Callable[[T], str] = lambda _: ""
    ) -> None:
        """Change something small, say so, and show everything anew."""
        self._run(Lane.BROWSE, work, lambda value: self._changed(said(value)))

    def overhaul(
        self, work: Callable[[Services], T], said: Callable[[T], str] = lambda _: ""
    ) -> None:
        """Change what a round being written relies on: behind it, in the order asked for."""
        self._run(Lane.GENERATE, work, lambda value: self._changed(said(value)))

    def study(self, work: Callable[[Services], T], said: Callable[[T], str]) -> None:
        """Change what takes the learner long: behind any training, while replies can be written."""
        self._run(Lane.LEARN, work, lambda value: self._changed(said(value)))

    def _changed(self, said: str) -> None:
        if said:
            self.told.emit(said)
        self.changed.emit()

    def _run(self, lane: Lane, work: Callable[[Services], T], then: Callable[[T], object]) -> None:
        services = self._session.services
        self._session.tasks.run(
            lane,
            lambda: work(services),
            None,
            lambda value: _call(then, value),
            lambda error: self.failed.emit(sentence(str(error))),
        )


def _call(then: Callable[[T], object], value: T) -> None:
    """Whatever a receiver gives back is of no interest."""
    then(value)
