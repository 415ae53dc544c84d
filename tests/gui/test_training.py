"""The background trainer: begins when it is quiet, makes room for the user, never runs twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from learned_desk import BRIEF, LONG, LearnedDesk, make_desk, teach
from pytestqt.qtbot import QtBot
from scripted_program import CountingLearner

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Order
from assistant.generation.scripted import ScriptedBackend
from assistant.gui.training import Ended, Running, ended_words, running_words
from assistant.personalization.learner import Update
from assistant.settings import IDLE_LEARNING, PROMPTS
from assistant.storage.training_runs import TrainingRun

STEPS, STEP_SECONDS = 400, 0.01
SOON = 0.05  # seconds of quiet after which learning begins in these tests
MakeDesk = Callable[..., LearnedDesk]


class SlowLearner(CountingLearner):
    """Trains for four seconds unless it is stopped, and holds while a round is written."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0
        self.at_once = self.most_at_once = 0
        self.free = threading.Event()
        self.free.set()

    def train(self, cancel: CancelToken, only: str = "") -> Iterator[Progress | Update]:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            for self.steps in range(1, STEPS + 1):
                while not self.free.wait(0.01) and not cancel.cancelled:
                    pass
                if cancel.cancelled:
                    return
                time.sleep(STEP_SECONDS)
                yield Progress("Fitting", self.steps, STEPS, (STEPS - self.steps) * STEP_SECONDS)
            yield Update("selector", b"state", len(self._examples), 0.0)
        finally:
            self.at_once -= 1

    def pause(self, paused: bool) -> None:
        if paused:
            self.free.clear()
        else:
            self.free.set()


@pytest.fixture(autouse=True)
def mains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: None, raising=False)


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[MakeDesk]:
    desks: list[LearnedDesk] = []

    def begin(**options: object) -> LearnedDesk:
        desks.append(make_desk(tmp_path / "home", **options))  # type: ignore[arg-type]
        return desks[-1]

    yield begin
    for desk in desks:
        desk.close()


def runs(desk: LearnedDesk) -> tuple[TrainingRun, ...]:
    return desk.services.store.run(lambda db: db.training_runs.newest(10))


def test_a_query_during_training_is_answered_and_training_goes_on(
    qtbot: QtBot, make: MakeDesk
) -> None:
    learner = SlowLearner()
    desk = make(learner=learner, backend=ScriptedBackend([LONG], delay=0.01))
    desk.trainer.learn("selector")
    qtbot.waitUntil(lambda: learner.steps > 3)
    desk.session.ask("What can I do today?", 3)
    qtbot.waitUntil(lambda: bool(desk.session.round and desk.session.round.candidates))
    held = learner.steps
    qtbot.waitUntil(lambda: not desk.session.writing, timeout=10000)
    assert learner.steps <= held + 2  # of which one may have been under way
    assert desk.session.round is not None
    assert all(candidate.text for candidate in desk.session.round.candidates)
    assert desk.trainer.running is not None
    qtbot.waitUntil(lambda: learner.steps > held + 5)


def test_a_real_learner_is_trained_and_ranked_with_meanwhile(qtbot: QtBot, make: MakeDesk) -> None:
    desk = make()
    teach(desk.services, 3)
    told: list[str] = []
    desk.trainer.said.connect(told.append)
    with qtbot.waitSignal(desk.trainer.ended, timeout=20000) as ended:
        desk.trainer.learn("scorer")
        desk.session.ask("And tomorrow?", 3)
    assert ended.args[0].accepted
    qtbot.waitUntil(lambda: not desk.session.writing)
    desk.session.rank(Order((("A",),), ("B", "C")))
    qtbot.waitUntil(lambda: bool(desk.session.round and desk.session.round.ranking))
    assert told[0] == "learning: taste in texts"
    assert told[-1] == "learned: taste in texts"
    assert [(run.learner, run.outcome) for run in runs(desk)] == [("scorer", "done")]


def test_what_is_due_begins_when_it_is_quiet_and_not_before(qtbot: QtBot, make: MakeDesk) -> None:
    desk = make(idle_seconds=SOON)
    desk.services.store.run(lambda db: db.settings.set(PROMPTS, True))
    teach(desk.services, 12)
    desk.services.store.run(lambda db: db.training_runs.start("rules", time.time()))
    with qtbot.waitSignal(desk.trainer.ended, timeout=30000) as ended:
        pass
    assert ended.args[0].part == "prompts"
    assert ended.args[0].accepted
    assert "prompt" in ended.args[0].reason
    assert desk.services.store.run(lambda db: db.prompts.all())
    qtbot.wait(300)
    assert [run.learner for run in runs(desk)] == ["prompts", "rules"]


def test_prompts_are_not_tried_by_themselves_where_they_are_not_used(
    qtbot: QtBot, make: MakeDesk
) -> None:
    desk = make(idle_seconds=SOON)
    teach(desk.services, 12)
    desk.services.store.run(lambda db: db.training_runs.start("rules", time.time()))
    qtbot.wait(400)
    assert [run.learner for run in runs(desk)] == ["rules"]


