"""The instruments that the window is measured with show what happened."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.gui.watch import FirstPaint, Gaps, follow


class Canvas(QWidget):
    """Counts its paints."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0

    def paintEvent(self, _event: object) -> None:
        self.painted += 1


def test_the_first_paint_is_told_once_and_after_it_happened(qtbot: QtBot) -> None:
    canvas, seen = Canvas(), []
    qtbot.addWidget(canvas)
    FirstPaint(canvas, lambda: seen.append(canvas.painted))
    canvas.show()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0] >= 1
    painted = canvas.painted
    canvas.repaint()
    qtbot.waitUntil(lambda: canvas.painted > painted)
    qtbot.wait(20)
    assert len(seen) == 1


def test_a_busy_thread_is_seen_as_one_long_gap(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    gaps = Gaps(parent)
    gaps.start()
    qtbot.wait(100)
    time.sleep(0.2)
    qtbot.wait(100)
    taken = gaps.stop()
    assert max(taken) >= 200
    assert sorted(taken)[len(taken) // 2] < 50
    assert 350 <= sum(taken) < 2000  # the last tick may be some time ago


def test_a_script_goes_on_when_its_condition_is_met(qtbot: QtBot) -> None:
    parent, steps, allowed = QWidget(), [], []
    qtbot.addWidget(parent)

    def script():
        steps.append("begun")
        yield lambda: bool(allowed)
        steps.append("allowed")

    follow(script(), parent)
    qtbot.wait(120)
    assert steps == ["begun"]
    allowed.append(True)
    qtbot.waitUntil(lambda: steps == ["begun", "allowed"])
