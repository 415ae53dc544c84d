"""The profile as a file, and forgetting: what is said before, what is there afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from learned_desk import LearnedDesk, make_desk, teach
from learned_fixtures import buttons, part_of, show_page
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from assistant.domain.model import TagKind
from assistant.gui.learned_import import ImportDialog, difference_lines
from assistant.gui.learned_interview import OPEN
from assistant.gui.learned_parts import Entry
from assistant.gui.learned_profile import LearnedProfile, dated_name
from assistant.gui.learned_rules import LearnedRules
from assistant.gui.learned_versions import LearnedVersions
from assistant.storage.archive import read_archive
from assistant.storage.database import Database
from assistant.storage.prompts import StoredPrompt
from assistant.usecases.agent import AGENT, model_mark
from assistant.usecases.own_tags import add_tag
from assistant.usecases.profile_adapter import AdapterOffer
from assistant.usecases.profile_difference import Difference
from assistant.usecases.profile_file import export_profile, imports
from assistant.usecases.profile_prompts import PromptDifference
from tests.personalization.adapter_states import adapter_bytes

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")  # offscreen dialogs


def open_profile(qtbot: QtBot, desk: LearnedDesk) -> LearnedProfile:
    return part_of(show_page(qtbot, desk), "Profile", LearnedProfile)


@pytest.fixture
def from_elsewhere(qapp: object, tmp_path: Path) -> Path:
    """A profile of somebody with two rankings and a tag of their own."""
    other = make_desk(tmp_path / "other")
    add_tag(other.services, name="Chess", instruction="Draw on chess.", kind=TagKind.INTEREST)
    teach(other.services, 2)
    file = tmp_path / "theirs.attune"
    export_profile(other.services, file=file)
    other.close()
    return file


def test_no_heading_of_imports_stands_over_nothing_while_they_are_read(
    qtbot: QtBot, desk: LearnedDesk
) -> None:
    part = LearnedProfile(desk.work)
    qtbot.addWidget(part)
    assert part.imported.isHidden()


@pytest.mark.parametrize("texts", [False, True])
def test_texts_are_in_an_export_only_if_ticked(
    qtbot: QtBot, desk: LearnedDesk, tmp_path: Path, texts: bool
) -> None:
    teach(desk.services, 2)
    part = open_profile(qtbot, desk)
    if texts:
        part.texts.click()
    file = tmp_path / "mine.attune"
    with qtbot.waitSignal(desk.work.told) as told:
        part.export(file)
    assert ("with texts" in told.args[0]) == texts
    assert (b"What can I do on day" in read_archive(file)["lessons.json"]) == texts


def test_an_import_shows_the_difference_adds_and_is_taken_back(
    qtbot: QtBot, desk: LearnedDesk, from_elsewhere: Path
) -> None:
    teach(desk.services, 1)
    part = open_profile(qtbot, desk)
    part.preview(from_elsewhere)
    qtbot.waitUntil(lambda: part.findChild(ImportDialog) is not None)
    dialog = part.findChild(ImportDialog)
    assert dialog.lines[0] == "2 new lessons."
    assert "Chess" in dialog.lines[1]
    assert imports(desk.services) == {}  # nothing is changed before it is chosen
    dialog.merge.click()
    qtbot.waitUntil(lambda: sum(imports(desk.services).values()) == 2)
    qtbot.waitUntil(lambda: "Remove" in buttons(part.imported))
    assert desk.services.store.run(lambda db: db.rankings.count()) == 1
    buttons(part.imported)["Remove"].click()
    qtbot.waitUntil(lambda: imports(desk.services) == {})


def test_replacing_makes_a_backup_and_forgets_what_was_here(
    qtbot: QtBot, desk: LearnedDesk, from_elsewhere: Path
) -> None:
    teach(desk.services, 1)
    part = open_profile(qtbot, desk)
    part.preview(from_elsewhere)
    qtbot.waitUntil(lambda: part.findChild(ImportDialog) is not None)
    part.findChild(ImportDialog).replace.click()
    qtbot.waitUntil(lambda: sum(imports(desk.services).values()) == 2)
    assert desk.services.store.run(lambda db: db.rankings.count()) == 0
    assert list(desk.services.paths.backups.glob("*.db"))


def test_the_preview_says_what_would_come_in_the_place_of_what_is_here(
    qtbot: QtBot, desk: LearnedDesk, tmp_path: Path
) -> None:
    teach(desk.services, 2)
    export_profile(desk.services, file=tmp_path / "own.attune")
    part = open_profile(qtbot, desk)
    part.preview(tmp_path / "own.attune")
    qtbot.waitUntil(lambda: part.findChild(ImportDialog) is not None)
    lines = part.findChild(ImportDialog).lines
    assert lines[0] == "0 new lessons; 2 are here already."
    assert lines[-1] == "If it replaces what is here:\n2 new lessons."


def test_everything_is_forgotten_only_after_it_was_confirmed(
    qtbot: QtBot, desk: LearnedDesk
) -> None:
    teach(desk.services, 2)
    part = open_profile(qtbot, desk)

    def count() -> int:
        return desk.services.store.run(lambda db: db.rankings.count())

    for word, left in (("Cancel", 2), ("Forget everything", 0)):
        part.forget_button.click()
        box = [b for b in part.findChildren(QMessageBox) if b.isVisible()][-1]
        buttons(box)[word].click()
        qtbot.wait(50)
        qtbot.waitUntil(lambda left=left: count() == left)
    assert list(desk.services.paths.backups.glob("*.db"))


def test_pairs_are_written_for_other_programs(
    qtbot: QtBot, desk: LearnedDesk, tmp_path: Path
) -> None:
    teach(desk.services, 1)
    part = open_profile(qtbot, desk)
    with qtbot.waitSignal(desk.work.told) as told:
        part.export_pairs(tmp_path / "pairs.jsonl")
    assert told.args[0].startswith("2 pairs written")
    assert len((tmp_path / "pairs.jsonl").read_text().splitlines()) == 2


def test_a_file_to_export_into_is_named_after_the_day(qtbot: QtBot, desk: LearnedDesk) -> None:
    part = open_profile(qtbot, desk)
    assert dated_name("attune", date(2026, 3, 4)) == "attune-profile-2026-03-04.attune"
    for words, like in (
        ("Export the profile…", "attune-profile-2*.attune"),
        ("Export pairs…", "attune-pairs-2*.jsonl"),
    ):
        buttons(part)[words].click()
        dialog = part.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        (chosen,) = dialog.selectedFiles()
        assert Path(chosen).match(like)
        dialog.reject()
        qtbot.waitUntil(lambda: part.findChild(QFileDialog) is None)


def test_a_file_that_is_no_profile_is_refused_with_the_reason(
    qtbot: QtBot, desk: LearnedDesk, tmp_path: Path
) -> None:
    (tmp_path / "no.attune").write_bytes(b"no profile")
    part = open_profile(qtbot, desk)
    with qtbot.waitSignal(desk.work.failed) as failed:
        part.preview(tmp_path / "no.attune")
    assert "no profile that can be imported" in failed.args[0]


def test_the_interview_is_answered_changed_and_skipped(qtbot: QtBot, desk: LearnedDesk) -> None:
    part = open_profile(qtbot, desk)
    interview = part.interview
    qtbot.waitUntil(lambda: OPEN in buttons(interview))
    buttons(interview)[OPEN].click()
    qtbot.waitUntil(lambda: bool(interview.options))
    question = next(iter(interview.options))

    def given() -> int | None:
        answers = desk.services.store.run(lambda db: db.interview.all())
        return answers[question].option if question in answers else None

    for option in (0, 1):
        interview.options[question][option].click()
        qtbot.waitUntil(lambda option=option: given() == option)
        qtbot.waitUntil(lambda option=option: interview.options[question][option].isChecked())
    qtbot.waitUntil(lambda: "Skip" in buttons(interview.questions[question]))
    high = interview.questions[question].sizeHint().height()
    buttons(interview.questions[question])["Skip"].click()
    qtbot.waitUntil(lambda: given() is None)
    qtbot.waitUntil(lambda: "Skip" not in buttons(interview.questions[question]))
    # as high as before: nothing moves under the mouse of who answers one after the other
    assert interview.questions[question].sizeHint().height() == high


def test_a_difference_is_told_in_sentences() -> None:
    many = tuple(f"T{n}" for n in range(10))
    lines = difference_lines(Difference("ab", 1.0, many, ("Brief",), (), 0, 3))
    assert lines[0] == "0 new lessons; 3 are here already."
    assert lines[1].endswith("T7 and 2 more.")
    assert lines[2] == "Would be pinned: Brief."
    assert difference_lines(Difference("ab", 1.0, (), (), (), 0, 0))[-1] == "Nothing would change."


@pytest.fixture
def complete(qapp: object, tmp_path: Path) -> Path:
    """A profile with a prompt and an agent of another model than the one here."""
    other = make_desk(tmp_path / "complete")
    teach(other.services, 1)
    state, metrics = adapter_bytes(), {"model": model_mark("ab" * 32)}

    def write(db: Database) -> None:
        db.prompts.replace([StoredPrompt("The reader likes tea.", 1.0, ())])
        db.snapshots.activate(AGENT, state, 25, metrics, 1.0, keep=4)

    other.services.store.run(write)
    file = tmp_path / "complete.attune"
    export_profile(other.services, file=file)
    other.close()
    return file


def test_prompts_and_agent_are_shown_before_they_come_and_wait_to_be_reviewed(
    qtbot: QtBot, desk: LearnedDesk, complete: Path
) -> None:
    page = show_page(qtbot, desk)
    part = part_of(page, "Profile", LearnedProfile)
    part.preview(complete)
    qtbot.waitUntil(lambda: part.findChild(ImportDialog) is not None)
    dialog = part.findChild(ImportDialog)
    told = "\n".join(dialog.lines)
    assert "New prompts, unused until you allow them:\n“The reader likes tea.”" in told
    assert "trained on 25 rankings, is kept but cannot be used now. It was made for" in told
    with qtbot.waitSignal(desk.work.told) as said:
        dialog.merge.click()
    assert "1 prompt, an agent" in said.args[0]
    versions = part_of(page, "Versions", LearnedVersions)
    qtbot.waitUntil(lambda: bool(versions.agent.findChildren(Entry)))
    (row,) = versions.agent.findChildren(Entry)
    assert "came with a profile" in row.text.text()
    assert "choose that model" in row.note.text()
    assert "Switch on" not in buttons(versions.agent)
    rules = part_of(page, "Rules", LearnedRules)
    qtbot.waitUntil(lambda: "Allow" in buttons(rules.prompts))
    buttons(rules.prompts)["Allow"].click()
    qtbot.waitUntil(lambda: "Ban" in buttons(rules.prompts))
    assert not desk.services.store.run(lambda db: db.prompts.all())[0].banned


def test_a_difference_names_prompts_that_stay_as_they_are() -> None:
    prompts = PromptDifference(changed=("a", "b"), known=1)
    agent = AdapterOffer("M", 1.0, 1, known=True, hindrance="")
    change = Difference("ab", 1.0, (), (), (), 0, 0, prompts=prompts, adapter=agent)
    lines = difference_lines(change)
    assert "2 prompts are here with other scores; yours stay." in lines
    assert "1 prompt is here already." in lines
    assert any(line.endswith("trained on 1 ranking, is here already.") for line in lines)
    assert lines[-1] == "Nothing would change."
    newer = replace(change, prompts=replace(prompts, updated=("c",)))
    lines = difference_lines(newer)
    assert "1 prompt would take over what it has done since." in lines
    assert "Nothing would change." not in lines
