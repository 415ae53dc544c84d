"""Drags cards for real and prints what became of the order; run by test_drag.py.

On the platform "minimal", QDrag.exec runs its own loop and takes mouse events, as on a screen.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from scripted_program import make_program

from assistant.domain.preferences import format_order
from assistant.gui.start import Program
from assistant.gui.theme import Appearance

STEP = 30
Place = Callable[[], QPoint]


def wait(milliseconds: int) -> None:
    """As QTest.qWait, which holds the interpreter: the lanes' threads would hardly get on."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(reached: Callable[[], bool], seconds: float = 60) -> None:
    for _ in range(int(seconds * 1000 / STEP)):
        if reached():
            return
        wait(STEP)
    raise TimeoutError


def drag(program: Program, letter: str, place: Place, seen: Callable[[], object]) -> object:
    """Press the head, move, look, let go; what was seen under way."""
    window, found = program.window, []
    head = window.round_view.cards[letter].head
    native = window.windowHandle()
    start = head.mapTo(window, head.rect().center())
    left = Qt.MouseButton.LeftButton
    steps = iter(
        [
            lambda: QTest.mouseMove(native, place() - QPoint(3, 3)),
            lambda: QTest.mouseMove(native, place()),
            lambda: found.append(seen()),
            lambda: QTest.mouseRelease(native, left, Qt.KeyboardModifier.NoModifier, place()),
        ]
    )
    timer = QTimer()
    timer.timeout.connect(lambda: next(steps, timer.stop)())
    timer.start(STEP)
    QTest.mousePress(native, left, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(native, start + QPoint(20, 0))  # returns when the drag is over
    wait(2 * STEP)
    return found[0] if found else None


def inside(widget: QWidget, x: float, y: int = 100) -> Place:
    return lambda: widget.mapTo(widget.window(), QPoint(round(widget.width() * x), y))


def stored(program: Program) -> str | None:
    session = program.window.session
    assert session is not None
    assert session.round is not None
    query = session.round.query_id
    ranking = program.store.run(lambda db: db.rounds.get(query)).ranking
    return format_order(ranking.order) if ranking else None


def ready(home: Path) -> Program:
    """The program with a round of three replies."""
    program = make_program(home, Appearance(QApplication([])))
    window = program.window
    window.show()
    program.open()
    until(window.composer.isEnabled)
    window.ask("How do I relax?")
    session = window.session
    assert session is not None
    until(lambda: not session.writing and bool(session.round and session.round.candidates))
    return program


def places(program: Program) -> dict[str, tuple[str, Place, Callable[[], object]]]:
    """What is dropped where, and what is to be seen while it is carried there."""
    window, view = program.window, program.window.round_view
    cards, row, zone, strip = view.cards, view.row, view.zone, view.strip
    return {
        "before": (
            "C",
            inside(cards["A"], 0.1),
            lambda: [
                row.mark.isVisible(),
                row.mark.x() < 10,
                cards["C"].property("lifted"),
                zone.isVisible(),
                strip.isVisible(),
            ],
        ),
        "tie": (
            "A",
            inside(cards["B"], 0.5),
            lambda: [cards["B"].property("dropping"), row.word.isVisible()],
        ),
        "bad": (
            "B",
            lambda: zone.mapTo(window, zone.rect().center()),
            lambda: [zone.property("dropping"), row.mark.isVisible()],
        ),
    }


def main(home: Path) -> dict[str, object]:
    program = ready(home)
    view = program.window.round_view
    told: list[str] = []
    view.model.ordered.connect(told.append)
    report: dict[str, object] = {}
    for name, (letter, place, seen) in places(program).items():
        before = stored(program)
        under_way = drag(program, letter, place, seen)
        until(lambda before=before: stored(program) != before)
        report[name] = {"order": stored(program), "seen": under_way}
    report["moves"] = told
    report["after"] = [
        view.cards["B"].property("lifted"),
        view.zone.isVisible(),
        view.strip.isVisible(),
        view.strip.saved.text(),
    ]
    before = stored(program)
    drag(program, "A", lambda: QPoint(5, 5), lambda: None)
    report["nowhere"] = [stored(program) == before, len(told)]
    report["closed"] = program.close()
    return report


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
