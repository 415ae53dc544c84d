"""A reply beside what the model writes to the same query as if nothing had been learned."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assistant.domain.model import Candidate, Round
from assistant.gui.controls import announce, button, label, restyle
from assistant.gui.language import marked, quoted, tr
from assistant.gui.pages import Page
from assistant.gui.query_bubble import SaidLabel
from assistant.gui.reflow import BESIDE, UNDER, has_room
from assistant.gui.reply_browser import ReplyBrowser

TITLE = marked("As if I had learned nothing")
ABOUT = marked(
    "The same query and the same chance, without any guidance. This is only to compare: it is not "
    "kept, it is not part of the conversation, and nothing is learned from it."
)
SAME = marked("This reply was written without guidance as well, so both should be alike.")
WIDE_ENOUGH = 620  # pixels from which on the two stand beside each other
FLUSH_MILLISECONDS = 100  # a long reply is laid out anew each time


class UnlearnedPage(Page):
    """Shows what it is told; `stopped` and `left` mean that no more is wanted."""

    stopped = Signal()
    widest = 1800

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(TITLE), parent)
        self._coming = ""
        self._flush = QTimer(self, interval=FLUSH_MILLISECONDS)
        self._flush.timeout.connect(self._show_more)
        self.query = SaidLabel()
        self.told = label("", "note", wrap=True)
        self.learned = _Side()
        self.unlearned = _Side(tr("Without what I have learned"))
        restyle(self.unlearned, "apart", True)
        self.stop_button = button(tr("Stop"), self.stopped.emit, name=tr("Stop writing"))
        self.copy_button = button(tr("Copy"), self._copy, name=tr("Copy the reply without it"))
        for control in (self.stop_button, self.copy_button):
            self.unlearned.foot.addWidget(control)
        self.unlearned.foot.addStretch(1)
        self._sides = QBoxLayout(BESIDE)
        self._sides.setSpacing(12)
        for side in (self.learned, self.unlearned):
            self._sides.addWidget(side, 1)
        self.column.addWidget(label(tr(ABOUT), "note", wrap=True))
        self.column.addWidget(self.query)
        self.column.addLayout(self._sides)
        self.column.addWidget(self.told)
        self.column.addStretch(1)

    def begin(self, round_: Round, candidate: Candidate) -> None:
        """Show the reply to compare with; the other one comes in pieces."""
        self._coming = ""
        self.query.show_text(round_.text)
        heading = tr("Reply {letter}", letter=candidate.letter)
        self.learned.heading.setText(heading)
        self.learned.setAccessibleName(heading)
        self.learned.note.setText(guidance_words(candidate))
        self.learned.body.show_markdown(candidate.text)
        self.unlearned.note.setText(tr("writing…"))
        self.unlearned.body.show_plain("")
        self.told.setText(tr(SAME) if candidate.guidance.plain else "")
        self.told.setVisible(candidate.guidance.plain)
        self._set_writing(True)

    def add_text(self, text: str) -> None:
        """More of the reply without guidance."""
        self._coming += text
        if not self._flush.isActive():
            self._flush.start()

    def finish(self, note: str) -> None:
        """No more comes; `note` says why if it was cut off."""
        self._show_more()
        self._flush.stop()
        self._set_writing(False)
        self.unlearned.body.show_markdown(self.unlearned.body.text())
        self.unlearned.note.setText(note or tr("no tags, no rules"))
        announce(self, note or tr("The reply without what I have learned is written"))

    def fail(self, sentence: str) -> None:
        """It could not be written."""
        self.finish(tr("not written"))
        self.told.setText(sentence)
        self.told.show()
        announce(self, sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Under each other where there is little room."""
        super().resizeEvent(event)
        self._sides.setDirection(BESIDE if has_room(self, WIDE_ENOUGH) else UNDER)

    def _set_writing(self, writing: bool) -> None:
        self.stop_button.setVisible(writing)
        self.copy_button.setVisible(not writing)

    def _show_more(self) -> None:
        text, self._coming = self._coming, ""
        if text:
            self.unlearned.body.append_text(text)
        else:
            self._flush.stop()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.unlearned.body.text())
        announce(self, tr("Reply copied"))


class _Side(QFrame):
    """One of the two replies."""

    def __init__(self, heading: str = "") -> None:
        super().__init__()
        self.setObjectName("past")
        self.setAccessibleName(heading)
        self.heading, self.note = label(heading, "letter", wrap=True), _note()
        self.body = ReplyBrowser(grows=True)
        self.body.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.foot = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 10)
        column.setSpacing(6)
        for part in (self.heading, self.note, self.body):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(self.foot)


def _note() -> QLabel:
    return label("", "note", wrap=True)


def guidance_words(candidate: Candidate) -> str:
    """What a reply was written with, in a line."""
    guidance = candidate.guidance
    parts = [*guidance.tags, *(quoted(rule) for rule in guidance.rules)]
    if guidance.prompt:
        parts.append(quoted(guidance.prompt))
    if guidance.exemplars:
        parts.append(tr("replies you liked"))
    return tr("written with: {parts}", parts=", ".join(parts)) if parts else tr("no tags, no rules")
