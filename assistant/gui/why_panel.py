"""Why these replies: guidance, origin, and what is known of each tag. Shown after the ranking."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from assistant.domain.model import Origin, TagWeight
from assistant.gui.controls import button, label
from assistant.usecases.why import Why, WhyReply

_ORIGINS = {
    Origin.EXPLOIT: "Written with what I know you like best.",
    Origin.EXPLORE: "Written to find out whether you like this.",
    Origin.PLAIN: "Written without guidance, to see whether guidance helps.",
}
WIDTH = 264


class WhyPanel(QFrame):
    """A column at the right that explains the round shown."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("why")
        self.setFixedWidth(WIDTH)
        head = QHBoxLayout()
        self.heading = label("Why these replies", "title")
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(button("Close", self.closed.emit, kind="quiet", name="Close the panel"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName("Explanation")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 4, 12)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.show_hint("Rank the replies first; what each was written with is shown afterwards.")

    def show_hint(self, text: str) -> None:
        """Only a sentence."""
        self._fill([label(text, "note", wrap=True)])

    def show_why(self, why: Why) -> None:
        """Explain a round, the user's best first."""
        order = why.round.ranking.order if why.round.ranking else None
        letters = [x for tier in order.tiers for x in tier] + list(order.rest) if order else []
        replies = {reply.candidate.letter: reply for reply in why.replies}
        parts: list[QWidget] = []
        for letter in letters or list(replies):
            parts += _explained(replies[letter])
        self._fill(parts)

    def _fill(self, parts: list[QWidget]) -> None:
        """Show these under each other."""
        body = QWidget()
        body.setObjectName("whyBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(4)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self._scroll.setWidget(body)


def _explained(reply: WhyReply) -> list[QWidget]:
    """One candidate: letter, origin, tags with bars."""
    candidate = reply.candidate
    heading = label(f"Reply {candidate.letter}", "letter")
    heading.setContentsMargins(0, 8, 0, 0)
    parts: list[QWidget] = [heading, label(_ORIGINS[candidate.origin], "note", wrap=True)]
    known = {weight.name: weight for weight in reply.weights}
    for tag in candidate.guidance.tags:
        parts.append(_tag(tag, known.get(tag)))
    return parts


def _tag(name: str, weight: TagWeight | None) -> QWidget:
    """A tag with its weight, a bar and how many rankings stand behind it."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(3)
    top = QHBoxLayout()
    top.addWidget(label(name, wrap=True), 1)
    column.addLayout(top)
    if weight is None:
        column.addWidget(label("nothing known yet", "note"))
        return box
    top.addWidget(label(f"{weight.weight:+.2f}".replace("-", "−")))
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedHeight(4)
    bar.setRange(0, 100)
    bar.setValue(round(100 * min(1.0, abs(weight.weight))))
    bar.setAccessibleName(f"Weight of {name}")
    column.addWidget(bar)
    column.addWidget(label(evidence(weight), "note", wrap=True))
    return box


def evidence(weight: TagWeight) -> str:
    """How many rankings are behind a weight, and how sure it is."""
    count = len(weight.rankings)
    if not count:
        return "from none of your rankings yet"
    sure = "sure" if abs(weight.weight) > 2 * weight.sd else "not sure yet"
    return f"from {count} of your rankings, {sure} (± {weight.sd:.2f})"
