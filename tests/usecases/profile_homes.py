"""Homes that profiles travel between, and files that are no longer what was exported."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.storage.archive import read_archive
from assistant.usecases.services import Services

Home = Callable[..., Services]


def edited(file: Path, part: str, value: Any) -> Path:
    """Put something else (JSON or bytes) in the place of one part of a profile file."""
    parts: dict[str, bytes] = dict(read_archive(file))
    parts[part] = value if isinstance(value, bytes) else json.dumps(value).encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def without(file: Path, part: str) -> Path:
    """Take one part out of a profile file."""
    parts = {name: content for name, content in read_archive(file).items() if name != part}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file
