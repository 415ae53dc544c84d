"""Why these replies: guidance, origin, what is known of each tag and from which rankings.

Shown after the ranking only: before it, nothing may hint at what a reply was written with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from assistant.domain.model import Origin, Round
from assistant.gui.controls import button, label
from assistant.gui.kept_focus import kept_focus
from assistant.gui.language import marked, sentence, tr
from assistant.gui.reflow import WrappedButton
from assistant.gui.tag_row import TagRow

if TYPE_CHECKING:  # loaded once the window is painted
    from assistant.personalization.learner import Reason
    from assistant.usecases.why import Behind, Why, WhyReply

_ORIGINS = {
    Origin.EXPLOIT: marked("Written with what I know you like best."),
    Origin.EXPLORE: marked("Written to find out whether you like this."),
    Origin.PLAIN: marked("Written without guidance, to see whether guidance helps."),
}
_NOTHING_KNOWN = marked("Written plainly: I know of nothing yet that you would like better.")
MINIMUM_WIDTH = 220
NOTHING_YET = marked("Rank the replies first; what each was written with is shown then.")
LEARNING_NOW = marked("Learning from your order…")
LOOKING_UP = marked("Looking up what each reply was written with…")


class WhyPanel(QFrame):
    """A column at the right that explains the round shown."""

    closed = Signal()
    undone = Signal()
    unlearned = Signal()  # the same query as if nothing had been learned
    flagged = Signal(str, bool, bool)  # tag, pinned, banned
    asked_behind = Signal(str, object)  # tag, ids of the rankings behind it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("why")
        self.setMinimumWidth(MINIMUM_WIDTH)
        self.rows: list[TagRow] = []
        self.explains = False  # a round is explained, not only hinted at
        head = QHBoxLayout()
        self.heading = label(tr("Why these replies"), "title", wrap=True)
        head.addWidget(self.heading, 1)
        self.close_button = button(
            tr("Close"), self.closed.emit, kind="quiet", name=tr("Close the panel")
        )
        head.addWidget(self.close_button)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(tr("Explanation"))
        self.unlearned_button = WrappedButton(
            tr("Answer as if you had learned nothing"), self.unlearned.emit, "quiet small"
        )
        self.undo_button = button(tr("Undo this lesson"), self.undone.emit, kind="quiet small")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 4, 10)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        for way in (self.unlearned_button, self.undo_button):
            column.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_hint(tr(NOTHING_YET))

    def show_hint(self, text: str) -> None:
        """Only a sentence."""
        self.explains = False
        self.undo_button.hide()
        self.unlearned_button.hide()
        self._fill([label(text, "note", wrap=True)], [])

    def show_why(self, why: Why) -> None:
        """Explain a round, the user's best first."""
        replies = {reply.candidate.letter: reply for reply in why.replies}
        parts: list[QWidget] = []
        rows: list[TagRow] = []
        for letter in _letters(why.round) or list(replies):
            parts += _about(replies[letter])
            known = {weight.name: weight for weight in replies[letter].weights}
            for tag in replies[letter].candidate.guidance.tags:
                row = TagRow(tag, known.get(tag))
                row.flagged.connect(self.flagged)
                row.asked_behind.connect(self.asked_behind)
                rows.append(row)
                parts.append(row)
            parts += [label(line, wrap=True) for line in reason_lines(replies[letter].reasons)]
        self.undo_button.setVisible(why.round.ranking is not None)
        self.unlearned_button.setVisible(why.round.ranking is not None)
        self._fill(parts, rows)
        self.explains = True

    def show_behind(self, tag: str, found: Sequence[Behind]) -> None:
        """List the rankings behind a tag's weight under it."""
        for row in self.rows:
            if row.tag == tag:
                row.show_behind(found)

    def _fill(self, parts: list[QWidget], rows: list[TagRow]) -> None:
        """Show these under each other, at the place scrolled to before."""
        body = QWidget()
        body.setObjectName("whyBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(4)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.rows = rows
        place = self._scroll.verticalScrollBar().value()
        with kept_focus(self):
            self._scroll.setWidget(body)
        self._scroll.verticalScrollBar().setValue(place)


def _letters(round_: Round) -> list[str]:
    """The letters in the user's order."""
    order = round_.ranking.order if round_.ranking else None
    return [*(x for tier in order.tiers for x in tier), *order.rest] if order else []


def _about(reply: WhyReply) -> list[QWidget]:
    """What is said of one candidate above its tags."""
    candidate = reply.candidate
    heading = label(tr("Reply {letter}", letter=candidate.letter), "letter")
    heading.setContentsMargins(0, 8, 0, 0)
    told = _ORIGINS[candidate.origin]
    if candidate.origin is Origin.EXPLOIT and candidate.guidance.plain:
        told = _NOTHING_KNOWN
    parts: list[QWidget] = [heading, label(tr(told), "note", wrap=True)]
    for rule in candidate.guidance.rules:
        parts.append(label(tr("Rule: “{rule}”", rule=rule), wrap=True))
    return parts


def reason_lines(reasons: Sequence[Reason]) -> list[str]:
    """What of a reply's text speaks for it and against it, the strongest first."""
    sides = (
        (marked("Its text speaks for it: {things}"), [r for r in reasons if r.amount > 0]),
        (marked("Its text speaks against it: {things}"), [r for r in reasons if r.amount < 0]),
    )
    return [
        tr(words, things=", ".join(sentence(reason.words) for reason in found))
        for words, found in sides
        if found
    ]
