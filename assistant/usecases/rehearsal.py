"""Rehearsal: a simulated person's rounds on a data file of their own, by the window's use cases.

What is tried out runs on a copy of the data file that is thrown away, with a part of the program
switched off (or on) by the switch that a user has for it, so that nothing of it is learned from.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, StorageProblem, TrainingFailed
from assistant.domain.events import RoundFinished
from assistant.domain.interview import InterviewQuestion
from assistant.domain.model import Origin, Round
from assistant.domain.preferences import order_by_utility
from assistant.evaluation.interest_measure import Floats
from assistant.evaluation.whole_product import AS_IT_IS, EVERYTHING, SLOW, Part, TriedOut
from assistant.settings import EXEMPLARS, INTERESTS, PROMPTS, STYLES
from assistant.usecases.ask import ask
from assistant.usecases.due import due_parts
from assistant.usecases.examples import start_learner
from assistant.usecases.interview import answer_interview, list_interview
from assistant.usecases.learn import learn
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
        """Ask, let the person feel what each reply is worth, rank, learn; then what is due when
        idle, but for the agent, which has an evaluation of its own.
        """
        shown = self._asked(self._services, query, seed)
        worth = felt([candidate.text for candidate in shown.candidates])
        order = order_by_utility(
            {c.letter: float(u) for c, u in zip(shown.candidates, worth, strict=True)}
        )
        for _ in rank(self._services, query_id=shown.query_id, order=order):
            pass
        for part in due_parts(self._services, ("rules", "prompts")):
            self._learn(self._services, part)

    def keep(self, point: int) -> None:
        """Keep a copy of the data file under a number; nothing to do if there is one."""
        if self._kept(point).is_file():
            return
        made = self._services.store.back_up(self._services.clock())
        if made is None:
            raise StorageProblem("The rehearsal's data file is not sound; delete its folder.")
        shutil.move(made, self._kept(point))

    def _kept(self, point: int) -> Path:
        """Where the state after so many rankings is kept."""
        return self._services.paths.home / f"after-{point}.db"

    def interview(self) -> Sequence[InterviewQuestion]:
        """What a new user is asked about how replies should be."""
        return [item.question for item in list_interview(self._services)]

    def tried(
        self,
        point: int,
        part: str,
        queries: Sequence[tuple[str, int]],
        answers: Mapping[str, int] = MappingProxyType({}),
    ) -> Iterator[TriedOut]:
        """The replies to queries (with their seeds) in a kept state, with a part switched over.

        `answers` are what is said in the interview first: options by question.
        """
        with self._copy(point) as services:
            services.store.run(SWITCHES[part])
            if answers:
                answer_interview(services, answers=answers)
            for slow in due_parts(services, (part,)) if part in SLOW else ():
                self._learn(services, slow)
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

    def _learn(self, services: Services, part: str) -> None:
        """Learn a part to its end, or as far as there is enough to learn it from."""
        with suppress(TrainingFailed):
            for _ in learn(services, cancel=self._cancel, only=part):
                pass
        if self._cancel.cancelled:
            raise Cancelled

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
    def _copy(self, point: int) -> Iterator[Services]:
        """The same program on a copy of a kept state; on an empty data file before any ranking.

        The learner knows the copy's rankings, no later ones, until the copy is thrown away.
        """
        self.keep(point)
        folder = self._services.paths.home / "tried"
        folder.mkdir(exist_ok=True)
        store = self._open_store(Path(shutil.copy(self._kept(point), folder / "attune.db")))
        try:
            # searches draw from it: the same ones in every run
            services = replace(self._services, store=store, random=random.Random(point))
            start_learner(services)
            yield services
        finally:
            store.close()
            start_learner(self._services)
            shutil.rmtree(folder)


def _as_it_is(db: Database) -> None:
    """Nothing is switched."""


def _no_tags(db: Database) -> None:
    """No tags in prompts."""
    db.settings.set(INTERESTS, 0)
    db.settings.set(STYLES, 0)


def _no_rules(db: Database) -> None:
    """Every rule forbidden."""
    for rule in db.rules.all():
        db.rules.set_flags(rule.id, pinned=False, banned=True)


def _other_exemplars(db: Database) -> None:
    """The other value of the setting."""
    db.settings.set(EXEMPLARS, not db.settings.get(EXEMPLARS))


def _other_prompts(db: Database) -> None:
    """The other value of the setting."""
    db.settings.set(PROMPTS, not db.settings.get(PROMPTS))


def _nothing(db: Database) -> None:
    """Nothing at all in prompts: every reply is unguided."""
    db.settings.set(EXEMPLARS, False)
    db.settings.set(PROMPTS, False)
    _no_tags(db)
    _no_rules(db)


SWITCHES: dict[str, Callable[[Database], None]] = {
    AS_IT_IS: _as_it_is,
    Part.TAGS: _no_tags,
    Part.RULES: _no_rules,
    Part.EXEMPLARS: _other_exemplars,
    Part.PROMPTS: _other_prompts,
    Part.INTERVIEW: _as_it_is,  # it is there as soon as it is answered
    Part.AGENT: _as_it_is,  # it is there as soon as it is learned
    EVERYTHING: _nothing,
}
