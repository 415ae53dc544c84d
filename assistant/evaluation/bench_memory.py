"""What all processes of the program hold in memory, at rest after one real round.

Contract: figures are USS, the pages that only this process has: what ending it would give back.
Where the system tells it (Linux), a process is divided by what its pages are mapped from;
that division leaves pages shared with another of ours out, so parts can add up to a little less.
"""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from assistant.evaluation.probing import probe
from assistant.generation.gguf import read_header
from assistant.generation.prompt import cells_for

AIM_MB = 900.0
_MEGABYTE = 1e6
_NAMED_PARTS = 8
_KINDS = {  # a piece of the path a page is mapped from -> what it is called
    ".gguf": "model file",
    ".safetensors": "embedding model file",
    "torch": "torch libraries",
    "PySide6": "Qt libraries",
    "shiboken6": "Qt libraries",
    "llama_cpp": "llama.cpp libraries",
    "site-packages": "other packages' libraries",
}


def bench_memory() -> dict[str, object]:
    """Megabytes by process and part, ready to be written as JSON."""
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder:
        report = probe("memory", Path(folder)).report
    processes: dict[str, Any] = report["processes"]
    total = sum(values["uss_mb"] for values in processes.values())
    header = read_header(Path(report["model"]))
    cells = cells_for(report["context"], header.unscaled_context)
    return {
        "total_mb": total,
        "aim_mb": AIM_MB,
        "ratio": total / AIM_MB,
        "processes": processes,
        "largest": largest_parts(processes),
        "details": {
            "measure": "USS, idle after one round of three replies, ranked",
            "model": header.name,
            "model_file_mb": header.size_bytes / _MEGABYTE,
            "context_tokens": report["context"],
            "kv_cache_mb": header.kv_bytes_per_token * cells / _MEGABYTE,
            "machine": f"{platform.system()} {platform.machine()}",
        },
    }


def measure_processes(pids: Mapping[str, int | None]) -> dict[str, dict[str, Any]]:
    """USS and its parts of each process, and of whatever else this process has started."""
    known = {pid for pid in pids.values() if pid is not None}
    measured = {name: _measure(psutil.Process(pid)) for name, pid in pids.items() if pid}
    for child in psutil.Process(os.getpid()).children(recursive=True):
        if child.pid not in known:
            with suppress(psutil.NoSuchProcess):  # it has ended meanwhile
                measured[f"helper process {child.pid}"] = _measure(child)
    return measured


def largest_parts(processes: Mapping[str, Mapping[str, Any]]) -> list[dict[str, object]]:
    """The largest parts of all processes, the largest first."""
    parts = [
        (float(megabytes), f"{process}: {part}")
        for process, values in processes.items()
        for part, megabytes in values["parts_mb"].items()
    ]
    return [{"part": name, "mb": size} for size, name in sorted(parts, reverse=True)[:_NAMED_PARTS]]


def kind_of(mapped_from: str) -> str:
    """What a page mapped from such a path is called."""
    for piece, kind in _KINDS.items():
        if piece in mapped_from:
            return kind
    unnamed = not mapped_from or mapped_from.startswith("[")
    return "working memory" if unnamed else "Python and system libraries"


def _measure(process: psutil.Process) -> dict[str, Any]:
    return {
        "uss_mb": process.memory_full_info().uss / _MEGABYTE,
        "parts_mb": _parts(process),
    }


def _parts(process: psutil.Process) -> dict[str, float]:
    """Private megabytes by kind; empty where the system does not tell."""
    parts: dict[str, float] = {}
    try:
        mappings: list[Any] = process.memory_maps(grouped=True)
    except (AttributeError, psutil.AccessDenied):  # macOS; Windows does not say what is private
        return parts
    for mapping in mappings:
        private = getattr(mapping, "private_clean", 0) + getattr(mapping, "private_dirty", 0)
        kind = kind_of(mapping.path)
        parts[kind] = parts.get(kind, 0.0) + private / _MEGABYTE
    return {kind: size for kind, size in parts.items() if size >= 0.1}
