"""The real window on a real data file, with a scripted engine and a simple learner."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.domain.model import Origin, Tag, TagKind, TagWeight
from assistant.generation.backend import Backend
from assistant.generation.scripted import ScriptedBackend
from assistant.gui.start import Program
from assistant.gui.theme import Appearance
from assistant.paths import Paths
from assistant.personalization.learner import (
    Choice,
    ChosenTags,
    Policy,
    Reply,
)
from assistant.settings import WELCOMED
from assistant.storage.database import Store
from assistant.usecases.services import Services
from tests.personalization.still_learner import StillLearner

TAGS = (
    Tag("Baking", TagKind.INTEREST, "Draw on baking.", area="Food"),
    Tag("Outdoors", TagKind.INTEREST, "Draw on the outdoors.", area="Nature"),
    Tag("Brief", TagKind.STYLE, "Be brief.", area="Style"),
)


class CountingLearner(StillLearner):
    """A Personalizer that likes a tag as often as it won."""

    def __init__(self) -> None:
        super().__init__()
        self.library = TAGS

    def begin_choice(self, query: str, policy: Policy, seed: int) -> Callable[[], Choice]:
        origins = itertools.cycle((Origin.EXPLOIT, Origin.EXPLORE, Origin.EXPLORE))
        names = itertools.cycle(TAGS[:2])
        sets = [
            ChosenTags((next(names).name, "Brief"), next(origins), 0.5)
            for _ in range(policy.drafts)
        ]
        return lambda: Choice(tuple(sets), {query: bytes(4)})

    def _won(self, tag: str) -> tuple[int, ...]:
        return tuple(
            example.ranking_id
            for example in self.examples.values()
            if example.tiers and tag in example.replies[example.tiers[0][0]].tags
        )

    def expect(self, query: str, replies: Sequence[Reply]) -> dict[str, tuple[float, ...]]:
        learned = tuple(
            sum(len(self._won(tag)) for tag in reply.tags) - reply.place / 10 for reply in replies
        )
        return {"selector": learned, "prior": (0.0,) * len(replies)}

    def weights_after(self, count: int) -> tuple[TagWeight, ...]:
        then = CountingLearner()
        then.start(self.library, dict(list(self.examples.items())[:count]), {})
        return then.weights()

    def explain(self, tags: Sequence[str]) -> tuple[TagWeight, ...]:
        known = {tag.name: tag for tag in self.library}
        return tuple(
            TagWeight(
                tag,
                known[tag].kind.value,
                len(self._won(tag)) / 3,
                0.2,
                pinned=known[tag].pinned,
                banned=known[tag].banned,
                rankings=self._won(tag),
            )
            for tag in tags
        )


def make_program(
    home: Path,
    appearance: Appearance,
    backend: Backend | None = None,
    *,
    first: bool = False,
    notice: str = "",
) -> Program:
    """A program that is not open yet; unless it is the first start, its pages were seen."""
    engine = backend or ScriptedBackend(["First **reply**.", "Second reply.", "Third reply."])

    def build(store: Store, paths: Paths) -> Services:
        store.run(lambda db: db.tags.sync_library(TAGS))
        if not first:
            store.run(lambda db: db.settings.set(WELCOMED, True))
        learner, chance = CountingLearner(), random.Random(1)
        return Services(store, engine, learner, paths, time.time, time.monotonic, chance, notice)

    def close(services: Services) -> None:
        services.learner.close()
        services.backend.close()

    paths = Paths(home=home, cache=home / "cache", project=home.parent)
    return Program(paths, build, close, appearance)
