"""The real program opened to be pictured, and what a user does in it; used by pictures.py."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

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

WIDE = (1280, 800)
REPLY_TOKENS = 110
SMALLEST = 0  # quality of a PNG: the same picture in the fewest bytes
WAIT_SECONDS = 400.0
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
        from PySide6.QtGui import QImage

        settle()
        file = self.folder / f"{name}.png"
        image = (picture or self.window.grab()).toImage()
        image.convertToFormat(QImage.Format.Format_RGB888).save(str(file), "PNG", SMALLEST)
        sys.stdout.write(f"{file}\n")


def open_program(
    home: Path, appearance: Appearance, theme: str, *, model: bool, first: bool = False
) -> Program:
    """The real program; only what the replies say may be written beforehand.

    Unless it is the `first` start, its pages were seen.
    """
    from assistant.app import build_services, close_services
    from assistant.generation.scripted import ScriptedBackend
    from assistant.gui.start import Program
    from assistant.paths import find_paths
    from assistant.settings import MAX_TOKENS, THEME, WELCOMED

    def build(store: Store, paths: Paths) -> Services:
        values = {THEME: theme, MAX_TOKENS: REPLY_TOKENS, WELCOMED: not first}
        store.run(lambda db: [db.settings.set(*one) for one in values.items()])
        services = replace(build_services(store, paths), random=random.Random(SEED))
        return (
            services if model else replace(services, backend=ScriptedBackend(REPLIES, delay=0.02))
        )

    program = Program(find_paths(home), build, close_services, appearance)
    program.window.resize(*WIDE)
    program.window.show()
    program.open()
    until(program.window.composer.isEnabled)
    until(lambda: not program.window.top.model.isHidden())
    return program


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


def carry(studio: Studio, name: str, place: Callable[[], QPoint]) -> None:
    """Take card C by its head to a place in the window, picture that, and let go with Escape."""
    from PySide6.QtCore import QPoint, Qt, QTimer
    from PySide6.QtGui import QDrag
    from PySide6.QtTest import QTest

    head = studio.window.round_view.cards["C"].head
    inside = studio.window.windowHandle()
    start = head.mapTo(studio.window, head.rect().center())

    def picture() -> None:
        carried = head.findChild(QDrag)
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
