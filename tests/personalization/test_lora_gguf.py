"""An adapter means the same to llama.cpp as to torch."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
import torch
from agent_makers import write_tiny_base

from assistant.evaluation.sample_queries import sample_queries
from assistant.generation.backend import EngineOptions
from assistant.generation.engine import EngineClient
from assistant.personalization.agent_task import AgentOptions
from assistant.personalization.gguf_base import prepare_base
from assistant.personalization.gguf_names import adapter_name, permute_rows, restore_rows
from assistant.personalization.lora_gguf import adapter_alpha
from assistant.personalization.preference_agent import PreferenceAgent
from assistant.personalization.tasks import write_agent

POSITIONS = 500


def noisy(agent: PreferenceAgent, scale: float) -> bytes:
    """An adapter that really changes something: both of its halves random."""
    state = safetensors.numpy.load(agent.dump())
    chance = np.random.default_rng(4)
    loud = {k: chance.normal(0, scale, v.shape).astype(np.float32) for k, v in state.items()}
    return safetensors.numpy.save(loud, {"alpha": str(agent.options.alpha)})


def likeliest(agent: PreferenceAgent, ids: list[int]) -> list[int]:
    with torch.no_grad():
        hidden = agent._body(input_ids=torch.tensor([ids]), use_cache=False).last_hidden_state[0]
        return agent._head(hidden).argmax(-1).tolist()


def shares(ours: list[int], *others: tuple[int, ...]) -> list[float]:
    return [sum(a == b for a, b in zip(ours, o, strict=True)) / len(ours) for o in others]


def compare(
    base_file: Path, cache: Path, ids: list[int], scale: float, copy_type: str = "none"
) -> list[float]:
    """Agreement of torch with its adapter, and llama.cpp with and without it."""
    sha256 = hashlib.sha256(base_file.read_bytes()).hexdigest()
    base = prepare_base(base_file, sha256, cache)
    agent = PreferenceAgent(base, AgentOptions(), exact=True)
    state = noisy(agent, scale)
    agent.load(state)
    options = EngineOptions(context=512, threads=2, cache=cache, copy_type=copy_type)
    engine = EngineClient(base_file, options)
    try:
        without = engine.top_tokens(ids)
        engine.load_adapter(write_agent(state, base_file, sha256, cache))
        return shares(likeliest(agent, ids), engine.top_tokens(ids, agent=True), without)
    finally:
        engine.close()


@pytest.mark.parametrize("architecture", ["llama", "qwen2"])
def test_llama_cpp_with_the_adapter_agrees_with_torch(tmp_path: Path, architecture: str):
    chance = random.Random(1)
    ids = [chance.randrange(32, 250) for _ in range(POSITIONS)]
    file = write_tiny_base(tmp_path / "base.gguf", architecture)
    with_adapter, without = compare(file, tmp_path / "cache", ids, scale=0.2)
    assert with_adapter >= 0.98
    assert without < 0.9


@pytest.mark.slow
def test_the_embedded_model_agrees_too(tmp_path: Path, embedded_model: Path):
    sha256 = hashlib.sha256(embedded_model.read_bytes()).hexdigest()
    tokenizer = PreferenceAgent(
        prepare_base(embedded_model, sha256, tmp_path), AgentOptions()
    ).tokenizer
    text = "\n".join(query for query, _ in sample_queries())
    ids = (tokenizer.encode(text, add_special_tokens=False).ids * 2)[:POSITIONS]
    # the copy that the engine writes with holds the very weights that torch trains on
    with_adapter, without = compare(embedded_model, tmp_path, ids, scale=0.03, copy_type="BF16")
    assert with_adapter >= 0.98
    assert without < with_adapter - 0.03


def test_rows_are_permuted_and_restored_for_the_llama_family_alone():
    rows = np.arange(2 * 8 * 3, dtype=np.float32).reshape(16, 3)
    heads = {"q": 2, "k": 2}
    for name in ("blk.0.attn_q.weight", "blk.7.attn_k.weight.lora_b"):
        there = permute_rows(name, rows, heads, "llama")
        assert not np.array_equal(there, rows)
        assert np.array_equal(restore_rows(name, there, heads, "llama"), rows)
        assert permute_rows(name, rows, heads, "qwen2") is rows
    assert permute_rows("blk.0.attn_v.weight", rows, heads, "llama") is rows


def test_a_tensor_that_is_no_part_of_an_adapter_is_refused():
    name = "base_model.model.model.layers.3.mlp.down_proj.lora_B.weight"
    assert adapter_name(name) == "blk.3.ffn_down.weight.lora_b"
    with pytest.raises(ValueError, match="no part"):
        adapter_name("base_model.model.model.embed_tokens.lora_A.weight")


def test_the_scale_travels_with_the_tensors():
    assert adapter_alpha(safetensors.numpy.save({"x": np.ones(1)}, {"alpha": "16"})) == 16.0
