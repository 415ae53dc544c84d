"""Adapters as safetensors files, sound ones and others, without a model behind them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import safetensors.numpy

from assistant.generation.gguf import read_header
from assistant.personalization.gguf_names import LINEAR

ALPHA = 16.0
_STEM = "base_model.model.model.layers.0."


def halves(rank: int = 8) -> dict[str, np.ndarray]:
    """Two layers of 6 columns and 5 rows."""
    chance = np.random.default_rng(1)
    tensors = {}
    for layer in ("self_attn.q_proj", "mlp.up_proj"):
        for half, shape in (("A", (rank, 6)), ("B", (5, rank))):
            name = f"{_STEM}{layer}.lora_{half}.weight"
            tensors[name] = chance.normal(size=shape).astype(np.float32)
    return tensors


def adapter_bytes(
    tensors: dict[str, np.ndarray] | None = None, alpha: str = str(int(ALPHA))
) -> bytes:
    """A file with these tensors, or with sound ones."""
    return safetensors.numpy.save(halves() if tensors is None else tensors, {"alpha": alpha})


def adapter_for(model: Path, *, size: float = 1e-3, rank: int = 8, wider: int = 0) -> bytes:
    """An adapter for every linear layer of a GGUF model."""
    chance = np.random.default_rng(2)
    tensors = {}
    for name, shape in read_header(model).shapes.items():
        parts = name.split(".")
        if len(parts) == 4 and parts[2] in LINEAR and parts[3] == "weight":
            stem = f"base_model.model.model.layers.{parts[1]}.{LINEAR[parts[2]]}"
            for half, sides in {"A": (rank, shape[0] + wider), "B": (shape[1], rank)}.items():
                values = chance.normal(0, size, sides)
                tensors[f"{stem}.lora_{half}.weight"] = values.astype(np.float32)
    return adapter_bytes(tensors)
