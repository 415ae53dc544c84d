"""The real window, started and closed around a test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from learned_desk import LearnedDesk, make_desk
from PySide6.QtCore import QLocale, QTranslator
from pytestqt.qtbot import QtBot
from scripted_program import make_program

from assistant.generation.backend import Backend
from assistant.gui.language import install
from assistant.gui.start import Program
from assistant.gui.theme import Appearance

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TRANSLATIONS = Path(__file__).resolve().parents[2] / "resources" / "translations"

Start = Callable[..., Program]


@pytest.fixture
def appearance(qapp) -> Iterator[Appearance]:
    """The light theme, until a test chooses another."""
    made = Appearance(qapp)
    yield made
    made.deleteLater()


@pytest.fixture
def german(qapp) -> Iterator[None]:
    """German until the end of the test."""
    before = QLocale()
    install(qapp, TRANSLATIONS, "german")
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
        translator.deleteLater()
    QLocale.setDefault(before)


@pytest.fixture
def start(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> Iterator[Start]:
    """Starts the program (again) on the test's data file; closes what is open at the end."""
    programs: list[Program] = []

    def begin(
        backend: Backend | None = None, width: int = 1280, height: int = 800, *, first: bool = False
    ) -> Program:
        program = make_program(tmp_path / "home", appearance, backend, first=first)
        programs.append(program)
        program.window.resize(width, height)
        program.window.show()
        program.window.activateWindow()
        qtbot.waitExposed(program.window)
        program.open()
        return program

    yield begin
    for program in programs:
        program.window.close()
        program.window.deleteLater()


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> Iterator[LearnedDesk]:
    """A session with its trainer, and the learner for real, without a window."""
    made = make_desk(tmp_path / "home")
    yield made
    made.close()
