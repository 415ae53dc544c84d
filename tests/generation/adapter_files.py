"""LoRA adapters for the embedded model: small, of random numbers, sound or spoilt in one way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import gguf
import numpy as np

WIDTH, KEYS, HIDDEN, LAYERS, RANK = 576, 192, 1536, 30, 4
# rows out and columns in of the tensors that are changed, as numpy has them
SHAPES = {
    "attn_q": (WIDTH, WIDTH),
    "attn_v": (KEYS, WIDTH),
    "ffn_gate": (HIDDEN, WIDTH),
    "ffn_down": (WIDTH, HIDDEN),
}


def weights(scale: float, seed: int = 1, kind: type = np.float32) -> dict[str, np.ndarray]:
    """Pairs of matrices for all layers; the larger the scale, the more the model is changed."""
    random, tensors = np.random.default_rng(seed), {}
    for layer in range(LAYERS):
        for part, (rows, columns) in SHAPES.items():
            name = f"blk.{layer}.{part}.weight"
            tensors[f"{name}.lora_a"] = random.normal(0, 0.05, (RANK, columns)).astype(kind)
            tensors[f"{name}.lora_b"] = random.normal(0, scale, (rows, RANK)).astype(kind)
    return tensors


def write_adapter(
    path: Path,
    tensors: Mapping[str, np.ndarray],
    *,
    architecture: str = "llama",
    kind: str = "lora",
    alpha: float = 8.0,
) -> Path:
    """An adapter file with these weights."""
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_type("adapter")
    writer.add_string("adapter.type", kind)
    writer.add_float32("adapter.lora.alpha", alpha)
    for name, values in tensors.items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
