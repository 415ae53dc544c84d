"""An adapter changes the agent and nothing else, and no spoilt file gets as far as llama.cpp."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ModelProblem
from assistant.generation.backend import (
    Draft,
    DraftText,
    EngineOptions,
    GenerationRequest,
    Sampling,
    Turn,
)
from assistant.generation.engine import EngineClient

pytest.importorskip("gguf", reason="the adapters are written with the gguf package")
from tests.generation.adapter_files import weights, write_adapter

PASSAGE = "The radishes are ripe in a month, and the lettuce can be picked leaf by leaf for weeks."
STRONG, WEAK = 0.3, 0.0
QUERY = (Turn("user", "What is the capital of France?"),)


@pytest.fixture(scope="module")
def engine(
    embedded_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    cache = tmp_path_factory.mktemp("cache")
    client = EngineClient(embedded_model, EngineOptions(512, cache=cache, copy_type="BF16"))
    yield client
    client.close()


@pytest.fixture(scope="module")
def strong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_adapter(tmp_path_factory.mktemp("strong") / "a.gguf", weights(STRONG))


def written(engine: EngineClient, *, agent: bool) -> str:
    request = GenerationRequest(
        QUERY, (Draft("", 1),), Sampling(temperature=0, max_tokens=12), agent
    )
    events = engine.generate(request, CancelToken())
    return "".join(event.text for event in events if isinstance(event, DraftText))


def test_an_adapter_changes_the_agent_and_not_the_chat(engine: EngineClient, strong: Path) -> None:
    engine.load_adapter(None)
    assert written(engine, agent=False) == "The capital of France is Paris."
    assert written(engine, agent=True) == "The capital of France is Paris."
    engine.load_adapter(strong)
    assert written(engine, agent=True) != "The capital of France is Paris."
    assert written(engine, agent=False) == "The capital of France is Paris."


def test_an_adapter_of_zeros_changes_nothing(engine: EngineClient, tmp_path: Path) -> None:
    tokens = engine.tokenise(PASSAGE)
    engine.load_adapter(write_adapter(tmp_path / "zero.gguf", weights(WEAK)))
    assert engine.top_tokens(tokens, agent=True) == engine.top_tokens(tokens)


def test_a_swap_takes_effect_and_is_taken_back_exactly(
    engine: EngineClient, strong: Path, tmp_path: Path
) -> None:
    tokens = engine.tokenise(PASSAGE)
    engine.load_adapter(None)
    base = engine.top_tokens(tokens, agent=True)
    engine.load_adapter(strong)
    changed = engine.top_tokens(tokens, agent=True)
    other = write_adapter(tmp_path / "other.gguf", weights(STRONG, seed=2))
    engine.load_adapter(other)
    assert engine.top_tokens(tokens, agent=True) not in (base, changed)
    engine.load_adapter(strong)
    assert engine.top_tokens(tokens, agent=True) == changed
    engine.load_adapter(None)
    assert engine.top_tokens(tokens, agent=True) == base != changed
    assert engine.top_tokens(tokens) == base


@pytest.mark.parametrize("kind", [np.float16, np.float32])
def test_a_swap_is_quick(engine: EngineClient, strong: Path, tmp_path: Path, kind: type) -> None:
    other = write_adapter(tmp_path / "other.gguf", weights(STRONG, seed=2, kind=kind))
    seconds = []
    for path in (strong, other) * 4:
        begun = time.perf_counter()
        engine.load_adapter(path)
        seconds.append(time.perf_counter() - begun)
    assert min(seconds) < 0.15  # the quickest: other programs may be running


def test_after_a_restart_the_adapter_is_there_again(engine: EngineClient, strong: Path) -> None:
    tokens = engine.tokenise(PASSAGE)
    engine.load_adapter(strong)
    before = engine.top_tokens(tokens, agent=True)
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    assert engine.top_tokens(tokens, agent=True) == before != engine.top_tokens(tokens)


def test_a_refused_adapter_leaves_the_old_one_in_use(
    engine: EngineClient, strong: Path, tmp_path: Path
) -> None:
    tokens = engine.tokenise(PASSAGE)
    engine.load_adapter(strong)
    before = engine.top_tokens(tokens, agent=True)
    for value in (np.nan, np.inf):
        spoilt = weights(STRONG)
        spoilt["blk.7.attn_q.weight.lora_b"][3, 2] = value
        with pytest.raises(ModelProblem, match=r"not finite .*; train the agent again"):
            engine.load_adapter(write_adapter(tmp_path / "spoilt.gguf", spoilt))
    assert engine.top_tokens(tokens, agent=True) == before


def test_an_adapter_of_sixteen_bits_with_a_nan_is_refused(
    engine: EngineClient, tmp_path: Path
) -> None:
    spoilt = weights(STRONG, kind=np.float16)
    spoilt["blk.0.attn_v.weight.lora_a"][0, 0] = np.nan
    with pytest.raises(ModelProblem, match="not finite"):
        engine.load_adapter(write_adapter(tmp_path / "spoilt.gguf", spoilt))
