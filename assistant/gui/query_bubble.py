"""A query at the right-hand side: its versions are paged, and it can be edited or asked again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from assistant.domain.model import ConversationId, QueryId, Round
from assistant.gui.controls import OneLine, announce, button, label
from assistant.gui.drawn_on import DrawnOn
from assistant.gui.kept_focus import kept_focus
from assistant.gui.language import tr, trn
from assistant.gui.learned_flow import FlowLayout
from assistant.gui.query_edit import QueryEdit
from assistant.gui.reflow import text_scale
from assistant.gui.said_text import SaidText

WIDE_QUERY = 420  # pixels from which on a query is wrapped
BUBBLE_SHARE = 3  # of four parts of the width, for a query that is wrapped
MOST_REPLIES = 4
NOT_STORED = QueryId(0)  # the number of a query that is shown before it has one


def pending_round(text: str) -> Round:
    """A query as it is shown from the moment it is sent until it is stored."""
    return Round(NOT_STORED, ConversationId(0), text, 0.0, "", (), versions=(NOT_STORED,))


class SaidLabel(QWidget):
    """What the user said, at the right-hand side, broken into lines where it is long."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.label = SaidText()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addStretch(1)
        self.row.addWidget(self.label)

    def text(self) -> str:
        """What was said."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show this instead."""
        self._text = text
        self.label.show_text(text)
        self.label.setAccessibleName(tr("You: {text}", text=text))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """It can be broken anywhere."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks other lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """One line as long as the text, or lines over most of the width."""
        share = BUBBLE_SHARE / (BUBBLE_SHARE + 1)
        room = min(WIDE_QUERY * text_scale(self), self.width() * share)
        wide = "\n" in self._text or self.label.line_width() > room
        self.row.setStretchFactor(self.label, BUBBLE_SHARE if wide else 0)


class QueryBubble(QWidget):
    """Shows a query and says what the user wants of it; nothing of it is ever overwritten."""

    edited = Signal(object, str)  # QueryId, the new text: asked as another version
    versioned = Signal(object)  # QueryId of the version to show
    again = Signal(object, int)  # QueryId, how many new replies
    reshaped = Signal()  # it needs another height now
    opened = Signal()  # it is being changed, and must be seen
    typed = Signal()  # a change that is not asked yet is another one now

    def __init__(self, round_: Round) -> None:
        super().__init__()
        self.round = round_
        self.said = SaidLabel()
        self.said.show_text(round_.text)
        self.label = self.said.label
        self.editor: QueryEdit | None = None
        self._said = self.said.row
        self.bar = self._make_actions()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.drawn_on = DrawnOn()
        self._column.addWidget(self.said)
        self._column.addWidget(self.drawn_on)
        self._column.addWidget(self.bar)
        self.drawn_on.show_round(round_)

    def set_writing(self, writing: bool) -> None:
        """While replies are written nothing can be asked."""
        self._keep_room(writing)
        self.bar.setVisible(not writing and self.editor is None)

    def _keep_room(self, writing: bool) -> None:
        """What is under the query must not move when the writing ends and these can be seen."""
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(writing and self.editor is None)
        self.bar.setSizePolicy(policy)

    def edit(self) -> None:
        """Let the query be changed where it stands."""
        if self.round.query_id == NOT_STORED:
            return
        if self.editor is None:
            self._open(self.round.text).selectAll()
        if self.editor is not None:
            self.editor.setFocus()
        self.opened.emit()

    @property
    def begun(self) -> str:
        """A change that was not asked; "" if there is none."""
        text = "" if self.editor is None else self.editor.toPlainText()
        return text if text.strip() and text != self.round.text else ""

    def take_up(self, text: str) -> None:
        """Show a change that was begun before the query was left; "" if none was."""
        if text and self.editor is None:
            self._open(text)

    def _open(self, text: str) -> QueryEdit:
        """A field in the place of the query."""
        self.editor = editor = QueryEdit()
        editor.setAccessibleName(tr("Your query; Enter asks it as a new version"))
        editor.setPlainText(text)
        editor.send.connect(self._ask)
        editor.stop.connect(self._cancel)
        editor.textChanged.connect(self.typed)
        self._field = QFrame()
        self._field.setObjectName("queryEditor")
        inside = QVBoxLayout(self._field)
        inside.setContentsMargins(10, 6, 10, 6)
        inside.addWidget(editor)
        self._said.addWidget(self._field, BUBBLE_SHARE)
        self._editing = QWidget()
        row = FlowLayout(self._editing, to_right=True)
        row.addWidget(OneLine(tr("The old version stays."), "note"))
        row.addWidget(button(tr("Cancel"), self._cancel, name=tr("Cancel, Escape")))
        row.addWidget(
            button(tr("Ask"), self._ask, kind="primary", name=tr("Ask the new version, Enter"))
        )
        self._column.addWidget(self._editing)
        self._keep_room(False)
        self.label.hide()
        self.bar.hide()
        self.reshaped.emit()
        return editor

    def turn(self, step: int) -> None:
        """Show the version before or after."""
        at = self.round.versions.index(self.round.query_id) + step
        if 0 <= at < len(self.round.versions):
            self.versioned.emit(self.round.versions[at])

    def _ask(self) -> None:
        text = "" if self.editor is None else self.editor.toPlainText().strip()
        if text:
            self.edited.emit(self.round.query_id, text)

    def _cancel(self) -> None:
        """Show the query as it was."""
        if self.editor is not None:
            with kept_focus(self):
                for part in (self._field, self._editing):
                    part.hide()
                    part.deleteLater()
                self.editor = None
                self.label.show()
                self.bar.show()
            announce(self, tr("Not changed"))
            self.reshaped.emit()
            self.typed.emit()

    def _ask_again(self, count: int, _checked: bool = False) -> None:
        self.again.emit(self.round.query_id, count)

    def _make_actions(self) -> QWidget:
        """Versions, edit and again in one quiet line."""
        bar = QWidget()
        row = FlowLayout(bar, to_right=True)
        versions = self.round.versions
        if len(versions) > 1:
            at = versions.index(self.round.query_id)
            before = button("‹", lambda: self.turn(-1), kind="quiet", name=tr("Version before"))
            before.setEnabled(at > 0)
            after = button("›", lambda: self.turn(1), kind="quiet", name=tr("Version after"))
            after.setEnabled(at + 1 < len(versions))
            page = label(f"{at + 1}/{len(versions)}", "note")
            page.setAccessibleName(tr("Version {at} of {count}", at=at + 1, count=len(versions)))
            for part in (before, page, after):
                row.addWidget(part)
        row.addWidget(button(tr("Edit"), self.edit, kind="quiet small", name=tr("Edit this query")))
        again = button(
            tr("Again ▾"), lambda: None, kind="quiet small", name=tr("Write new replies to it")
        )
        again.setMenu(self._again_menu(again))
        row.addWidget(again)
        return bar

    def _again_menu(self, parent: QWidget) -> QMenu:
        """The same text once more, with as many replies as wanted."""
        menu = QMenu(parent)
        for count in range(1, MOST_REPLIES + 1):
            name = trn("%n new reply", "%n new replies", count)
            menu.addAction(name).triggered.connect(partial(self._ask_again, count))
        return menu
