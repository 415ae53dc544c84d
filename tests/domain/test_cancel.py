"""A hold keeps work where it is until it is lifted, or the work is taken back."""

from __future__ import annotations

import threading

from assistant.domain.cancel import CancelToken, Hold


def waiting(hold: Hold, cancel: CancelToken) -> threading.Thread:
    thread = threading.Thread(target=hold.wait, args=(cancel,))
    thread.start()
    return thread


def test_free_work_does_not_wait() -> None:
    hold = Hold()
    hold.wait(CancelToken())
    assert not hold.held


def test_held_work_waits_until_it_may_go_on() -> None:
    hold = Hold()
    hold.hold(True)
    assert hold.held
    thread = waiting(hold, CancelToken())
    thread.join(0.2)
    assert thread.is_alive()
    hold.hold(False)
    thread.join(2)
    assert not thread.is_alive()


def test_held_work_ends_when_it_is_taken_back() -> None:
    hold, cancel = Hold(), CancelToken()
    hold.hold(True)
    thread = waiting(hold, cancel)
    cancel.cancel()
    thread.join(2)
    assert not thread.is_alive()
