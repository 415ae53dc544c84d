"""What an adapter must be before anything is done with it; needs neither torch nor numpy.

Contract: `read_adapter` accepts safetensors files as `PreferenceAgent.dump` writes them and nothing
else: pairs of finite fp32 matrices of one small rank for linear layers, with a finite scale.
Whether it is for a certain model, `fits` says. Whether it may be used, only the gate says.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.personalization.agent_task import AgentOptions
from assistant.personalization.gguf_names import LINEAR, adapter_name

MAX_RANK = 64  # the agent has 8
MAX_HEADER = 1 << 20  # bytes; the embedded model's adapter has 50,000
MAX_LAYERS = 4096
MAX_ALPHA = 1024.0
_LENGTH = 8  # bytes that say how long the header is
_HALVES = (".lora_a", ".lora_b")
_SHOWN = 40  # characters of a layer's name
_AT_ONCE = 1 << 16  # numbers; their sum in doubles is finite if each of 32 bits is


@dataclass(frozen=True, slots=True)
class AdapterShape:
    """What an adapter changes: for each layer, by its GGUF name, its columns and rows."""

    rank: int
    alpha: float
    layers: Mapping[str, tuple[int, int]]
    parameters: int


def read_adapter(state: bytes) -> AdapterShape:
    """An adapter's shape; ValueError, with the reason in words, if it is no sound one."""
    from safetensors import SafetensorError, deserialize  # only profiles with an agent need it

    alpha = _alpha(state)
    try:
        tensors = deserialize(state)  # type: ignore[no-untyped-call]
    except (SafetensorError, ValueError) as error:  # the latter for names that are no text
        raise _refused("it is damaged") from error
    if not 0 < len(tensors) <= 2 * MAX_LAYERS:
        raise _refused("it holds no layers, or more than any model has")
    shapes = {_own_name(name): _shape(entry) for name, entry in tensors}
    ranks, layers = set(), {}
    for name, shape in shapes.items():
        stem = name.removesuffix(_HALVES[0])
        if stem == name:
            continue
        other = shapes.get(stem + _HALVES[1])
        if other is None or other[1] != shape[0]:
            raise _refused(f"the two matrices of {stem[:_SHOWN]} do not fit each other")
        ranks.add(shape[0])
        layers[stem] = (shape[1], other[0])
    whole = 2 * len(layers) == len(shapes) == len(tensors)
    if not whole or len(ranks) != 1 or max(ranks) > MAX_RANK:
        raise _refused(f"its matrices are no pairs of one rank of at most {MAX_RANK}")
    return AdapterShape(ranks.pop(), alpha, layers, sum(a * b for a, b in shapes.values()))


def fits(adapter: AdapterShape, shapes: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether an adapter changes exactly the linear layers of a model with tensors like these."""
    ends = tuple(f".{part}.weight" for part in LINEAR)
    return dict(adapter.layers) == {k: v for k, v in shapes.items() if k.endswith(ends)}


def fault_of_form(rank: float, alpha: float) -> str:
    """Why an adapter has another form than those trained here; "" if it has the same."""
    own = AgentOptions()
    if (rank, alpha) == (own.rank, own.alpha):
        return ""
    return (
        f"It has rank {rank:g} and scale {alpha:g}, but agents here have rank {own.rank} and "
        f"scale {own.alpha}; it cannot be switched on."
    )


def _alpha(state: bytes) -> float:
    """The scale that an adapter was trained with, from the notes in its header."""
    length = int.from_bytes(state[:_LENGTH], "little")
    if not 0 < length <= min(MAX_HEADER, len(state) - _LENGTH):
        raise _refused("it is damaged")
    try:
        header = json.loads(state[_LENGTH : _LENGTH + length])
        alpha = float(header["__metadata__"]["alpha"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _refused("it does not say its scale") from error
    if not 0 < alpha <= MAX_ALPHA:  # false for what is no number, too
        raise _refused("its scale is out of bounds")
    return alpha


def _own_name(name: str) -> str:
    """A tensor's GGUF name."""
    try:
        return adapter_name(name)
    except ValueError as error:
        raise _refused("it holds a part that belongs to no layer") from error


def _shape(entry: Mapping[str, Any]) -> tuple[int, int]:
    """Rows and columns of a matrix of finite numbers."""
    shape = tuple(entry["shape"])
    if entry["dtype"] != "F32" or len(shape) != 2 or 0 in shape:
        raise _refused("a part of it is no matrix of 32-bit numbers")
    values = memoryview(entry["data"]).cast("f")
    starts = range(0, len(values), _AT_ONCE)  # other threads get their turn in between
    if not all(math.isfinite(sum(values[at : at + _AT_ONCE])) for at in starts):
        raise _refused("it holds numbers that are not finite")
    return shape[0], shape[1]


def _refused(reason: str) -> ValueError:
    """The error for what is no sound adapter."""
    return ValueError(reason)
