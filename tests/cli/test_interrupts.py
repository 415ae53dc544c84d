"""Ctrl+C on the command line: once takes the work back, twice ends the program."""

from __future__ import annotations

import signal
import time

import pytest

from assistant.cli.session import SAME_INTERRUPT, cancelled_by_interrupt


def test_an_interrupt_that_is_sent_twice_at_once_is_one() -> None:
    with cancelled_by_interrupt() as cancel:
        signal.raise_signal(signal.SIGINT)  # as `timeout` does: the process, then its group
        signal.raise_signal(signal.SIGINT)
        assert cancel.cancelled


def test_a_second_interrupt_ends_the_program() -> None:
    with cancelled_by_interrupt():
        signal.raise_signal(signal.SIGINT)
        time.sleep(SAME_INTERRUPT + 0.1)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_what_was_there_before_handles_interrupts_again() -> None:
    before = signal.getsignal(signal.SIGINT)
    with cancelled_by_interrupt():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before
