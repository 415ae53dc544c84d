"""Lanes, the way back, and a shutdown that waits for nothing in vain."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from assistant.domain.errors import UsageProblem
from assistant.gui.tasks import Lane, Tasks, ThreadedStore


@pytest.fixture
def tasks(qapp) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close_within(2)
    made.end()


def test_events_and_the_end_come_back_in_order_on_this_thread(qtbot, tasks: Tasks) -> None:
    seen: list[tuple[object, threading.Thread]] = []
    tasks.run(
        Lane.GENERATE,
        lambda: iter([1, 2, 3]),
        lambda event: seen.append((event, threading.current_thread())),
        lambda value: seen.append((value, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: len(seen) == 4)
    assert [value for value, _ in seen] == [1, 2, 3, None]
    assert {thread for _, thread in seen} == {threading.current_thread()}


def test_what_the_user_can_act_on_comes_back_as_its_sentence(qtbot, tasks: Tasks) -> None:
    told: list[str] = []

    def work() -> None:
        raise UsageProblem("The query is empty.")

    tasks.run(Lane.LEARN, work, on_error=lambda error: told.append(str(error)))
    qtbot.waitUntil(lambda: told == ["The query is empty."])


def test_a_bug_is_told_and_raised(qtbot, tasks: Tasks) -> None:
    told: list[str] = []
    with qtbot.captureExceptions() as raised:
        tasks.run(Lane.LEARN, lambda: 1 / 0, on_error=lambda error: told.append(str(error)))
        qtbot.waitUntil(lambda: len(raised) == 1)
    assert "inside Attune" in told[0]
    assert raised[0][0] is ZeroDivisionError


def test_the_store_is_used_on_its_own_thread_only(tasks: Tasks, tmp_path) -> None:
    store = ThreadedStore(tasks)
    store.open(tmp_path / "attune.db")
    names = {store.run(lambda db: threading.current_thread().name) for _ in range(3)}
    assert len(names) == 1
    assert names.pop().startswith("store")
    tasks.run(Lane.STORE, lambda: store.run(lambda db: names.add("direct")))
    assert store.close_within(2)
    assert names == {"direct"}


def test_after_closing_nothing_comes_back(qtbot, qapp) -> None:
    tasks = Tasks()
    seen: list[object] = []
    go = threading.Event()
    tasks.run(Lane.GENERATE, go.wait, on_done=seen.append)
    tasks.run(Lane.GENERATE, lambda: seen.append("never begun"))
    threading.Timer(0.05, go.set).start()
    assert tasks.close_within(2)
    tasks.end()
    qtbot.wait(20)
    assert seen == []


def test_closing_does_not_wait_for_ever(qapp) -> None:
    tasks = Tasks()
    go = threading.Event()
    tasks.run(Lane.GENERATE, go.wait)
    started = time.monotonic()
    assert not tasks.close_within(0.1)
    assert time.monotonic() - started < 1
    go.set()
    tasks.end()
