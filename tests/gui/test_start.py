"""Opening: at once, without anything heavy, and with a way out of a damaged file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot
from scripted_program import make_program

from assistant.gui.tasks import Lane
from assistant.gui.theme import Appearance


def test_the_window_process_imports_nothing_heavy() -> None:
    heavy = ("torch", "llama_cpp", "transformers", "sentence_transformers", "peft")
    code = f"import sys, assistant.gui.start; print([m for m in {heavy} if m in sys.modules])"
    project = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=project, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_damaged_file_can_be_set_aside_from_the_window(
    qtbot: QtBot, start, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "attune.db").write_bytes(b"no database at all " * 500)
    program = start()
    banner = program.window.banner
    qtbot.waitUntil(banner.isVisible)
    assert "damaged" in banner.text.text()
    assert [made.accessibleName() for made in banner.buttons] == ["Start new"]
    assert not program.window.composer.isEnabled()
    banner.buttons[0].click()
    qtbot.waitUntil(program.window.composer.isEnabled)
    assert list(home.glob("attune.db.damaged-*"))


def test_what_is_to_be_said_about_the_start_is_said(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    program = make_program(tmp_path / "home", appearance, notice="A saved state is damaged.")
    program.window.show()
    program.open()
    qtbot.waitUntil(program.window.composer.isEnabled)
    assert program.window.banner.text.text() == "A saved state is damaged."
    program.close()


def test_a_file_in_use_is_told_and_can_be_tried_again(qtbot: QtBot, start) -> None:
    first = start()
    qtbot.waitUntil(first.window.composer.isEnabled)
    second = start()
    qtbot.waitUntil(second.window.banner.isVisible)
    assert "already running" in second.window.banner.text.text()
    first.window.close()
    second.window.banner.buttons[0].click()
    qtbot.waitUntil(second.window.composer.isEnabled)


def test_closing_while_replies_are_written_keeps_their_text(qtbot: QtBot, start) -> None:
    from assistant.generation.scripted import ScriptedBackend

    program = start(ScriptedBackend(["word " * 2000] * 3, delay=0.005))
    qtbot.waitUntil(program.window.composer.isEnabled)
    program.window.ask("Tell me much")
    view = program.window.round_view
    qtbot.waitUntil(lambda: bool(view.cards) and len(view.cards["A"].body.text()) > 20)
    program.window.close()
    again = start()
    qtbot.waitUntil(again.window.composer.isEnabled)
    (conversation,) = again.store.run(lambda db: db.conversations.all())
    (round_,) = again.store.run(lambda db: db.rounds.of_conversation(conversation.id))
    assert all(candidate.text.startswith("word word") for candidate in round_.candidates)


def test_the_newest_backup_is_restored_from_the_window(qtbot: QtBot, start, tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = start()
    qtbot.waitUntil(first.window.composer.isEnabled)
    first.window.ask("Keep this")
    session = first.window.session
    assert session is not None
    qtbot.waitUntil(lambda: not session.writing and session.round is not None)
    first.tasks.submit(Lane.STORE, first.store.back_up_if_due).result(timeout=10)
    first.window.close()
    (home / "attune.db").write_bytes(b"no database at all " * 500)
    program = start()
    banner = program.window.banner
    qtbot.waitUntil(banner.isVisible)
    assert [made.accessibleName() for made in banner.buttons] == [
        "Restore the newest backup",
        "Start new",
    ]
    banner.buttons[0].click()
    qtbot.waitUntil(program.window.composer.isEnabled)
    (conversation,) = program.store.run(lambda db: db.conversations.all())
    assert conversation.title == "Keep this"
    assert list(home.glob("attune.db.damaged-*"))


def test_another_model_is_used_at_once_and_what_is_shown_stays(qtbot: QtBot, start) -> None:
    program = start()
    qtbot.waitUntil(program.window.composer.isEnabled)
    program.window.ask("one")
    session = program.window.session
    assert session is not None
    qtbot.waitUntil(lambda: not session.writing and session.round is not None)
    before = session.services
    assert program.window.desk is not None
    program.window.desk.model_changed.emit()
    qtbot.waitUntil(lambda: session.services is not before)
    assert before.backend.closed
    assert len(program.window.round_view.cards) == 3
    qtbot.waitUntil(program.window.top.model.isVisible)
