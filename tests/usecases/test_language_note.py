"""The language of the next start is noted beside the data file, and only repeated there."""

from __future__ import annotations

from pathlib import Path

from assistant.paths import Paths
from assistant.usecases.language_note import note_language, noted_language


def test_the_language_is_noted_for_the_next_start_and_lost_without_harm(tmp_path: Path) -> None:
    paths = Paths(home=tmp_path / "home", cache=tmp_path / "cache", project=tmp_path)
    assert noted_language(paths) == ""
    note_language(paths, "system")
    assert not paths.cache.exists()
    note_language(paths, "german")
    assert noted_language(paths) == "german"
    (paths.cache / "language").write_bytes(b"\xff\xfe")
    assert noted_language(paths) == ""
