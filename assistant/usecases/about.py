"""About: what this program is, what came with it, where the data is, and what it computes on.

Nothing heavy is imported and no child process is asked.
"""

from __future__ import annotations

import os
import platform
import tomllib
from dataclasses import dataclass
from pathlib import Path

import psutil

from assistant import __version__
from assistant.paths import Paths

LICENCE = "Apache-2.0"
CPU_FILE = Path("/proc/cpuinfo")
GB = 1e9


@dataclass(frozen=True, slots=True)
class EmbeddedModel:
    """One model that came along."""

    title: str
    role: str
    licence: str
    origin: str


@dataclass(frozen=True, slots=True)
class About:
    """The program and the machine it runs on."""

    version: str
    licence: str
    models: tuple[EmbeddedModel, ...]
    home: Path
    system: str
    processor: str
    cores: int
    memory_gb: float


def about(paths: Paths, cpu_file: Path = CPU_FILE) -> About:
    """Look everything up; what cannot be read is left out."""
    return About(
        version=__version__,
        licence=LICENCE,
        models=_models(paths.models / "manifest.toml"),
        home=paths.home,
        system=f"{platform.system()} {platform.machine()}".strip(),
        processor=_processor(cpu_file),
        cores=os.cpu_count() or 1,
        memory_gb=psutil.virtual_memory().total / GB,
    )


def _models(manifest: Path) -> tuple[EmbeddedModel, ...]:
    """Those of the manifest, with their licences."""
    try:
        entries = tomllib.loads(manifest.read_text(encoding="utf-8"))["model"]
        return tuple(
            EmbeddedModel(
                str(entry.get("title", entry["name"])),
                str(entry["role"]),
                str(entry["licence"]),
                str(entry["origin"]),
            )
            for entry in entries
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _processor(cpu_file: Path) -> str:
    """Its name as the system has it."""
    try:
        for line in cpu_file.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
