"""Versions: what is kept, the way back, and what became of each training run."""

from __future__ import annotations

from learned_desk import LearnedDesk
from learned_fixtures import buttons, part_of, show_page
from pytestqt.qtbot import QtBot

from assistant.gui.learned_parts import Entry
from assistant.gui.learned_versions import LearnedVersions
from assistant.usecases.agent import AGENT, agent_versions

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
    qtbot.waitUntil(lambda: "Go back to the one before" not in buttons(part.agent))
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
