"""LoRA adapters for the preference agent: checked, then loaded into llama.cpp.

Contract: a file that `load_adapter` accepts holds finite numbers only, in pairs of matrices that
fit the model's tensors; every other one is a ModelProblem with one sentence, and llama.cpp sees
its header only when all of it is known to be in order.
"""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

import numpy as np

from assistant.domain.errors import ModelProblem
from assistant.generation.adapter_header import AdapterHeader, damaged, read_adapter
from assistant.generation.gguf import Header
from assistant.generation.llama import Weights, ll
from assistant.generation.llama_context import Context


class Adapter:
    """An adapter in memory. It can be used by contexts that are made after it."""

    def __init__(self, weights: Weights, header: AdapterHeader) -> None:
        _check_finite(header)
        weights.log.error = ""
        self.handle: Any = ll.llama_adapter_lora_init(weights.model, str(header.path).encode())
        if not self.handle:
            raise damaged(header.path, weights.log.error or "llama.cpp refused it")

    def use_in(self, context: Context) -> None:
        """Let a context, which has evaluated nothing yet, compute with the adapter."""
        adapters = (ll.llama_adapter_lora_p_ctypes * 1)(self.handle)
        code = ll.llama_set_adapters_lora(context.handle, adapters, 1, (ctypes.c_float * 1)(1.0))
        if code:
            raise RuntimeError(f"llama_set_adapters_lora failed with {code}")

    def close(self) -> None:
        """Give the memory back, after the contexts that use it are closed."""
        ll.llama_adapter_lora_free(self.handle)


def load_adapter(weights: Weights, path: Path, base: Header) -> Adapter:
    """The adapter in a file that may come from anywhere."""
    return Adapter(weights, read_adapter(path, base))


def _check_finite(header: AdapterHeader) -> None:
    """One infinite weight makes every logit NaN, on which sampling ends the process."""
    try:
        data = np.memmap(header.path, np.uint8, mode="r")
    except (OSError, ValueError) as error:
        raise damaged(header.path, str(error)) from None
    for name, tensor in header.tensors.items():
        raw = data[header.start + tensor.offset :][: tensor.size]
        if tensor.type_name == "BF16":  # numpy has none: all ones in the exponent mean not finite
            finite = bool(((raw.view(np.uint16) & 0x7F80) != 0x7F80).all())
        else:
            kind = np.float32 if tensor.type_name == "F32" else np.float16
            finite = bool(np.isfinite(raw.view(kind)).all())
        if not finite:
            raise ModelProblem(
                f"The adapter file {header.path} holds numbers that are not finite ({name}); "
                "train the agent again."
            )