def test_nothing_begins_by_itself_when_it_is_switched_off(qtbot: QtBot, make: MakeDesk) -> None:
    desk = make(idle_seconds=SOON)
    desk.services.store.run(lambda db: db.settings.set(IDLE_LEARNING, False))
    teach(desk.services, 12)
    qtbot.wait(400)
    assert runs(desk) == ()


def test_trial_replies_give_way_to_a_query_at_once_and_are_taken_up_again(
    qtbot: QtBot, make: MakeDesk
) -> None:
    backend = ScriptedBackend([BRIEF, LONG, LONG], delay=0.02, sleep=lambda s: time.sleep(wait[0]))
    wait = [0.0]
    desk = make(backend=backend, idle_seconds=0.3)
    teach(desk.services, 6)
    wait[0] = 0.02  # from here on a trial reply takes most of a second
    desk.trainer.learn("prompts")
    before = len(backend.requests)
    qtbot.waitUntil(lambda: len(backend.requests) > before)
    ended: list[Ended] = []
    desk.trainer.ended.connect(ended.append)
    started = time.monotonic()
    desk.session.ask("What can I do today?", 3)
    qtbot.waitUntil(lambda: bool(ended))
    assert time.monotonic() - started < 0.5
    assert (ended[0].part, ended[0].accepted) == ("prompts", False)
    wait[0] = 0.0
    qtbot.waitUntil(lambda: not desk.session.writing)
    qtbot.waitUntil(lambda: len(ended) > 1, timeout=20000)
    assert (ended[1].part, ended[1].accepted) == ("prompts", True)
    assert [run.outcome for run in runs(desk)] == ["done", "cancelled"]


def test_a_second_run_is_not_begun_beside_the_first(qtbot: QtBot, make: MakeDesk) -> None:
    learner = SlowLearner()
    desk = make(learner=learner)
    desk.trainer.learn("selector")
    desk.trainer.learn("selector")
    desk.trainer.learn("scorer")
    qtbot.waitUntil(lambda: learner.steps > 3)
    desk.trainer.stop()
    qtbot.waitUntil(lambda: desk.trainer.running is None)
    assert len(runs(desk)) == 1
    assert learner.most_at_once == 1


def test_a_run_is_held_and_goes_on_where_it_was(qtbot: QtBot, make: MakeDesk) -> None:
    learner = SlowLearner()
    desk = make(learner=learner)
    desk.trainer.learn("selector")
    qtbot.waitUntil(lambda: learner.steps > 3)
    desk.trainer.hold(True)
    qtbot.wait(100)
    held = learner.steps
    qtbot.wait(200)
    assert learner.steps == held
    assert desk.trainer.running is not None
    assert desk.trainer.running.held
    desk.trainer.hold(False)
    qtbot.waitUntil(lambda: learner.steps > held + 3)


def test_a_held_run_ends_when_it_is_stopped(qtbot: QtBot, make: MakeDesk) -> None:
    learner = SlowLearner()
    desk = make(learner=learner)
    desk.trainer.learn("selector")
    qtbot.waitUntil(lambda: learner.steps > 3)
    desk.trainer.hold(True)
    with qtbot.waitSignal(desk.trainer.ended, timeout=2000) as ended:
        desk.trainer.stop()
    assert ended.args == [Ended("selector", False, "stopped")]
    assert runs(desk)[0].outcome == "cancelled"


def test_closing_ends_a_run_within_the_second_it_has(qtbot: QtBot, make: MakeDesk) -> None:
    learner = SlowLearner()
    desk = make(learner=learner)
    desk.trainer.learn("selector")
    qtbot.waitUntil(lambda: learner.steps > 3)
    started = time.monotonic()
    assert desk.close()
    assert time.monotonic() - started < 2


def test_what_cannot_be_learned_is_said_and_waits_for_another_ranking(
    qtbot: QtBot, make: MakeDesk
) -> None:
    desk = make()
    with qtbot.waitSignal(desk.trainer.ended) as ended:
        desk.trainer.learn("prompts")
    assert ended.args[0] == desk.trainer.last
    assert not ended.args[0].accepted
    assert "at least 4 rankings" in ended.args[0].reason


@pytest.mark.parametrize(
    ("running", "words"),
    [
        (Running("rules"), "learning: rules"),
        (Running("rules", "Reading", 0.4), "learning: rules 40 %"),
        (Running("agent", "Training", 0.0, held=True), "paused: agent 0 %"),
    ],
)
def test_a_run_is_told_in_a_few_words(running: Running, words: str) -> None:
    assert running_words(running) == words


def test_a_refusal_is_told_with_its_reason() -> None:
    assert ended_words(Ended("agent", False, "worse than before")) == "agent: worse than before"
    assert ended_words(Ended("agent", True, "better")) == "learned: agent"
