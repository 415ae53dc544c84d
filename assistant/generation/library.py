"""Which models there are, and whether one fits into this machine's memory.

Contract: the embedded model is the one that `manifest.toml` in the models directory names with the
role "chat"; every other file that ends in .gguf in the directories given is the user's own.
Whether a file is sound is for `gguf.read_header` to say.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.domain.errors import ModelProblem
from assistant.generation.gguf import Header
from assistant.generation.prompt import cells_for

_OVERHEAD = 160 << 20  # interpreter, buffers of a computation, vocabulary


class Verdict(StrEnum):
    """Whether a model is worth loading here."""

    FITS = "fits"
    SLOW = "may be slow"
    TOO_LARGE = "won't fit"


@dataclass(frozen=True, slots=True)
class Fit:
    """A verdict with the figures behind it, in bytes."""

    verdict: Verdict
    needed: int
    available: int


def embedded_model(models: Path) -> Path:
    """The chat model that comes with the program. ModelProblem if the manifest or it is missing."""
    manifest = models / "manifest.toml"
    try:
        content = tomllib.loads(manifest.read_text(encoding="utf-8"))
        entry = next(entry for entry in content["model"] if entry["role"] == "chat")
        path = models / str(_file_of(entry))
    except (OSError, KeyError, TypeError, ValueError, StopIteration):
        raise ModelProblem(
            f"The list of models {manifest} is missing or damaged; install the program again."
        ) from None
    if not path.is_file():
        raise ModelProblem(
            f"The model file {path} is missing; run `python3 packaging/bootstrap.py run`, "
            "which fetches it."
        )
    return path


def _file_of(entry: dict[str, Any]) -> object:
    return next(file["path"] for file in entry["file"] if str(file["path"]).endswith(".gguf"))


def find_models(directories: Iterable[Path]) -> tuple[Path, ...]:
    """All GGUF files directly in the directories, by name; directories may be missing."""
    found = {path.resolve(): path for folder in directories for path in folder.glob("*.gguf")}
    return tuple(sorted(found.values(), key=lambda path: (path.name.lower(), str(path))))


def check_fit(header: Header, context: int, available: int | None = None) -> Fit:
    """Whether the model with a cache for `context` tokens fits into `available` bytes of memory.

    Weights are mapped, so that up to the whole of the available memory it runs, but pages.
    """
    if available is None:
        import psutil  # the window imports this module, and need not wait for that one

        available = psutil.virtual_memory().available
    tokens = min(context, header.context or context)
    needed = (
        header.size_bytes
        + cells_for(tokens, header.unscaled_context) * header.kv_bytes_per_token
        + _OVERHEAD
    )
    if needed <= 0.8 * available:
        return Fit(Verdict.FITS, needed, available)
    if needed <= 1.2 * available:
        return Fit(Verdict.SLOW, needed, available)
    return Fit(Verdict.TOO_LARGE, needed, available)
