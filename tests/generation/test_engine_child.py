"""What the child decides by itself."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from assistant.domain.errors import ModelProblem
from assistant.generation.backend import EngineOptions
from assistant.generation.engine import EngineClient
from assistant.generation.engine_child import SharedSwitch, thread_count


def test_the_switch_concerns_one_request_only() -> None:
    flags = (ctypes.c_longlong * 3)()
    switch = SharedSwitch(flags, number=4)
    assert not switch.cancelled()
    flags[0], flags[2] = 3, 3
    assert not switch.cancelled()
    assert not switch.stopped(1)
    flags[0], flags[2] = 4, 4
    assert switch.cancelled()
    assert switch.stopped(1)
    assert not switch.stopped(0)


def test_threads_are_as_asked_or_at_most_one_per_core() -> None:
    assert thread_count(EngineOptions(threads=3)) == 3
    assert thread_count(EngineOptions()) >= 1


def test_a_context_that_holds_nothing_is_refused(embedded_model: Path) -> None:
    with pytest.raises(ModelProblem, match="too small"):
        EngineClient(embedded_model, EngineOptions(context=8)).info()


def test_the_context_is_never_longer_than_the_model_was_trained_on(embedded_model: Path) -> None:
    client = EngineClient(embedded_model, EngineOptions(context=100_000, copy_type="none"))
    try:
        assert client.info().context == 8192
    finally:
        client.close()
