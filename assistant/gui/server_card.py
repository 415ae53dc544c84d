"""A text-generation server of the user's own, on the page of the models: off until they say so.

Contract: nothing is sent anywhere before the warning was shown and ticked, each time it is used.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from assistant.domain.errors import UsageProblem
from assistant.generation.server_address import read_address
from assistant.gui.controls import announce, button, label, restyle
from assistant.gui.language import marked, sentence, tr
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.learned_parts import worded
from assistant.gui.server_work import ServerWork
from assistant.gui.tick_box import TickBox
from assistant.usecases.servers import KnownServer, warning

TITLE = marked("A server of your own")
ABOUT = marked(
    "For a laptop that is too small for the model you want: replies can be written by "
    "llama-server, vLLM or another program with an OpenAI-compatible address, on a machine of "
    "yours. It is off unless you switch it on, because your text then leaves this program."
)
TICK = marked("I want my text to be sent to this address.")
ADDRESS = marked("Type its address, such as http://localhost:8080/v1.")


class ServerCard(QFrame):
    """Shows the server that is known, and what can be done about it."""

    def __init__(self, work: ServerWork) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(tr(TITLE))
        self._work = work
        self._known: KnownServer | None = None
        self.form: ServerForm | None = None
        self.state = label("", "pill")
        self.about = label(tr(ABOUT), "note", wrap=True)
        self.where = label("", wrap=True)
        self.add_button = button(tr("Add a server…"), self._edit)
        self.use_button = button(tr("Use…"), self._edit, name=tr("Use this server"))
        self.edit_button = button(tr("Edit…"), self._edit, name=tr("Edit the server"))
        self.rest_button = button(tr("Write on this computer again"), work.rest, kind="primary")
        self.remove_button = button(
            tr("Remove"), work.remove, name=tr("Remove the server and its key")
        )
        top, row = FlowLayout(), FlowLayout()
        for part in (label(tr(TITLE), "heading"), self.state):
            top.addWidget(part)
        self._buttons = (
            self.add_button,
            self.rest_button,
            self.use_button,
            self.edit_button,
            self.remove_button,
        )
        for control in self._buttons:
            row.addWidget(control)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 12, 10)
        self._column.setSpacing(6)
        self._column.addLayout(top)
        self._column.addWidget(self.about)
        self._column.addWidget(self.where)
        self._column.addLayout(row)
        work.known.connect(self.show_known)
        work.chosen.connect(self._close_form)
        work.failed.connect(self._ask_again)
        self.show_known(None)

    def show_known(self, known: KnownServer | None) -> None:
        """The server in use, one that rests, or none."""
        if known != self._known:
            self._close_form()
        self._known = known
        used = known is not None and known.used
        self.state.setText(tr("In use: text leaves this program") if used else tr("Off"))
        restyle(self.state, "good", not used)
        self.where.setVisible(known is not None)
        if known is not None:
            model = known.model or tr("its only model")
            self.where.setText(tr("{model} at {url}", model=model, url=known.url))
        self._show_buttons()

    def _show_buttons(self) -> None:
        """What can be done now; an open form has buttons of its own."""
        known, used = self._known is not None, self._known is not None and self._known.used
        shown = {
            self.add_button: not known,
            self.rest_button: used,
            self.use_button: known and not used,
            self.edit_button: used,
            self.remove_button: known,
        }
        for control, wanted in shown.items():
            control.setVisible(wanted and self.form is None)

    def _edit(self) -> None:
        """Open the form."""
        self.form = ServerForm(self._known, self._work.use, self._close_form)
        self._column.addWidget(self.form)
        self._show_buttons()
        self.form.address.setFocus()

    def _ask_again(self, sentence: str) -> None:
        """The form can be mended and used again."""
        if self.form is not None:
            self.form.look()
            self.form.problem.setText(sentence)
            self.form.problem.show()
            announce(self.form, sentence)

    def _close_form(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self._show_buttons()


class ServerForm(QWidget):
    """Address, model and key; it can be used only once the warning is read and ticked."""

    def __init__(
        self,
        known: KnownServer | None,
        use: Callable[[str, str, str], object],
        cancel: Callable[[], object],
    ) -> None:
        super().__init__()
        self._use = use
        self.address = QLineEdit(known.url if known else "")
        self.model = QLineEdit(known.model if known else "")
        self.key = QLineEdit(known.key if known else "")
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.model.setPlaceholderText(tr("empty: the only one it offers"))
        self.key.setPlaceholderText(tr("empty: it asks for none"))
        self.warning = label("", "warning", wrap=True)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.tick = TickBox()
        self.use_button = button(tr("Use this server"), self._done, kind="primary")
        self._lay_out(cancel)
        self.address.textChanged.connect(lambda _text: self._another())
        self.tick.toggled.connect(lambda _on: self.look())
        self.look()

    def _lay_out(self, cancel: Callable[[], object]) -> None:
        """The fields, the warning, and what says yes to it."""
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        fields = (
            (tr("Address"), self.address),
            (tr("Model"), self.model),
            (tr("Key"), self.key),
        )
        for row, (name, field) in enumerate(fields):
            field.setAccessibleName(name)
            grid.addWidget(label(name), row, 0)
            grid.addWidget(field, row, 1)
        ends = FlowLayout()
        for control in (self.use_button, button(tr("Cancel"), cancel)):
            ends.addWidget(control)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(self.warning)
        column.addWidget(worded(self.tick, tr(TICK)))
        column.addLayout(ends)
        column.addWidget(self.problem)

    def _another(self) -> None:
        """Another address is another consent."""
        self.tick.setChecked(False)
        self.look()

    def look(self) -> None:
        """What would leave and whereto, or what is wrong with the address."""
        typed = self.address.text().strip()
        try:
            text, sound = sentence(warning(read_address(typed))), True
        except UsageProblem as problem:
            text, sound = (sentence(str(problem)) if typed else tr(ADDRESS)), False
        self.warning.setText(text)
        self.tick.setEnabled(sound)
        self.use_button.setEnabled(sound and self.tick.isChecked())

    def _done(self) -> None:
        announce(self, tr("Asking the server"))
        self.use_button.setEnabled(False)
        self.problem.hide()
        self._use(self.address.text().strip(), self.model.text().strip(), self.key.text().strip())
