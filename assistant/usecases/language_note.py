"""The window's language, noted beside the data file: it is needed before that file is open.

The setting in the data file is what counts; the note only repeats it and can be lost at any time.
"""

from __future__ import annotations

from contextlib import suppress

from assistant.paths import Paths

_NAME = "language"


def noted_language(paths: Paths) -> str:
    """The setting as it was last; empty if it was never noted."""
    try:
        return (paths.cache / _NAME).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def note_language(paths: Paths, value: str) -> None:
    """Note what the setting is now, for the next start."""
    if value == (noted_language(paths) or "system"):
        return
    with suppress(OSError):  # then the next start is in the system's language
        paths.cache.mkdir(parents=True, exist_ok=True)
        (paths.cache / _NAME).write_text(value, encoding="utf-8")
