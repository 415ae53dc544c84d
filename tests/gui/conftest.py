"""The real window on a real data file, with a scripted engine and a simple learner."""

from __future__ import annotations

import itertools
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Origin, Tag, TagKind, TagWeight
from assistant.generation.scripted import ScriptedBackend
from assistant.gui.start import Program
from assistant.gui.theme import Appearance
from assistant.paths import Paths
from assistant.personalization.learner import (
    DEFAULT,
    Choice,
    ChosenTags,
    Example,
    Policy,
    Reply,
    Selected,
    Update,
)
from assistant.storage.database import Store
from assistant.usecases.services import Services

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TAGS = (
    Tag("Baking", TagKind.INTEREST, "Draw on baking.", area="Food"),
    Tag("Outdoors", TagKind.INTEREST, "Draw on the outdoors.", area="Nature"),
    Tag("Brief", TagKind.STYLE, "Be brief.", area="Style"),
)


class CountingLearner:
    """A Personalizer that likes a tag as often as it won."""

    def __init__(self) -> None:
        self._examples: dict[int, Example] = {}

    def start(
        self,
        library: Sequence[Tag],
        examples: Mapping[int, Example],
        vectors: Mapping[str, bytes],
        selected: Selected = DEFAULT,
    ) -> None:
        self._examples = dict(examples)

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
        return self.explain([tag.name for tag in TAGS])

    def explain(self, tags: Sequence[str]) -> tuple[TagWeight, ...]:
        kinds = {tag.name: tag.kind.value for tag in TAGS}
        return tuple(
            TagWeight(tag, kinds[tag], len(self._won(tag)) / 3, 0.2, rankings=self._won(tag))
            for tag in tags
        )

    def train(self, cancel: CancelToken) -> Iterator[Progress | Update]:
        yield Update("selector", b"state", len(self._examples), 0.0)

    def pause(self, paused: bool) -> None:
        return

    def close(self) -> None:
        return


Start = Callable[..., Program]


@pytest.fixture
def start(qtbot: QtBot, qapp, tmp_path: Path) -> Iterator[Start]:
    """Starts the program (again) on the test's data file; closes what is open at the end."""
    programs: list[Program] = []
    appearance = Appearance(qapp)

    def begin(
        backend: ScriptedBackend | None = None, width: int = 1280, height: int = 800
    ) -> Program:
        engine = backend or ScriptedBackend(["First **reply**.", "Second reply.", "Third reply."])

        def build(store: Store, paths: Paths) -> Services:
            store.run(lambda db: db.tags.sync_library(TAGS))
            return Services(
                store,
                engine,
                CountingLearner(),
                paths,
                time.time,
                time.monotonic,
                random.Random(1),
            )

        def close(services: Services) -> None:
            services.learner.close()
            services.backend.close()

        home = tmp_path / "home"
        program = Program(
            Paths(home=home, cache=home / "cache", project=tmp_path), build, close, appearance
        )
        programs.append(program)
        program.window.resize(width, height)
        program.window.show()
        program.window.activateWindow()
        qtbot.waitExposed(program.window)
        program.open()
        return program

    yield begin
    for program in programs:
        program.window.close()
        program.window.deleteLater()
    appearance.deleteLater()
