"""Names and row orders of GGUF tensors against those of transformers: pure functions.

llama.cpp keeps the rows of q and k of the llama family in another order (each head's rotated
pairs side by side); everything that goes from one world to the other passes through here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the names are also wanted where numpy is not loaded
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

PERMUTED = frozenset({"llama"})  # families whose q and k rows llama.cpp reorders

# The linear layers that carry an adapter, by their name in a block of each world.
LINEAR = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_NORMS = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
}
_OUTSIDE = {
    "token_embd.weight": "model.embed_tokens.weight",
    "output_norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}
_BLOCK = re.compile(r"blk\.(\d+)\.([a-z_]+)\.(weight|bias)")
_ADAPTED = re.compile(r".*\.layers\.(\d+)\.([a-z_]+\.[a-z_]+)\.lora_([AB])\.weight")


def torch_name(name: str) -> str | None:
    """The name in transformers; None for a tensor that it computes itself."""
    if name in _OUTSIDE:
        return _OUTSIDE[name]
    found = _BLOCK.fullmatch(name)
    if found is None:
        return None
    layer, part, kind = found.groups()
    inner = LINEAR.get(part) or _NORMS.get(part)
    return f"model.layers.{layer}.{inner}.{kind}" if inner else None


def adapter_name(name: str) -> str:
    """The GGUF name of a peft tensor of an adapter; ValueError if it belongs to no linear layer."""
    found = _ADAPTED.fullmatch(name)
    parts = {inner: part for part, inner in LINEAR.items()}
    if found is None or found[2] not in parts:
        raise ValueError(f"{name} is no part of an adapter")
    return f"blk.{found[1]}.{parts[found[2]]}.weight.lora_{found[3].lower()}"


def restore_rows(name: str, rows: Rows, heads: Mapping[str, int], family: str) -> Rows:
    """A weight or bias as transformers orders it, given as llama.cpp orders it."""
    part = _rotated(name)
    if part is None or family not in PERMUTED:
        return rows
    shaped = rows.reshape(heads[part], -1, 2, *rows.shape[1:])
    return shaped.swapaxes(1, 2).reshape(rows.shape)


def permute_rows(name: str, rows: Rows, heads: Mapping[str, int], family: str) -> Rows:
    """The inverse of `restore_rows`."""
    part = _rotated(name)
    if part is None or family not in PERMUTED:
        return rows
    shaped = rows.reshape(heads[part], 2, -1, *rows.shape[1:])
    return shaped.swapaxes(1, 2).reshape(rows.shape)


def _rotated(name: str) -> str | None:
    """Whether a GGUF tensor's rows are rotated: those of "q" or "k", or None."""
    found = re.match(r"blk\.\d+\.attn_([qk])\.", name)
    return found[1] if found else None
