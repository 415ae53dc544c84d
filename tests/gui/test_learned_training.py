"""Learning now: what runs is shown with its progress, can be paused and stopped; the switches."""

from __future__ import annotations

from learned_desk import LearnedDesk, teach
from learned_fixtures import part_of, show_page
from pytestqt.qtbot import QtBot

from assistant.gui.learned_training import LearnedTraining, left_words, running_sentence
from assistant.gui.training import Running
from assistant.settings import IDLE_LEARNING, LEARNING, MAINS_ONLY


def open_training(qtbot: QtBot, desk: LearnedDesk) -> LearnedTraining:
    return part_of(show_page(qtbot, desk), "Learning now", LearnedTraining)


def test_a_part_is_learned_on_demand_and_its_end_is_told(qtbot: QtBot, desk: LearnedDesk) -> None:
    teach(desk.services, 2)
    part = open_training(qtbot, desk)
    assert not part.pause.isVisible()
    with qtbot.waitSignal(desk.trainer.ended, timeout=20000):
        part.starts["scorer"].click()
        assert part.stop.isVisible()
        assert not part.starts["rules"].isEnabled()
    assert part.starts["rules"].isEnabled()
    assert part.state.text() == "The last run: Taste in texts: done."


def test_a_run_is_paused_and_stopped(qtbot: QtBot, desk: LearnedDesk) -> None:
    teach(desk.services, 2)
    part = open_training(qtbot, desk)
    part.starts["scorer"].click()
    part.pause.click()
    assert part.pause.text() == "Go on"
    assert part.state.text().endswith("paused")
    with qtbot.waitSignal(desk.trainer.ended):
        part.stop.click()
    assert part.state.text() == "The last run: Taste in texts: stopped."


def test_the_switches_are_stored_and_hang_together(qtbot: QtBot, desk: LearnedDesk) -> None:
    part = open_training(qtbot, desk)
    qtbot.waitUntil(lambda: part.switches[LEARNING.key].isChecked())
    part.switches[IDLE_LEARNING.key].click()
    qtbot.waitUntil(lambda: not part.switches[MAINS_ONLY.key].isEnabled())
    assert desk.services.store.run(lambda db: db.settings.get(IDLE_LEARNING)) is False
    part.switches[LEARNING.key].click()
    qtbot.waitUntil(lambda: not part.switches[IDLE_LEARNING.key].isEnabled())


def test_a_run_is_told_with_the_time_it_still_takes() -> None:
    running = Running("agent", "Training", 0.25, 130.0)
    assert running_sentence(running) == "Agent: Training · 25 % · about 2 minutes left"
    assert left_words(20) == "less than a minute left"
    assert left_words(61) == "about 1 minute left"
