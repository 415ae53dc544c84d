"""The measurement of generation measures what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.bench_conversation import GUIDANCE, cold_turns, read_turns, warm_turns
from assistant.evaluation.bench_generation import bench_generation, measure_request
from assistant.generation.backend import EngineOptions
from assistant.generation.engine import EngineClient
from assistant.generation.scripted import ScriptedBackend


def test_all_drafts_of_one_request_are_timed() -> None:
    backend = ScriptedBackend(["one two three"], delay=0.01)
    time = measure_request(backend, cold_turns(), (1, 2, 3))
    assert 0 <= time.first < time.seconds
    assert time.seconds > 0.02
    assert time.tokens == 9
    assert [draft.guidance for draft in backend.requests[0].drafts] == list(GUIDANCE)


def test_the_warm_turn_continues_what_was_read() -> None:
    assert read_turns()[:-1] == cold_turns()
    assert warm_turns()[:-1] == read_turns()


def test_the_conversation_has_about_1200_tokens(embedded_model: Path) -> None:
    client = EngineClient(embedded_model, EngineOptions(copy_type="none"))
    try:
        assert 1150 < client.count_tokens(cold_turns()) < 1300
    finally:
        client.close()


@pytest.mark.slow
def test_drafts_are_written_faster_than_by_plain_calls(
    embedded_model: Path, tmp_path: Path
) -> None:
    report = bench_generation(EngineOptions(cache=tmp_path), embedded_model, runs=2)
    cold, warm, first = report["cold"], report["warm"], report["first_token"]
    assert cold["tokens"] == cold["baseline_tokens"] == 192
    assert warm["tokens"] == warm["baseline_tokens"] == 192
    assert cold["speedup"] > 2.2
    assert warm["speedup"] > 5
    assert first["fraction"] < 0.12
    later = {name: row["later"] for name, row in first["parts"].items()}
    assert max(later["rules"], later["exemplars"], later["prompt pool"]) < 0.15
