"""Versions: what is kept, the way back, and what became of each training run."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from learned_desk import LearnedDesk, make_desk
from learned_fixtures import buttons, part_of, show_page
from pytestqt.qtbot import QtBot

from assistant.generation.backend import ModelInfo
from assistant.generation.scripted import ScriptedBackend
from assistant.gui.learned_parts import Entry
from assistant.gui.learned_versions import LearnedVersions
from assistant.storage.learning import ImportedState
from assistant.usecases.agent import AGENT, agent_versions, model_mark
from tests.personalization.adapter_states import adapter_for
from tests.personalization.agent_makers import write_tiny_base

HELD_OUT = {"held_out": 0.71, "held_out_before": 0.6, "judged": 9.0}


def keep(desk: LearnedDesk, count: int) -> None:
    for number in range(count):
        weights = b"adapter %d" % number
        desk.services.store.run(
            lambda db, weights=weights, now=number: db.snapshots.activate(
                AGENT, weights, 25, HELD_OUT, float(now), trial=True, keep=4
            )
        )


def active(desk: LearnedDesk) -> list[bool]:
    return [version.active for version in agent_versions(desk.services)]


def test_the_agent_goes_back_to_the_version_before_and_to_none(
    qtbot: QtBot, desk: LearnedDesk
) -> None:
    keep(desk, 2)
    part = part_of(show_page(qtbot, desk), "Versions", LearnedVersions)
    qtbot.waitUntil(lambda: "Go back to the one before" in buttons(part.agent))
    first = part.agent.findChildren(Entry)[0]
    assert "in use, on trial" in first.text.text()
    assert first.note.text() == "71 % of pairs right in 9 held-out rankings, 60 % before"
    buttons(part.agent)["Go back to the one before"].click()
    qtbot.waitUntil(lambda: active(desk) == [True, False])
    qtbot.waitUntil(lambda: list(buttons(part.agent)) == ["Do without an agent"])
    buttons(part.agent)["Do without an agent"].click()
    qtbot.waitUntil(lambda: active(desk) == [False, False])


def test_a_refused_run_is_listed_with_its_reason(qtbot: QtBot, desk: LearnedDesk) -> None:
    def write(db) -> None:
        run = db.training_runs.start(AGENT, 100.0)
        db.training_runs.finish(run, "refused", None, 160.0, "Worse on held-out rankings.")

    desk.services.store.run(write)
    part = part_of(show_page(qtbot, desk), "Versions", LearnedVersions)
    qtbot.waitUntil(lambda: bool(part.runs.findChildren(Entry)))
    (run,) = part.runs.findChildren(Entry)
    assert "60 s · refused, what was in use stays" in run.text.text()
    assert run.note.text() == "Worse on held-out rankings."


def test_without_any_training_that_is_said(qtbot: QtBot, desk: LearnedDesk) -> None:
    part = part_of(show_page(qtbot, desk), "Versions", LearnedVersions)
    qtbot.waitUntil(lambda: not part.states.isVisible())
    assert buttons(part.agent) == {}


class TrainableBackend(ScriptedBackend):
    """A scripted engine whose model file is real and tiny."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = write_tiny_base(file)

    def info(self) -> ModelInfo:
        sha256 = hashlib.sha256(self.file.read_bytes()).hexdigest()
        return replace(super().info(), path=self.file, sha256=sha256, architecture="llama")


def test_an_imported_agent_is_tested_when_it_is_switched_on(
    qtbot: QtBot, qapp: object, tmp_path: Path
) -> None:
    backend = TrainableBackend(tmp_path / "tiny.gguf")
    desk = make_desk(tmp_path / "home", backend)
    sha256, state = backend.info().sha256, adapter_for(backend.file)
    facts = ImportedState("import:ab", "Tiny", sha256, 1.0, 30)
    shape = {"model": model_mark(sha256), "rank": 8.0, "alpha": 16.0}
    desk.services.store.run(lambda db: db.snapshots.add_imported(AGENT, state, facts, shape))
    part = part_of(show_page(qtbot, desk), "Versions", LearnedVersions)
    qtbot.waitUntil(lambda: "Switch on" in buttons(part.agent))
    told: list[str] = []
    desk.work.told.connect(told.append)
    buttons(part.agent)["Switch on"].click()
    assert told == ["The agent is being tested; you can go on meanwhile."]
    qtbot.waitUntil(lambda: active(desk) == [True], timeout=60_000)
    qtbot.waitUntil(lambda: "Do without an agent" in buttons(part.agent))
    assert "Switch on" not in buttons(part.agent)
    assert "came with a profile" in part.agent.findChildren(Entry)[0].text.text()
    assert "on trial" in told[-1]
    buttons(part.agent)["Do without an agent"].click()
    qtbot.waitUntil(lambda: "Switch on" in buttons(part.agent))
    assert desk.close()
