"""What this program is: version, licences, data folder, machine, and whether anything left it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from assistant.gui.controls import announce, button, label
from assistant.gui.language import figure, marked, tr, trn
from assistant.gui.learned_parts import Part, Section, beside
from assistant.gui.pages import Page
from assistant.usecases.about import About

TITLE = marked("About Attune")
COUNTED = marked(
    "Every connection that the window's process opens from Python is counted, from its start on. "
    "The processes that write replies, learn and read PDF files are refused any. Compiled "
    "libraries (llama.cpp, torch, Qt) could open one unseen by this; none is asked to, and a "
    "firewall's log is the proof that needs no trust in this program."
)
SERVED = marked("Those went to the server of your own that you switched on.")
PROCESSOR = marked("Replies and learning are computed on the processor; no graphics card is used.")
ROLES = {"chat": marked("writes replies"), "embedder": marked("compares texts by meaning")}


class AboutPage(Page):
    """Shows what it is told; everything can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(TITLE), parent)
        self._found: About | None = None
        self.program = Section("Attune")
        self.network = Section(tr("Network"))
        self.machine = Section(tr("This computer"), tr(PROCESSOR))
        self.models = Section(tr("Models that came along"))
        part = Part()
        for section in (self.program, self.network, self.machine, self.models):
            part.column.addWidget(section.wait())
        self.column.addWidget(part)
        self.column.addStretch(1)

    def show_about(self, found: About, requests: int | None, *, server: bool) -> None:
        """Show everything; `requests` is None where nobody counted."""
        self._found = found
        open_folder = button(tr("Open"), self._open, name=tr("Open the data folder"))
        copy = button(tr("Copy all of this"), self._copy)
        self.program.fill(
            [
                _line(tr("Version {version}, licence {licence}", **_version(found))),
                _line(tr("Your data is in {folder}", folder=found.home)),
                beside(open_folder, copy),
            ]
        )
        lines = [_line(network_words(requests))]
        if server and requests:
            lines.append(_line(tr(SERVED)))
        self.network.fill([*lines, label(tr(COUNTED), "note", wrap=True)])
        threads = trn("%n thread", "%n threads", found.cores)
        memory = tr("{size} GB of memory", size=figure(found.memory_gb, ".1f"))
        self.machine.fill([_line(f"{found.processor} · {threads} · {memory} · {found.system}")])
        self.models.fill(
            [
                _line(
                    f"{one.title}: {tr(ROLES.get(one.role, one.role))}; "
                    f"{tr('licence')} {one.licence}\n{one.origin}"
                )
                for one in found.models
            ]
        )

    def words(self) -> str:
        """All of it as text, for a message to somebody who helps."""
        sections = (self.program, self.network, self.machine, self.models)
        lines = [line for section in sections for line in section.findChildren(QLabel, "fact")]
        return "\n".join(["Attune", *(line.text() for line in lines)])

    def _open(self) -> None:
        if self._found is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._found.home)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words())
        announce(self, tr("Copied"))


def network_words(requests: int | None) -> str:
    """The count as a sentence."""
    if requests is None:
        return tr("Network: not counted in this process")
    return trn(
        "Network: %n request since the start", "Network: %n requests since the start", requests
    )


def _version(found: About) -> dict[str, object]:
    return {"version": found.version, "licence": found.licence}


def _line(text: str) -> QLabel:
    """A fact that can be selected."""
    made = label(text, "fact", wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
