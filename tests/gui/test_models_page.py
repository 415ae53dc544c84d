"""The models page on real files: verdicts, adding, switching, settings of one model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_steps import ask, ready

from assistant.generation.library import Fit, Verdict
from assistant.gui.models_page import ModelsPage, verdict_words
from assistant.gui.start import Program
from assistant.settings import MODEL, TEMPERATURE

GB = 10**9


def open_models(qtbot: QtBot, program: Program) -> ModelsPage:
    program.window.models_wanted.emit()
    desk = program.window.desk
    assert desk is not None
    assert desk.pages.models is not None
    return desk.pages.models


def test_the_verdict_has_its_numbers() -> None:
    fit = Fit(Verdict.TOO_LARGE, 9 * GB, 4 * GB)
    assert verdict_words(fit) == "Won't fit: needs 9.0 of 4.0 GB free memory"
    assert verdict_words(None) == "Not usable"


def test_a_file_that_is_no_model_is_refused_in_a_sentence(
    qtbot: QtBot, start, tmp_path: Path
) -> None:
    program = start()
    ready(qtbot, program)
    page = open_models(qtbot, program)
    bad = tmp_path / "no.gguf"
    bad.write_bytes(b"GGUF" + b"\xff" * 100)
    page._work.add(bad)
    qtbot.waitUntil(page.told.isVisible)
    assert "no.gguf" in page.told.text()


def test_a_model_is_added_used_and_has_settings_of_its_own(
    qtbot: QtBot, start, tmp_path: Path, embedded_model: Path
) -> None:
    program = start()
    ready(qtbot, program)
    ask(qtbot, program, "one")
    page = open_models(qtbot, program)
    file = tmp_path / "Other.gguf"
    shutil.copyfile(embedded_model, file)
    page._work.add(file)
    qtbot.waitUntil(lambda: [card.known.choice.name for card in page.cards] == ["Other"])
    (card,) = page.cards
    assert card.verdict.text().startswith("Fits: needs")
    assert "llama · 135 million parameters · 98 MB" in card.about.text()
    assert "licence apache-2.0" in card.about.text()
    card.preset_button.click()
    qtbot.waitUntil(lambda: card.form is not None and TEMPERATURE.key in card.form.fields)
    card.form.fields[TEMPERATURE.key].setValue(0.2)
    card.form.save_button.click()
    qtbot.waitUntil(lambda: not card.form.clear_button.isHidden())
    assert program.store.run(lambda db: db.settings.of_model("Other", TEMPERATURE)) == 0.2
    before = program.window.session.services
    card.use_button.click()
    qtbot.waitUntil(lambda: program.store.run(lambda db: db.settings.get(MODEL)) != "")
    qtbot.waitUntil(lambda: program.window.session.services is not before)
    assert "What I have learned about you stays" in page.told.text()
    qtbot.waitUntil(lambda: page.cards[0].verdict.text() == "In use")
    assert len(program.window.round_view.cards) == 3


@pytest.mark.qt_log_ignore("does not support")  # offscreen, of a menu
def test_the_menu_stores_nothing_for_the_embedded_model(qtbot: QtBot, start) -> None:
    program = start()
    ready(qtbot, program)
    program.store.run(lambda db: db.settings.set(MODEL, "/elsewhere/model.gguf"))
    program.window.desk.models._chosen("")
    qtbot.waitUntil(lambda: program.store.run(lambda db: db.settings.get(MODEL)) == "")
