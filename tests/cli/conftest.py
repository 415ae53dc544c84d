"""The program with an empty home directory."""

from __future__ import annotations

from pathlib import Path

import pytest
from attune_program import Attune


@pytest.fixture
def attune(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Attune:
    """The program with an empty home directory."""
    return Attune(tmp_path / "home", Path(__file__).resolve().parents[2], capsys)
