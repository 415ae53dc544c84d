"""Pictures of the real window in all its states: `python packaging/pictures.py FOLDER`.

Runs in the environment that the bootstrap has made, without a display. The replies are written
beforehand unless --model is given; the learner is the real one either way. Each group of pictures
is taken in a process of its own, since Qt chooses its platform and scale once for each process:
only the platform "minimal" carries out a drag without a display, and only with this option does it
draw text. `--group strip --model resources/pictures` makes the README's picture, on that platform.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from later_pictures import large_text, later, sizes  # noqa: E402
from learned_pictures import (  # noqa: E402 - the program is found beside this folder
    learned,
    learned_double,
)
from page_pictures import pages  # noqa: E402
from picture_studio import (  # noqa: E402
    QUERY,
    WIDE,
    Studio,
    ask,
    carry,
    open_program,
    rank,
    settle,
    teach,
    until,
)
from strip_pictures import strip  # noqa: E402

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
ENVIRONMENTS = {
    "light": OFFSCREEN,
    "dark": OFFSCREEN,
    "drag": {"QT_QPA_PLATFORM": "minimal:enable_fonts"},
    "readme": OFFSCREEN,
    "strip": {"QT_QPA_PLATFORM": "minimal:enable_fonts"},
    "pages": OFFSCREEN,
    "pages-dark": OFFSCREEN,
    "learned": OFFSCREEN,
    "learned-dark": OFFSCREEN,
    "german-pages": OFFSCREEN,
    "german-learned": OFFSCREEN,
    "german-double": {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"},
    "learned-double": {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"},
    "later": OFFSCREEN,
    "later-dark": OFFSCREEN,
    "sizes": OFFSCREEN,
    "large-text": OFFSCREEN,
    "double": {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"},
}
SMALL, NARROW, HALF_HD = (900, 600), (640, 800), (960, 540)


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


def take(group: str, folder: Path, *, model: bool) -> int:
    """The pictures of one group, on a data file of its own."""
    from PySide6.QtWidgets import QApplication

    from assistant.gui.language import install
    from assistant.gui.theme import Appearance

    application = QApplication([])
    language = "german" if group.startswith("german") else "english"
    install(application, ROOT / "resources" / "translations", language)
    home = Path(tempfile.mkdtemp(prefix="attune-pictures-"))
    try:
        theme = "dark" if group.endswith("dark") else "light"
        program = open_program(
            home,
            Appearance(application),
            theme,
            model=model,
            first=group.startswith(("pages", "german-pages")),
        )
        GROUPS[group](Studio(program, folder))
        program.window.close()
    finally:
        shutil.rmtree(home)
    return 0


def light(studio: Studio) -> None:
    """Every state in the light theme."""
    window = studio.window
    studio.shot("first-start")
    teach(studio)
    ask(studio, QUERY, whole=False)
    until(lambda: bool(studio.session.round and studio.session.round.candidates))
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
    studio.window.settings_wanted.emit()
    settle()
    assert studio.window.desk is not None, "the program is open"
    dialog = studio.window.desk.pages.settings
    assert dialog is not None, "it was opened"
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


def double(studio: Studio, prefix: str) -> None:
    """Half a full-HD screen at 200 %."""
    studio.window.resize(*HALF_HD)
    studio.shot(f"{prefix}double-first-start")
    ask(studio, QUERY)
    studio.shot(f"{prefix}double-finished")
    rank(studio)
    studio.shot(f"{prefix}double-ranked")


def drag(studio: Studio) -> None:
    """A card carried by its head: between two others, over one for a tie, over "all bad"."""
    from PySide6.QtCore import QPoint

    view = studio.window.round_view
    ask(studio, QUERY)
    second = view.cards["B"]
    carry(studio, "drag-between", lambda: second.mapTo(studio.window, QPoint(8, 120)))
    carry(studio, "drag-tie", lambda: second.mapTo(studio.window, second.rect().center()))
    carry(studio, "drag-all-bad", lambda: view.zone.mapTo(studio.window, view.zone.rect().center()))


def readme(studio: Studio) -> None:
    """One ranked round with its explanation, for the README."""
    teach(studio)
    ask(studio, QUERY)
    rank(studio)
    studio.shot("round")


GROUPS: dict[str, Callable[[Studio], None]] = {
    "light": light,
    "dark": dark,
    "drag": drag,
    "double": partial(double, prefix=""),
    "readme": readme,
    "strip": strip,
    "pages": partial(pages, prefix=""),
    "pages-dark": partial(pages, prefix="dark-"),
    "german-pages": partial(pages, prefix="german-"),
    "german-learned": partial(learned, prefix="german-"),
    "german-double": partial(double, prefix="german-"),
    "learned": partial(learned, prefix=""),
    "learned-dark": partial(learned, prefix="dark-"),
    "learned-double": learned_double,
    "later": partial(later, prefix=""),
    "later-dark": partial(later, prefix="dark-"),
    "sizes": sizes,
    "large-text": large_text,
}

if __name__ == "__main__":
    sys.exit(main())
