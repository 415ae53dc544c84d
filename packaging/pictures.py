"""Pictures of the real window in all its states: `python packaging/pictures.py FOLDER`.

Runs in the environment that the bootstrap has made, without a display. The replies are written
beforehand unless --model is given; the learner is the real one either way. Each group of pictures
is taken in a process of its own, since Qt chooses its platform and scale once for each process:
only the platform "minimal" carries out a drag without a display, and only with this option does it
draw text.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QDrag, QPixmap

    from assistant.gui.main_window import MainWindow
    from assistant.gui.session import Session
    from assistant.gui.start import Program
    from assistant.gui.theme import Appearance
    from assistant.paths import Paths
    from assistant.storage.database import Store
    from assistant.usecases.services import Services

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
ENVIRONMENTS = {
    "light": OFFSCREEN,
    "dark": OFFSCREEN,
    "drag": {"QT_QPA_PLATFORM": "minimal:enable_fonts"},
    "double": {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"},
}
WIDE, SMALL, NARROW, HALF_HD = (1280, 800), (900, 600), (640, 800), (960, 540)
WAIT_SECONDS = 120.0  # the learner's first start reads every tag
SEED = 3
STEP_MILLISECONDS, SETTLE_MILLISECONDS = 40, 250
QUERY = "How can I relax after a long day of work?"
EARLIER = (
    "What should I cook tonight?",
    "How do I plan a quiet weekend?",
    "What can I do in the garden in spring?",
)
REPLIES = (
    "Relaxing after work starts with a clear end to the day. Some ideas:\n\n"
    "- Take a 20 minute walk before you open another screen.\n"
    "- Cook something slow, with music on.\n- Stretch, then read a few pages.\n\n"
    "Choose one and keep it for a week before adding another.",
    "**Walk first, then bake.** Twenty minutes outside lets your head empty; kneading a simple "
    "dough does the rest.\n\nWhile it rises, put the phone in another room. A timer helps:\n\n"
    "```python\nimport time\n\n# long enough for the dough\ntime.sleep(20 * 60)\n"
    'print("Fold it once.")\n```',
    "There are numerous ways to recover from work. Psychological detachment, that is, refraining "
    "from job-related thoughts, is associated with lower fatigue; see "
    "[this overview](https://example.org).\n\n| When | What |\n|---|---|\n| at once | a walk |\n"
    "| later | a book |",
)


def main(arguments: list[str] | None = None) -> int:
    """Take all pictures, or those of one group; the exit code."""
    parser = argparse.ArgumentParser(description="Pictures of the window in all its states.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--model", action="store_true", help="let the embedded model write")
    parser.add_argument("--group", choices=ENVIRONMENTS, help="only these, in this process")
    chosen = parser.parse_args(arguments)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    if chosen.group:
        return take(chosen.group, chosen.folder, model=chosen.model)
    codes = []
    for group, settings in ENVIRONMENTS.items():
        command = [sys.executable, __file__, str(chosen.folder), "--group", group]
        command += ["--model"] if chosen.model else []
        codes.append(subprocess.run(command, env=os.environ | settings, check=False).returncode)
    return max(codes)


@dataclass(frozen=True)
class Studio:
    """An open program and where its pictures go."""

    program: Program
    folder: Path

    @property
    def window(self) -> MainWindow:
        """What is pictured."""
        return self.program.window

    @property
    def session(self) -> Session:
        """What the window works with."""
        assert self.window.session is not None, "the program is open"
        return self.window.session

    def shot(self, name: str, picture: QPixmap | None = None) -> None:
        """Save a picture of the window, or another one."""
        settle()
        file = self.folder / f"{name}.png"
        (picture or self.window.grab()).save(str(file))
        sys.stdout.write(f"{file}\n")


def take(group: str, folder: Path, *, model: bool) -> int:
    """The pictures of one group, on a data file of its own."""
    from PySide6.QtWidgets import QApplication

    from assistant.gui.theme import Appearance

    application = QApplication([])
    home = Path(tempfile.mkdtemp(prefix="attune-pictures-"))
    try:
        program = open_program(home, Appearance(application), group, model=model)
        GROUPS[group](Studio(program, folder))
        program.window.close()
    finally:
        shutil.rmtree(home)
    return 0


def open_program(home: Path, appearance: Appearance, group: str, *, model: bool) -> Program:
    """The real program; only what the replies say may be written beforehand."""
    from assistant.app import build_services, close_services
    from assistant.generation.scripted import ScriptedBackend
    from assistant.gui.start import Program
    from assistant.paths import find_paths
    from assistant.settings import MAX_TOKENS, THEME

    def build(store: Store, paths: Paths) -> Services:
        theme = "dark" if group == "dark" else "light"
        store.run(lambda db: (db.settings.set(THEME, theme), db.settings.set(MAX_TOKENS, 160)))
        services = replace(build_services(store, paths), random=random.Random(SEED))
        return (
            services if model else replace(services, backend=ScriptedBackend(REPLIES, delay=0.02))
        )

    program = Program(find_paths(home), build, close_services, appearance)
    program.window.resize(*WIDE)
    program.window.show()
    program.open()
    until(program.window.composer.isEnabled)
    return program


def light(studio: Studio) -> None:
    """Every state in the light theme."""
    window = studio.window
    studio.shot("first-start")
    teach(studio)
    ask(studio, QUERY, whole=False)
    until(lambda: len(window.round_view.cards) == 3)
    until(lambda: min(len(card.body.text()) for card in window.round_view.cards.values()) > 60)
    studio.shot("streaming")
    until(lambda: not studio.session.writing)
    studio.shot("finished")
    rank(studio)
    studio.shot("ranked")
    for row in window.why.rows:
        if row.weight is not None and row.weight.rankings:
            row.asked_behind.emit(row.tag, row.weight.rankings)
            break
    settle()
    studio.shot("why-with-rankings")
    for name, size in (("small-900x600", SMALL), ("narrow", NARROW)):
        window.resize(*size)
        studio.shot(name)
    window.resize(*WIDE)
    window.round_view.proceed.emit()
    studio.shot("folded")
    settings(studio)
    error(studio)


def settings(studio: Studio) -> None:
    """The form of the settings."""
    from assistant.gui.settings_dialog import SettingsDialog

    studio.window.settings_wanted.emit()
    settle()
    dialog = studio.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog), "it was opened"
    studio.shot("settings", dialog.grab())
    dialog.reject()


def error(studio: Studio) -> None:
    """The model file is missing."""
    from assistant.domain.errors import ModelProblem
    from assistant.generation.scripted import ScriptedBackend

    problem = ModelProblem(
        "The model file /home/me/models/chat.gguf is missing; choose another model, "
        "or put the file back and try again."
    )
    studio.session.renew(replace(studio.session.services, backend=ScriptedBackend(failure=problem)))
    until(studio.window.banner.isVisible)
    studio.shot("error-model-missing")


def dark(studio: Studio) -> None:
    """The round in the dark theme."""
    teach(studio)
    ask(studio, QUERY)
    studio.shot("dark-finished")
    rank(studio)
    studio.shot("dark-ranked")


def double(studio: Studio) -> None:
    """Half a full-HD screen at 200 %."""
    studio.window.resize(*HALF_HD)
    studio.shot("double-first-start")
    ask(studio, QUERY)
    studio.shot("double-finished")
    rank(studio)
    studio.shot("double-ranked")


def drag(studio: Studio) -> None:
    """A card carried by its handle: between two others, over one for a tie, over "all bad"."""
    from PySide6.QtCore import QPoint

    view = studio.window.round_view
    ask(studio, QUERY)
    second = view.cards["B"]
    carry(studio, "drag-between", lambda: second.mapTo(studio.window, QPoint(8, 120)))
    carry(studio, "drag-tie", lambda: second.mapTo(studio.window, second.rect().center()))
    carry(studio, "drag-all-bad", lambda: view.zone.mapTo(studio.window, view.zone.rect().center()))


def carry(studio: Studio, name: str, place: Callable[[], QPoint]) -> None:
    """Take card C by its handle to a place in the window, picture that, and let go with Escape."""
    from PySide6.QtCore import QPoint, Qt, QTimer
    from PySide6.QtGui import QDrag
    from PySide6.QtTest import QTest

    handle = studio.window.round_view.cards["C"].handle
    inside = studio.window.windowHandle()
    start = handle.mapTo(studio.window, handle.rect().center())

    def picture() -> None:
        carried = handle.findChild(QDrag)
        assert isinstance(carried, QDrag), "it is being dragged"
        studio.shot(name, with_carried(studio.window.grab(), carried, place()))

    steps = iter(
        [
            lambda: QTest.mouseMove(inside, place() - QPoint(4, 4)),
            lambda: QTest.mouseMove(inside, place()),
            picture,
            lambda: QTest.keyClick(inside, Qt.Key.Key_Escape),
        ]
    )
    timer = QTimer()
    timer.timeout.connect(lambda: next(steps, timer.stop)())
    timer.start(STEP_MILLISECONDS)
    QTest.mousePress(inside, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(inside, start + QPoint(20, 0))  # from here on until Escape, inside the drag
    QTest.mouseRelease(inside, Qt.MouseButton.LeftButton, pos=start)
    settle()


def with_carried(window: QPixmap, carried: QDrag, place: QPoint) -> QPixmap:
    """The window with what hangs at the pointer, which is a window of its own."""
    from PySide6.QtGui import QPainter

    painter = QPainter(window)
    painter.drawPixmap(place - carried.hotSpot(), carried.pixmap())
    painter.end()
    return window


def teach(studio: Studio) -> None:
    """A few rounds before, so that something is known."""
    for query in EARLIER:
        studio.window.new_chat()
        ask(studio, query)
        rank(studio)
    studio.window.new_chat()


def ask(studio: Studio, text: str, *, whole: bool = True) -> None:
    """Ask, and wait for the replies unless told otherwise."""
    studio.window.ask(text)
    if whole:
        until(lambda: bool(studio.session.round and studio.session.round.candidates))
        until(lambda: not studio.session.writing)


def rank(studio: Studio) -> None:
    """B first, then A, then C, and wait until it is learned."""
    view = studio.window.round_view
    view.model.choose_best("B")
    view.model.shift("A", -1)
    view.model.shift("A", 1)
    until(lambda: bool(studio.session.round and studio.session.round.ranking))
    until(lambda: bool(studio.window.why.rows))


def until(reached: Callable[[], bool]) -> None:
    """Let the program run until something is true."""
    from PySide6.QtTest import QTest

    late = time.monotonic() + WAIT_SECONDS
    while not reached():
        if time.monotonic() > late:
            raise TimeoutError("The window did not come to the state to be pictured.")
        QTest.qWait(STEP_MILLISECONDS)


def settle() -> None:
    """Let what is under way be painted."""
    from PySide6.QtTest import QTest

    QTest.qWait(SETTLE_MILLISECONDS)


GROUPS: dict[str, Callable[[Studio], None]] = {
    "light": light,
    "dark": dark,
    "drag": drag,
    "double": double,
}

if __name__ == "__main__":
    sys.exit(main())
