"""The profile as a file: export, import after a look at the difference, take back, forget."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from assistant.gui.controls import button, label
from assistant.gui.language import marked, tr, trn
from assistant.gui.learned_import import ImportDialog
from assistant.gui.learned_interview import LearnedInterview
from assistant.gui.learned_parts import (
    Entry,
    Part,
    Section,
    beside,
    confirm,
    worded,
)
from assistant.gui.learned_work import LearnedWork
from assistant.gui.tick_box import TickBox
from assistant.usecases.forget import back_up, forget
from assistant.usecases.pairs_file import export_pairs
from assistant.usecases.profile_difference import Difference
from assistant.usecases.profile_file import (
    Exported,
    export_profile,
    import_profile,
    imports,
    preview_import,
    remove_import,
)
from assistant.usecases.services import Services

PROFILES = marked("Attune profile (*.attune)")
PAIRS = marked("JSON lines (*.jsonl)")
PROFILE_SUFFIX, PAIRS_SUFFIX = "attune", "jsonl"
FORGET = marked(
    "Forget everything I have learned about you?\n\nEvery ranking is taken back, and with it "
    "weights, rules found, prompts, the agent, imports and the interview. Your conversations stay. "
    "A backup of the data file is made first."
)


class LearnedProfile(Part):
    """Says what the user wants done with the whole of what was learned."""

    def __init__(self, work: LearnedWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.texts = TickBox()
        self.imported = Section(tr("Imported profiles"))
        self.imported.hide()  # until it is known that there are any
        self.interview = LearnedInterview(work)
        self.forget_button = button(tr("Forget everything…"), self._ask_to_forget)
        self.column.addWidget(self.interview)
        self.column.addWidget(self._export_section())
        self.column.addWidget(self._import_section())
        self.column.addWidget(self.imported)
        forget_section = Section(tr("Forget"), tr("Everything learned goes; conversations stay."))
        forget_section.fill([beside(self.forget_button)])
        self.column.addWidget(forget_section)

    def refresh(self) -> None:
        """Read the imports and the interview."""
        self.interview.refresh()
        self._work.read(imports, self._show_imports)

    def export(self, file: Path) -> None:
        """Write the profile to a file."""
        self._work.read(
            partial(export_profile, file=file, texts=self.texts.isChecked()), self._exported
        )

    def export_pairs(self, file: Path) -> None:
        """Write the rankings as pairs for other programs."""
        self._work.read(
            partial(export_pairs, file=file),
            lambda count: self._work.told.emit(
                trn("%n pair written to {file}.", "%n pairs written to {file}.", count, file=file)
            ),
        )

    def preview(self, file: Path) -> None:
        """Show what an import would change, and import if the user wants it."""
        self._work.read(partial(_previews, file=file), lambda both: self._open_preview(file, *both))

    def _export_section(self) -> Section:
        section = Section(
            tr("Export"),
            tr(
                "One file with your tags, pins and bans, the order of every ranking, rules, "
                "prompts and the agent in use: to keep, or for another machine or model. Without "
                "the tick it holds none of your queries and replies."
            ),
        )
        section.fill(
            [
                worded(
                    self.texts, tr("Put the texts of my queries, replies and snippets in as well")
                ),
                beside(
                    button(tr("Export the profile…"), self._pick_export),
                    button(
                        tr("Export pairs…"),
                        self._pick_pairs,
                        name=tr("Export rankings as pairs of texts, for other training programs"),
                    ),
                ),
                label(
                    tr("Pairs hold the texts: a query, a better and a worse reply, one per line."),
                    "note",
                    wrap=True,
                ),
            ]
        )
        return section

    def _import_section(self) -> Section:
        section = Section(
            tr("Import"),
            tr(
                "You see first what would change. Tags, rules and prompts that you do not have "
                "yet stay unused until you allow them, the agent until you switch it on; "
                "everything imported can be taken out again."
            ),
        )
        section.fill([beside(button(tr("Import a profile…"), self._pick_import))])
        return section

    def _show_imports(self, found: dict[str, int]) -> None:
        self.imported.fill([self._import_row(profile, n) for profile, n in found.items()])
        self.imported.setVisible(bool(found))

    def _import_row(self, profile: str, lessons: int) -> Entry:
        def remove() -> None:
            self._work.overhaul(
                partial(remove_import, profile=profile),
                lambda count: trn(
                    "All that came with the profile is taken back, %n lesson with it.",
                    "All that came with the profile is taken back, %n lessons with it.",
                    count,
                ),
            )

        action = (
            tr("Remove"),
            remove,
            tr("Take back what came with profile {profile}", profile=profile),
        )
        return Entry(
            tr("Profile {profile}", profile=profile),
            trn("%n lesson learned from it", "%n lessons learned from it", lessons)
            + ". "
            + tr("Tags, rules, prompts and an agent that came with it are marked on their pages."),
        ).offer([action])

    def _pick_export(self) -> None:
        title = tr("Export the profile")
        self._pick_file(title, tr(PROFILES), PROFILE_SUFFIX, self.export, save=True)

    def _pick_pairs(self) -> None:
        self._pick_file(tr("Export pairs"), tr(PAIRS), PAIRS_SUFFIX, self.export_pairs, save=True)

    def _pick_import(self) -> None:
        title = tr("Import a profile")
        self._pick_file(title, tr(PROFILES), PROFILE_SUFFIX, self.preview, save=False)

    def _pick_file(
        self, title: str, kinds: str, suffix: str, then: Callable[[Path], None], *, save: bool
    ) -> None:
        """Have the user choose a file, then go on with it."""
        dialog = QFileDialog(self, title, str(Path.home()), f"{kinds};;{tr('All files (*)')}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        modes = QFileDialog.FileMode
        dialog.setFileMode(modes.AnyFile if save else modes.ExistingFile)
        if save:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(suffix)
            dialog.selectFile(dated_name(suffix, datetime.now().astimezone().date()))
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def _exported(self, exported: Exported) -> None:
        parts = [
            trn("%n tag", "%n tags", exported.tags),
            trn("%n lesson", "%n lessons", exported.lessons),
        ]
        if exported.prompts:
            parts.append(trn("%n prompt", "%n prompts", exported.prompts))
        if exported.adapter:
            parts.append(tr("the agent"))
        said = (
            tr("{file} holds with texts: {parts}.")
            if exported.with_texts
            else tr("{file} holds without texts: {parts}.")
        )
        self._work.told.emit(said.format(file=exported.file, parts=", ".join(parts)))

    def _open_preview(self, file: Path, added: Difference, replacing: Difference) -> None:
        dialog = ImportDialog(file, added, replacing, self)
        dialog.chosen.connect(lambda replace: self._import(file, replace))
        dialog.open()

    def _import(self, file: Path, replace: bool) -> None:
        def said(done: Difference) -> str:
            if replace:
                self._work.forgotten.emit()
            return tr("Came with the profile: {parts}.", parts=", ".join(_brought(done)))

        self._work.overhaul(partial(import_profile, file=file, replace=replace), said)

    def _ask_to_forget(self) -> None:
        confirm(self, tr(FORGET), tr("Forget everything"), self._forget)

    def _forget(self) -> None:
        self._work.trainer.stop()
        self._work.overhaul(
            _back_up_and_forget,
            self._forgotten,
        )

    def _forgotten(self, count: int) -> str:
        self._work.forgotten.emit()
        return trn(
            "Forgotten: %n ranking and all that came of it.",
            "Forgotten: %n rankings and all that came of them.",
            count,
        )


def dated_name(suffix: str, day: date) -> str:
    """The name suggested for a file, so that the one of another day is not written over."""
    what = {PROFILE_SUFFIX: "profile", PAIRS_SUFFIX: "pairs"}[suffix]
    return f"attune-{what}-{day.isoformat()}.{suffix}"


def _brought(done: Difference) -> list[str]:
    """What came in, each with its number."""
    parts = [
        trn("%n lesson", "%n lessons", done.new_lessons),
        trn("%n tag", "%n tags", len(done.new_tags)),
    ]
    if done.new_rules:
        parts.append(trn("%n rule", "%n rules", len(done.new_rules)))
    if done.prompts.new:
        parts.append(trn("%n prompt", "%n prompts", len(done.prompts.new)))
    if done.adapter is not None and not done.adapter.known:
        parts.append(tr("an agent"))
    return parts


def _previews(services: Services, file: Path) -> tuple[Difference, Difference]:
    """What adding a file would change, and what putting it in the place of what is here would."""
    added = preview_import(services, file=file)
    return added, preview_import(services, file=file, replace=True)


def _back_up_and_forget(services: Services) -> int:
    back_up(services)
    return forget(services)
