"""The probe's child process is the real program, and its troubles are told in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.errors import UserError
from assistant.evaluation.probing import probe, window_environment


def test_a_data_file_that_cannot_be_opened_is_told_as_the_window_tells_it(tmp_path: Path) -> None:
    (tmp_path / "attune.db").write_bytes(b"no database at all " * 500)
    with pytest.raises(UserError, match="damaged"):
        probe("start", tmp_path)


def test_without_a_display_the_window_is_drawn_into_memory(monkeypatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert window_environment()["QT_QPA_PLATFORM"] == "offscreen"
    monkeypatch.setenv("DISPLAY", ":0")
    assert "QT_QPA_PLATFORM" not in window_environment()
