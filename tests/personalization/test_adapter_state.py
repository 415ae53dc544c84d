"""Only what the trainer writes is taken for an adapter."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from adapter_states import ALPHA, adapter_bytes, halves
from agent_makers import write_tiny_base

from assistant.generation.gguf import read_header
from assistant.personalization.adapter_state import fault_of_form, fits, read_adapter
from assistant.personalization.agent_task import AgentOptions
from assistant.personalization.gguf_base import prepare_base
from assistant.personalization.preference_agent import PreferenceAgent


def test_what_the_trainer_writes_is_read_and_fits_its_model_alone(tmp_path: Path):
    base = write_tiny_base(tmp_path / "base.gguf")
    agent = PreferenceAgent(prepare_base(base, "ab" * 32, tmp_path / "cache"), AgentOptions())
    shape = read_adapter(agent.dump())
    assert (shape.rank, shape.alpha) == (AgentOptions().rank, AgentOptions().alpha)
    assert shape.parameters == sum(p.numel() for p in agent.parameters)
    assert fault_of_form(shape.rank, shape.alpha) == ""
    own = read_header(base).shapes
    assert fits(shape, own)
    less = {name: s for name, s in own.items() if not name.startswith("blk.1.attn_q")}
    assert not fits(shape, less)
    wider = {name: tuple(2 * n for n in s) for name, s in own.items()}
    assert not fits(shape, wider)


def test_another_rank_is_named_with_the_one_that_is_needed():
    assert "rank 4" in fault_of_form(4, ALPHA)
    assert "rank 8" in fault_of_form(4, ALPHA)


def test_a_sound_adapter_is_described():
    shape = read_adapter(adapter_bytes())
    assert shape.layers == {"blk.0.attn_q.weight": (6, 5), "blk.0.ffn_up.weight": (6, 5)}
    assert (shape.rank, shape.parameters) == (8, 2 * (8 * 6 + 5 * 8))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_numbers_that_are_not_finite_are_refused(value: float):
    tensors = halves()
    next(iter(tensors.values()))[0, 0] = value
    with pytest.raises(ValueError, match="not finite"):
        read_adapter(adapter_bytes(tensors))


def test_numbers_whose_sum_would_overflow_32_bits_are_finite():
    tensors = {name: np.full_like(v, 3e38) for name, v in halves().items()}
    assert read_adapter(adapter_bytes(tensors)).rank == 8


@pytest.mark.parametrize("end", [0, 5, 8, 100, -1])
def test_a_truncated_file_is_refused(end: int):
    with pytest.raises(ValueError, match=r"damaged|scale"):
        read_adapter(adapter_bytes()[:end])


def test_every_flipped_byte_of_the_header_is_refused_or_changes_nothing_that_is_used():
    sound = adapter_bytes()
    length = 8 + int.from_bytes(sound[:8], "little")
    for place in range(length):
        broken = bytearray(sound)
        broken[place] ^= 0x01
        try:
            shape = read_adapter(bytes(broken))
        except ValueError:
            continue
        assert shape.rank <= 64
        assert shape.parameters == read_adapter(sound).parameters


@pytest.mark.parametrize("length", [0, 1 << 21, 1 << 62])
def test_a_header_that_claims_to_be_huge_is_refused(length: int):
    with pytest.raises(ValueError, match="damaged"):
        read_adapter(length.to_bytes(8, "little") + adapter_bytes()[8:])


@pytest.mark.parametrize("alpha", ["nan", "inf", "-1", "0", "1e9", "x"])
def test_a_scale_out_of_bounds_is_refused(alpha: str):
    with pytest.raises(ValueError, match="scale"):
        read_adapter(adapter_bytes(alpha=alpha))


def test_an_adapter_without_a_scale_is_refused():
    with pytest.raises(ValueError, match="scale"):
        read_adapter(safetensors.numpy.save(halves()))


def wrong(**changed: object) -> dict[str, np.ndarray]:
    """Halves of which one is different, or gone."""
    name = next(iter(halves()))
    left = {k: v for k, v in halves().items() if k != name}
    value = changed["value"]
    return left if value is None else {**left, str(changed.get("name", name)): np.asarray(value)}


@pytest.mark.parametrize(
    "tensors",
    [
        wrong(value=None),
        wrong(value=np.zeros((9, 6), np.float32)),
        wrong(value=np.zeros((8, 6), np.float16)),
        wrong(value=np.zeros((8, 6), np.float64)),
        wrong(value=np.zeros(48, np.float32)),
        wrong(value=np.zeros((8, 0), np.float32)),
        wrong(name="model.embed_tokens.weight", value=np.zeros((8, 6), np.float32)),
        wrong(name="../evil", value=np.zeros((8, 6), np.float32)),
        halves(rank=65),
        {**halves(), **{f"twice.{name}": values for name, values in halves().items()}},
        {},
    ],
)
def test_what_is_no_pair_of_matrices_for_linear_layers_is_refused(tensors: dict[str, np.ndarray]):
    with pytest.raises(ValueError, match=r"it |its |the two|a part"):
        read_adapter(adapter_bytes(tensors))


def test_a_header_that_is_no_object_is_refused():
    header = json.dumps([1, 2]).encode()
    with pytest.raises(ValueError, match="scale"):
        read_adapter(len(header).to_bytes(8, "little") + header)
