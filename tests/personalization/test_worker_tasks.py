"""Long training in the real learner process: paused at a step, resumed after a death, cancelled."""

from __future__ import annotations

import multiprocessing
import os
import signal
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from agent_makers import make_task

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, ChildStopped
from assistant.domain.events import Progress
from assistant.domain.model import Tag, TagKind
from assistant.personalization.agent_task import AgentTrained
from assistant.personalization.tasks import RESTRAINTS, restrain_torch
from assistant.personalization.worker import DEATHS_ALLOWED, LearnerClient

PRIOR = Path(__file__).resolve().parents[2] / "resources" / "scorer_prior.json"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[LearnerClient]:
    learner = LearnerClient(tmp_path, PRIOR)
    yield learner
    learner.close()


def kill(client: LearnerClient) -> None:
    assert client.pid is not None
    os.kill(client.pid, signal.SIGKILL)


@pytest.mark.slow
def test_a_run_goes_on_after_its_process_was_killed(client: LearnerClient, tmp_path: Path):
    task = make_task(tmp_path, checkpoint_steps=2)
    (whole,) = [s for s in client.run_task(task, CancelToken()) if isinstance(s, AgentTrained)]
    steps = []
    for step in client.run_task(task, CancelToken()):
        steps.append(step)
        if len(steps) == 8:
            kill(client)
    assert isinstance(steps[-1], AgentTrained)
    assert steps[-1].weights == whole.weights


@pytest.mark.slow
def test_a_run_that_always_dies_is_given_up(client: LearnerClient, tmp_path: Path):
    deaths = 0

    def always_dying() -> None:
        nonlocal deaths
        for _ in client.run_task(make_task(tmp_path, checkpoint_steps=1000), CancelToken()):
            kill(client)
            deaths += 1

    with pytest.raises(ChildStopped, match="three times"):
        always_dying()
    assert deaths <= DEATHS_ALLOWED


def test_a_run_waits_at_its_next_step_while_paused_and_ends_when_cancelled(
    client: LearnerClient, tmp_path: Path
):
    cancel, told = CancelToken(), []
    run = client.run_task(make_task(tmp_path), cancel)
    told.append(next(run))
    client.pause(True)
    puller = threading.Thread(target=lambda: told.extend(run))
    puller.start()
    time.sleep(0.5)
    assert len(told) == 1
    cancel.cancel()
    puller.join(timeout=30)
    assert not puller.is_alive()
    client.pause(False)
    assert all(isinstance(step, Progress) for step in told)


def test_closing_while_a_step_is_awaited_starts_no_other_process(
    client: LearnerClient, tmp_path: Path
):
    run = client.run_task(make_task(tmp_path, checkpoint_steps=1000), CancelToken())
    next(run)
    ended: list[BaseException] = []

    def pull() -> None:
        try:
            list(run)
        except BaseException as error:  # whatever it is, it is looked at below
            ended.append(error)

    puller = threading.Thread(target=pull)
    puller.start()
    time.sleep(0.2)
    client.close()
    puller.join(timeout=5)
    assert not puller.is_alive()
    assert client.pid is None
    assert [type(error) for error in ended] == [Cancelled]


def test_closing_between_two_steps_lets_go_of_the_process(client: LearnerClient, tmp_path: Path):
    next(client.run_task(make_task(tmp_path), CancelToken()))
    with client._turn:  # someone is about to ask, or has just been told
        closer = threading.Thread(target=client.close)
        closer.start()
        for _ in range(500):
            if client.pid not in {child.pid for child in multiprocessing.active_children()}:
                break
            time.sleep(0.01)
    closer.join(timeout=5)
    assert not closer.is_alive()
    assert client.pid is None


def test_a_process_started_after_three_deaths_knows_everything(client: LearnerClient):
    vector = struct.pack("<384f", 1.0, *[0.0] * 383)
    client.start((Tag("Brief", TagKind.STYLE, "Be brief."),), {}, {"Be brief.": vector})
    given_up = threading.Event()

    def keep_killing() -> None:
        while not given_up.is_set():
            with suppress(ProcessLookupError, AttributeError):  # between two processes
                if (pid := client.pid) is not None:
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)

    killer = threading.Thread(target=keep_killing)
    killer.start()
    try:
        with pytest.raises(ChildStopped, match="three times"):
            client.weights()
    finally:
        given_up.set()
        killer.join()
    assert [weight.name for weight in client.weights()] == ["Brief"]


def test_torch_is_restrained_unless_the_user_said_otherwise(monkeypatch: pytest.MonkeyPatch):
    for name in RESTRAINTS:
        monkeypatch.setenv(name, "restored after the test")
        monkeypatch.delenv(name)
    monkeypatch.setenv("LRU_CACHE_CAPACITY", "7")
    restrain_torch()
    assert {name: os.environ[name] for name in RESTRAINTS} == {
        **RESTRAINTS,
        "LRU_CACHE_CAPACITY": "7",
    }
