"""An adapter as llama.cpp loads it: a GGUF file made from peft's tensors.

Contract: for the same base weights, llama.cpp with this file computes what torch computes with
the adapter. Rows of q and k follow the base's own order (gguf_names). ValueError for tensors that
belong to no linear layer; the file is written whole or not at all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import gguf
import safetensors.numpy

from assistant.personalization.gguf_names import adapter_name, permute_rows


def write_adapter(
    state: bytes, target: Path, *, architecture: str, heads: Mapping[str, int], alpha: float
) -> None:
    """Write `state` (a safetensors file in peft's names) to `target`.

    `heads` counts the attention heads of "q" and "k" of the base.
    """
    tensors = safetensors.numpy.load(state)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}.partial")
    writer = gguf.GGUFWriter(partial, architecture)
    try:
        writer.add_type(gguf.GGUFType.ADAPTER)
        writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
        writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, alpha)
        for name, values in tensors.items():
            own = adapter_name(name)
            if own.endswith("lora_b"):  # rows of B are the rows of the layer
                values = permute_rows(own, values, heads, architecture)
            writer.add_tensor(own, values.astype("<f4"))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def adapter_alpha(state: bytes) -> float:
    """The scale that an adapter was trained with, from the notes in its safetensors file."""
    length = int.from_bytes(state[:8], "little")
    notes = json.loads(state[8 : 8 + length]).get("__metadata__", {})
    return float(notes["alpha"])
