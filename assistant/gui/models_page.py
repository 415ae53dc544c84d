"""The models that can write: what each is, whether it fits here, and which is in use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QVBoxLayout, QWidget

from assistant.generation.library import Fit, Verdict
from assistant.gui.controls import announce, button, label
from assistant.gui.kept_focus import kept_focus
from assistant.gui.language import marked, number, sentence, tr
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.models_work import Known, ModelsWork, Preset
from assistant.gui.pages import Page
from assistant.gui.preset_form import PresetForm
from assistant.gui.query_edit import local_files
from assistant.gui.reflow import Beside
from assistant.gui.server_card import ServerCard

GB, MB = 1e9, 1e6
ROOMY = 460  # pixels from which on what can be done stands beside what it is done to
MODELS = marked("Models (*.gguf)")
VERDICTS = {
    Verdict.FITS: marked("Fits"),
    Verdict.SLOW: marked("May be slow"),
    Verdict.TOO_LARGE: marked("Won't fit"),
}
HINT = marked(
    "Drop a GGUF file here, or choose one. Its header is checked before it is used, and nothing "
    "is sent anywhere. What I have learned about you belongs to you, not to a model: it goes "
    "along; only an agent trained for one model rests while another is in use."
)


class ModelCard(QFrame):
    """One model."""

    def __init__(self, known: Known, work: ModelsWork) -> None:
        super().__init__()
        self.known = known
        self.setObjectName("panel")
        self.setAccessibleName(known.title)
        self.form: PresetForm | None = None
        self._work = work
        self.title = label(known.title, "heading")
        self.verdict = label("", "pill")
        self.about = label("", "note", wrap=True)
        self.use_button = button(
            tr("Use"),
            lambda: work.use(known),
            kind="primary",
            name=tr("Use {title}", title=known.title),
        )
        self.preset_button = button(
            tr("Settings of this model"),
            self._toggle_form,
            kind="quiet small",
            name=tr("Settings of {title}", title=known.title),
        )
        named, actions = QWidget(), QWidget()
        for row, parts in (
            (FlowLayout(named), (self.title, self.verdict)),
            (FlowLayout(actions), (self.preset_button, self.use_button)),
        ):
            for part in parts:
                row.addWidget(part)
        top = Beside((named, actions), ROOMY, (1, 0))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 12, 10)
        self._column.setSpacing(4)
        self._column.addWidget(top)
        self._column.addWidget(self.about)
        self._show()

    def show_preset(self, preset: Preset) -> None:
        """Fill the form with what holds for this model."""
        if self.form is not None and preset.model == self.known.choice.name:
            self.form.show_preset(preset)

    def _show(self) -> None:
        choice = self.known.choice
        usable = self.known.fit is not None and self.known.fit.verdict is not Verdict.TOO_LARGE
        self.use_button.setVisible(not choice.used)
        self.use_button.setEnabled(usable)
        self.preset_button.setVisible(not choice.problem)
        self.verdict.setText(tr("In use") if choice.used else verdict_words(self.known.fit))
        self.verdict.setProperty("good", choice.used or usable)
        if choice.problem:
            self.about.setText(sentence(choice.problem))
        else:
            self.about.setText(facts(self.known, self._work.speeds.of(self._name())))

    def _name(self) -> str:
        """What the model calls itself, under which its speed is kept."""
        return self.known.choice.header.name if self.known.choice.header else ""

    def _toggle_form(self) -> None:
        """Open or close the settings of this model."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            return
        name = self.known.choice.name
        self.form = PresetForm(lambda values: self._work.set_preset(name, values))
        self.form.cleared.connect(lambda: self._work.clear_preset(name))
        self._column.addWidget(self.form)
        self._work.read_preset(name)


class ModelsPage(Page):
    """All models; a file can be dropped anywhere on it."""

    def __init__(self, work: ModelsWork, parent: QWidget | None = None) -> None:
        super().__init__(tr("Models"), parent)
        self._work = work
        self.setAcceptDrops(True)
        self.cards: list[ModelCard] = []
        self.told = label("", "told", wrap=True)
        self.told.hide()
        add = button(tr("Add a file…"), self._choose)
        add.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        top = Beside((label(tr(HINT), "note", wrap=True), add), ROOMY, (1, 0))
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.column.addWidget(top)
        self.column.addWidget(self.told)
        self.server = ServerCard(work.server)
        self.column.addLayout(self._list)
        self.column.addWidget(self.server)
        self.column.addStretch(1)
        work.listed.connect(self._show)
        for part in (work, work.server):
            part.said.connect(self.tell)
        work.preset_read.connect(self._show_preset)

    def tell(self, text: str) -> None:
        """Say what came of something."""
        self.told.setText(text)
        self.told.show()
        announce(self, text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only files are taken."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        event.acceptProposedAction()
        for file in local_files(event.mimeData()):
            self._work.add(file)

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, tr("Add a model"), "", tr(MODELS))
        if name:
            self._work.add(Path(name))

    def _show(self, found: Sequence[Known]) -> None:
        """Cards as they are now; those whose model did not change stay, with an open form."""
        with kept_focus(self):
            self._lay_cards(found)

    def _lay_cards(self, found: Sequence[Known]) -> None:
        kept = {card.known.choice.path: card for card in self.cards if card.known in found}
        for old in self.cards:
            self._list.removeWidget(old)
            if old.known not in found:
                old.hide()
                old.deleteLater()
        cards = [kept.get(one.choice.path) or ModelCard(one, self._work) for one in found]
        self.cards = cards
        for card in cards:
            self._list.addWidget(card)

    def _show_preset(self, preset: Preset) -> None:
        for card in self.cards:
            card.show_preset(preset)


def verdict_words(fit: Fit | None) -> str:
    """The verdict with its numbers."""
    if fit is None:
        return tr("Not usable")
    needs = tr(
        "needs {needed:.1f} of {available:.1f} GB free memory",
        needed=fit.needed / GB,
        available=fit.available / GB,
    )
    return f"{tr(VERDICTS[fit.verdict])}: {needs}"


def facts(known: Known, speed: float | None) -> str:
    """What a sound file says about itself, and what was measured here."""
    header = known.choice.header
    if header is None:
        return ""
    size = header.size_bytes
    parts = [
        header.architecture,
        tr("{parameters:.0f} million parameters", parameters=header.parameters / MB),
        tr("{size:.1f} GB", size=size / GB) if size >= GB else tr("{size:.0f} MB", size=size / MB),
        tr("sees up to {count} tokens", count=number(header.context)) if header.context else "",
        tr("licence {licence}", licence=header.licence)
        if header.licence
        else tr("licence not stated"),
        tr("its own chat template")
        if header.template
        else tr("no chat template: a plain one is used"),
        tr("came with Attune") if known.choice.embedded else "",
        tr("wrote {speed:.0f} tokens a second here", speed=speed) if speed is not None else "",
    ]
    return " · ".join(part for part in parts if part)
