"""Opens the real program and closes its window in a given state; run by test_closing.py.

Instead of its own close button, a third argument names the signal that ends it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from PySide6.QtCore import QTimer

from assistant.app import build_services, close_services
from assistant.gui.start import Program, run_window
from assistant.paths import find_paths

QUERY = "Write a long story about a lighthouse keeper."


def reached(program: Program, state: str) -> bool:
    """Whether the window is in the state, doing what leads there."""
    window = program.window
    if state == "opening":
        return True
    if not window.composer.isEnabled():
        return False
    if state == "loading":
        return True
    session = window.session
    assert session is not None
    if session.round is None and not session.writing:
        window.ask(QUERY)
    if state == "choosing":
        return session.round is not None
    return any(len(card.body.text()) > 20 for card in window.round_view.cards.values())


def main(home: Path, state: str, by: str | None = None) -> int:
    timers: list[QTimer] = []

    def watch(program: Program) -> None:
        timer = QTimer()
        timers.append(timer)
        timer.timeout.connect(lambda: close_when_reached(program, timer.stop))
        timer.start(20)

    def close_when_reached(program: Program, stop: Callable[[], None]) -> None:
        if not reached(program, state):
            return
        stop()
        children = [child.pid for child in psutil.Process().children(recursive=True)]
        print(json.dumps({"at": time.time(), "children": children}), flush=True)
        if by is None:
            program.window.close()
        else:
            os.kill(os.getpid(), signal.Signals[by])

    return run_window(find_paths(home), build_services, close_services, watch)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
