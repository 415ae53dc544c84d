"""Rehearsal: a simulated person's rounds on a data file of their own, by the window's use cases.

What is tried out runs on a copy of the data file that is thrown away, with a part of the program
switched off (or on) by the switch that a user has for it, so that nothing of it is learned from.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, StorageProblem
from assistant.domain.events import RoundFinished
from assistant.domain.model import Origin, Round
from assistant.domain.preferences import order_by_utility
from assistant.evaluation.whole import Floats, TriedOut
from assistant.settings import EXEMPLARS, INTERESTS, PROMPTS, STYLES
from assistant.usecases.ask import ask
from assistant.usecases.learn import learn
from assistant.usecases.learn_prompts import FEWEST
from assistant.usecases.rank import rank
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database

OpenStore = Callable[[Path], "Database"]


class Rehearsal:
    """One person's program. `open_store` opens a copied data file."""

    def __init__(
        self, services: Services, open_store: OpenStore, tokens: int, cancel: CancelToken
    ) -> None:
        self._services, self._open_store = services, open_store
        self._tokens, self._cancel = tokens, cancel

    @property
    def rankings(self) -> int:
        """How many were made so far, in earlier runs too."""
        return len(self._services.store.run(lambda db: db.rounds.ranked()))

    def round(self, query: str, seed: int, felt: Callable[[Sequence[str]], Floats]) -> None:
        """Ask, let the person feel what each reply is worth, rank, learn from it."""
        shown = self._asked(self._services, query, seed)
        worth = felt([candidate.text for candidate in shown.candidates])
        order = order_by_utility(
            {c.letter: float(u) for c, u in zip(shown.candidates, worth, strict=True)}
        )
        for _ in rank(self._services, query_id=shown.query_id, order=order):
            pass

    def learn_rules(self) -> None:
        """What the program learns of itself while it is idle, but for the agent and prompts."""
        for _ in learn(self._services, cancel=self._cancel, only="rules"):
            pass

    def tried(self, part: str, queries: Sequence[tuple[str, int]]) -> Iterator[TriedOut]:
        """The replies to queries (with their seeds) with a part switched over; "" for none."""
        with self._copy() as services:
            SWITCHES[part](services, self._cancel)
            for query, seed in queries:
                yield self._judged(services, self._asked(services, query, seed))

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One row of length one for each text."""
        known = self._services.learner.vectors(list(dict.fromkeys(texts)))
        return np.stack([np.frombuffer(known[text], "<f4") for text in texts]).astype(float)

    def _asked(self, services: Services, query: str, seed: int) -> Round:
        """The round of a query in a conversation of its own, written to its end."""
        for event in ask(
            services, text=query, seed=seed, max_tokens=self._tokens, cancel=self._cancel
        ):
            if isinstance(event, RoundFinished) and not self._cancel.cancelled:
                return event.round
        raise Cancelled  # half a reply says nothing

    def _judged(self, services: Services, shown: Round) -> TriedOut:
        """The texts, and what the program expected of them."""
        made = services.store.run(lambda db: db.predictions.of([shown.query_id]))
        expected = {p.predictor: p.utilities for p in made.get(shown.query_id, ())}
        letters = [candidate.letter for candidate in shown.candidates]
        exploits = [i for i, c in enumerate(shown.candidates) if c.origin is Origin.EXPLOIT]
        return TriedOut(
            tuple(candidate.text for candidate in shown.candidates),
            {name: tuple(values[x] for x in letters) for name, values in expected.items()},
            exploits[0] if exploits else 0,
        )

    @contextmanager
    def _copy(self) -> Iterator[Services]:
        """The same program on a copy of the data file."""
        made = self._services.store.back_up(self._services.clock())
        if made is None:
            raise StorageProblem("The rehearsal's data file is not sound; delete its folder.")
        folder = self._services.paths.home / "tried"
        folder.mkdir(exist_ok=True)
        store = self._open_store(Path(shutil.move(made, folder / "attune.db")))
        try:
            yield replace(self._services, store=store)
        finally:
            store.close()
            shutil.rmtree(folder)


def _nothing(services: Services, cancel: CancelToken) -> None:
    """The program as it is."""


def _tags(services: Services, cancel: CancelToken) -> None:
    """No tags in prompts."""

    def write(db: Database) -> None:
        db.settings.set(INTERESTS, 0)
        db.settings.set(STYLES, 0)

    services.store.run(write)


def _rules(services: Services, cancel: CancelToken) -> None:
    """Every rule forbidden."""

    def write(db: Database) -> None:
        for rule in db.rules.all():
            db.rules.set_flags(rule.id, pinned=False, banned=True)

    services.store.run(write)


def _exemplars(services: Services, cancel: CancelToken) -> None:
    """The other value of the setting."""
    services.store.run(lambda db: db.settings.set(EXEMPLARS, not db.settings.get(EXEMPLARS)))


def _prompts(services: Services, cancel: CancelToken) -> None:
    """The other value of the setting; where that is on, prompts are learned first."""
    on = not services.store.run(lambda db: db.settings.get(PROMPTS))
    services.store.run(lambda db: db.settings.set(PROMPTS, on))
    if on and len(services.store.run(lambda db: db.rounds.ranked())) >= FEWEST:
        for _ in learn(services, cancel=cancel, only="prompts"):
            pass


def _all(services: Services, cancel: CancelToken) -> None:
    """Nothing at all in prompts: every reply is unguided."""

    def write(db: Database) -> None:
        db.settings.set(EXEMPLARS, False)
        db.settings.set(PROMPTS, False)

    services.store.run(write)
    _tags(services, cancel)
    _rules(services, cancel)


SWITCHES: dict[str, Callable[[Services, CancelToken], None]] = {
    "": _nothing,
    "tags": _tags,
    "rules": _rules,
    "exemplars": _exemplars,
    "prompts": _prompts,
    "all": _all,
}
