"""The real window on a real data file, with a scripted engine and a simple learner."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Origin, Tag, TagKind, TagWeight
from assistant.generation.backend import Backend
from assistant.generation.scripted import ScriptedBackend
from assistant.gui.start import Program
from assistant.gui.theme import Appearance
from assistant.paths import Paths
from assistant.personalization.embedder import WordEmbedder
from assistant.personalization.learner import (
    DEFAULT,
    Choice,
    ChosenTags,
    Example,
    Policy,
    Reason,
    Reply,
    Selected,
    Taste,
    Update,
)
from assistant.settings import WELCOMED
from assistant.storage.database import Store
from assistant.usecases.services import Services

TAGS = (
    Tag("Baking", TagKind.INTEREST, "Draw on baking.", area="Food"),
    Tag("Outdoors", TagKind.INTEREST, "Draw on the outdoors.", area="Nature"),
    Tag("Brief", TagKind.STYLE, "Be brief.", area="Style"),
)


class CountingLearner:
    """A Personalizer that likes a tag as often as it won."""

    def __init__(self) -> None:
        self._library = TAGS
        self._examples: dict[int, Example] = {}

    def start(
        self,
        library: Sequence[Tag],
        examples: Mapping[int, Example],
        vectors: Mapping[str, bytes],
        selected: Selected = DEFAULT,
    ) -> None:
        self._library, self._examples = tuple(library), dict(examples)

    def texts_to_embed(self) -> tuple[str, ...]:
        return ()

    def begin_choice(self, query: str, policy: Policy, seed: int) -> Callable[[], Choice]:
        origins = itertools.cycle((Origin.EXPLOIT, Origin.EXPLORE, Origin.EXPLORE))
        names = itertools.cycle(TAGS[:2])
        sets = [
            ChosenTags((next(names).name, "Brief"), next(origins), 0.5)
            for _ in range(policy.drafts)
        ]
        return lambda: Choice(tuple(sets))

    def _won(self, tag: str) -> tuple[int, ...]:
        return tuple(
            example.ranking_id
            for example in self._examples.values()
            if example.tiers and tag in example.replies[example.tiers[0][0]].tags
        )

    def expect(self, query: str, replies: Sequence[Reply]) -> dict[str, tuple[float, ...]]:
        learned = tuple(
            sum(len(self._won(tag)) for tag in reply.tags) - reply.place / 10 for reply in replies
        )
        return {"selector": learned, "prior": (0.0,) * len(replies)}

    def update(self, query_id: int, example: Example | None) -> Update:
        if example is None:
            self._examples.pop(query_id, None)
        else:
            self._examples[query_id] = example
        return Update("selector", b"state", len(self._examples), 0.0)

    def weights(self) -> tuple[TagWeight, ...]:
        return self.explain([tag.name for tag in self._library])

    def weights_after(self, count: int) -> tuple[TagWeight, ...]:
        then = CountingLearner()
        then.start(self._library, dict(list(self._examples.items())[:count]), {})
        return then.weights()

    def explain(self, tags: Sequence[str]) -> tuple[TagWeight, ...]:
        known = {tag.name: tag for tag in self._library}
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

    def reasons(self, query: str, replies: Sequence[Reply]) -> tuple[tuple[Reason, ...], ...]:
        return tuple(() for _ in replies)

    def tastes(self) -> tuple[Taste, ...]:
        return ()

    def vectors(self, texts: Sequence[str]) -> Mapping[str, bytes]:
        rows = WordEmbedder().embed(texts)
        return {text: row.tobytes() for text, row in zip(texts, rows, strict=True)}

    def train(self, cancel: CancelToken, only: str = "") -> Iterator[Progress | Update]:
        yield Update("selector", b"state", len(self._examples), 0.0)

    def pause(self, paused: bool) -> None:
        return

    def close(self) -> None:
        return


def make_program(
    home: Path, appearance: Appearance, backend: Backend | None = None, *, first: bool = False
) -> Program:
    """A program that is not open yet; unless it is the first start, its pages were seen."""
    engine = backend or ScriptedBackend(["First **reply**.", "Second reply.", "Third reply."])

    def build(store: Store, paths: Paths) -> Services:
        store.run(lambda db: db.tags.sync_library(TAGS))
        if not first:
            store.run(lambda db: db.settings.set(WELCOMED, True))
        learner, chance = CountingLearner(), random.Random(1)
        return Services(store, engine, learner, paths, time.time, time.monotonic, chance)

    def close(services: Services) -> None:
        services.learner.close()
        services.backend.close()

    paths = Paths(home=home, cache=home / "cache", project=home.parent)
    return Program(paths, build, close, appearance)
