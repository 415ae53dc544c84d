"""`python -m assistant.probe WHAT HOME`: the real program, measured from inside its window process.

Started by `attune bench window` and `attune bench memory`; one JSON object on standard output.
WHAT is "bare" (an empty PySide6 window), "start" (moments of the first paint and of being usable,
on the system-wide clock of time.perf_counter), "gaps" or "memory". HOME is written to.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.domain.cancel import CancelToken
    from assistant.gui.start import Program
    from assistant.gui.watch import Script
    from assistant.paths import Paths

IDLE_SECONDS = 4.0
SETTLING_SECONDS = 3.0  # after opening, and after the round

Report = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Measure and report; the exit code."""
    what, home = arguments[0], Path(arguments[1])
    report: Report = {}
    if what != "bare":
        return _measure(SCRIPTS[what], home, report)
    from assistant.gui.watch import show_bare_window

    code = show_bare_window(partial(_note_moment, report, "painted"))
    _tell(report)
    return code


def _measure(script: Callable[[Program, Report], Script], home: Path, report: Report) -> int:
    """Open the window just as `attune` does, but with the data in `home`, and follow a script."""
    from assistant.__main__ import build, close, open_services
    from assistant.cli import run

    def watch(program: Program) -> None:
        from assistant.gui.watch import FirstPaint, follow

        FirstPaint(program.window, partial(_note_moment, report, "painted"))
        follow(whole(program), program.window)

    def whole(program: Program) -> Script:
        yield from _opened(program, report)
        if "error" not in report:
            yield from script(program, report)
        _tell(report)
        program.window.close()

    def open_window(_paths: Paths) -> int:
        from assistant.gui.start import run_window
        from assistant.paths import find_paths

        return run_window(find_paths(home), build, close, watch)

    return run([], open_services=open_services, open_window=open_window)


def _start(_program: Program, report: Report) -> Script:
    """When the first query could be asked."""
    _note_moment(report, "usable")
    yield lambda: "painted" in report


def _gaps(program: Program, report: Report) -> Script:
    """How long the window's thread is busy: idle, while replies and learning go on, and ranking."""
    from assistant.domain.cancel import CancelToken
    from assistant.gui.watch import Gaps

    gaps, learning = Gaps(program.window), CancelToken()
    yield _after(SETTLING_SECONDS)
    gaps.start()
    yield _after(IDLE_SECONDS)
    report["idle_ms"] = gaps.stop()
    _learn_all_along(program, learning)
    yield _after(SETTLING_SECONDS)
    used, begun = _learner_seconds(program), time.perf_counter()
    gaps.start()
    yield from _write_replies(program, report)
    report["writing_ms"] = gaps.stop()
    report["writing_s"] = time.perf_counter() - begun
    report["learner_cpu_s"] = _learner_seconds(program) - used
    gaps.start()
    yield from _rank(program)
    report["ranking_ms"] = gaps.stop()
    learning.cancel()


def _memory(program: Program, report: Report) -> Script:
    """What every process holds, at rest after one real round."""
    from assistant.evaluation.bench_memory import measure_processes

    session = program.window.session
    assert session is not None, "the window is open"
    yield from _write_replies(program, report)
    yield from _rank(program)
    yield _after(SETTLING_SECONDS)
    backend: Any = session.services.backend
    learner: Any = session.services.learner
    pids = {"window": os.getpid(), "engine": backend.pid, "learner": learner.pid}
    report["processes"] = measure_processes(pids)
    report["model"], report["context"] = str(backend.info().path), backend.info().context


SCRIPTS: Mapping[str, Callable[[Program, Report], Script]] = {
    "start": _start,
    "gaps": _gaps,
    "memory": _memory,
}


def _tell(report: Report) -> None:
    """Hand the report over; at once, because the program may end in a hurry."""
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()


def _note_moment(report: Report, name: str) -> None:
    report[name] = time.perf_counter()


def _after(seconds: float) -> Callable[[], bool]:
    """A condition that is met once so much time has passed."""
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() >= end


def _opened(program: Program, report: Report) -> Script:
    """Wait until the program can be used, or report what hinders it."""
    window = program.window
    yield lambda: window.session is not None or not window.banner.isHidden()
    if window.session is None:
        report["error"] = window.banner.text.text()


def _learn_all_along(program: Program, cancel: CancelToken) -> None:
    """Keep the learner busy, and go on while replies are written, where it would be paused."""
    from assistant.domain.events import RoundStarted
    from assistant.evaluation.bench_load import keep_learning
    from assistant.gui.tasks import Lane

    session = program.window.session
    assert session is not None, "the window is open"
    services = session.services

    def work() -> object:
        library = services.store.run(lambda db: db.tags.all())
        return keep_learning(services.learner, library, cancel)

    def go_on(step: object) -> None:
        if isinstance(step, RoundStarted):
            services.learner.pause(False)

    session.stepped.connect(go_on)
    program.tasks.run(Lane.LEARN, work, lambda _step: None)


def _learner_seconds(program: Program) -> float:
    """Processor time that the learner has used so far."""
    import psutil

    session = program.window.session
    learner: Any = session.services.learner if session else None
    times = psutil.Process(learner.pid).cpu_times()
    return float(times.user + times.system)


def _write_replies(program: Program, report: Report) -> Script:
    """Ask the measured query and wait for the last word of the last reply."""
    from assistant.evaluation.bench_load import QUERY, REPLY_TOKENS
    from assistant.settings import MAX_TOKENS

    window, session = program.window, program.window.session
    assert session is not None, "the window is open"
    session.ask_failed.connect(lambda sentence, _again: report.update(error=sentence))
    limited: list[object] = []
    session.change(
        lambda: session.services.store.run(lambda db: db.settings.set(MAX_TOKENS, REPLY_TOKENS)),
        limited.append,
    )
    yield lambda: bool(limited)
    window.ask(QUERY)
    yield lambda: not session.writing
    report["tokens"] = sum(c.tokens for c in session.round.candidates) if session.round else 0


def _rank(program: Program) -> Script:
    """Rank the replies and wait until it is learned from."""
    session = program.window.session
    assert session is not None, "the window is open"
    if session.round is None or not session.round.candidates:
        return  # there are none; why is in the report
    program.window.round_view.model.choose_best("A")
    yield lambda: session.round is None or session.round.ranking is not None
    yield _after(SETTLING_SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
