"""What stands in the pictures of the page of what was learned is true."""

from __future__ import annotations

import sys
from pathlib import Path

from pytestqt.qtbot import QtBot
from window_steps import ready

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


def test_the_status_line_counts_the_rankings_that_the_page_shows(
    qtbot: QtBot, start, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    import learned_pictures
    import picture_studio

    monkeypatch.setattr(learned_pictures, "ROUNDS", 3)  # enough to be counted
    program = start()
    ready(qtbot, program)
    learned_pictures.learned_double(picture_studio.Studio(program, tmp_path))
    assert program.window.status.rankings.text() == "3 rankings"
    assert len(list(tmp_path.glob("*.png"))) == 2
