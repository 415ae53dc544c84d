"""What a LoRA adapter file must be before llama.cpp may load it: its header against the model's.

Contract: `read_adapter` accepts a GGUF adapter of type lora for the model's architecture, with a
finite alpha and pairs of 16- or 32-bit matrices NAME.lora_a and NAME.lora_b whose shapes fit the
model's tensor NAME and that share a rank of at most MAX_RANK. Anything else is a ModelProblem.
No weights are read. Not covered: expert tensors, the embedding, and adapters with control vectors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.errors import ModelProblem
from assistant.generation.gguf import Contents, Header, Tensor, read_contents

MAX_RANK = 256  # the agent has 8 to 32
_TYPES = frozenset({"F32", "F16", "BF16"})
_ENDINGS = (".lora_a", ".lora_b")


@dataclass(frozen=True, slots=True)
class AdapterHeader:
    """An adapter file whose header is in order."""

    path: Path
    tensors: dict[str, Tensor]
    start: int  # of the weights in the file


def read_adapter(path: Path, base: Header) -> AdapterHeader:
    """Check the adapter at `path` against the model it is to change, or raise ModelProblem."""
    contents = read_contents(path, "adapter")
    _check_kind(path, contents, base)
    if not contents.tensors:
        raise damaged(path, "it holds no weights")
    for name in contents.tensors:
        stem = name.removesuffix(_ENDINGS[0]).removesuffix(_ENDINGS[1])
        pair = [contents.tensors.get(stem + ending) for ending in _ENDINGS]
        if stem == name or pair[0] is None or pair[1] is None:
            raise damaged(path, f"the weights {_shown(name)} are no half of a pair")
        _check_pair(path, base, stem, pair[0], pair[1])
    return AdapterHeader(path, contents.tensors, contents.start)


def _check_kind(path: Path, contents: Contents, base: Header) -> None:
    values = contents.values
    if (values.get("general.type"), values.get("adapter.type")) != ("adapter", "lora"):
        raise ModelProblem(f"The file {path} is not a LoRA adapter; choose one that is.")
    if values.get("general.architecture") != base.architecture:
        raise _foreign(path, f"it is for the architecture {values.get('general.architecture')!s}")
    alpha = values.get("adapter.lora.alpha")
    if not isinstance(alpha, float) or not math.isfinite(alpha):
        raise damaged(path, "its alpha is not a finite number")


def _check_pair(path: Path, base: Header, stem: str, a: Tensor, b: Tensor) -> None:
    if a.type_name not in _TYPES or b.type_name not in _TYPES:
        raise damaged(path, f"its weights are {a.type_name} and {b.type_name}, not 16 or 32 bits")
    shape = base.shapes.get(stem)
    if shape is None or len(shape) != 2 or stem == "token_embd.weight":
        raise _foreign(path, f"the model has no tensor {_shown(stem)} to change")
    if len(a.shape) != 2 or len(b.shape) != 2 or a.shape[1] != b.shape[0]:
        raise damaged(path, f"the two matrices of {_shown(stem)} do not fit each other")
    if not 1 <= a.shape[1] <= MAX_RANK:
        raise damaged(path, f"its rank is {a.shape[1]}, more than {MAX_RANK}")
    if (a.shape[0], b.shape[1]) != shape:
        raise _foreign(path, f"{_shown(stem)} has another shape")


def damaged(path: Path, reason: str) -> ModelProblem:
    """The error for a file that is no sound adapter."""
    return ModelProblem(f"The adapter file {path} is damaged ({reason}); train the agent again.")


def _foreign(path: Path, reason: str) -> ModelProblem:
    return ModelProblem(
        f"The adapter file {path} was made for another model ({reason}); "
        "train the agent for the model in use."
    )


def _shown(name: str) -> str:
    return name if len(name) < 80 and name.isprintable() else f"{name[:40]!r}..."
