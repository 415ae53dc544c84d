"""One tag of the tag board in full: what it asks for, how sure I am, how that came, your say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from assistant.domain.model import TagWeight
from assistant.gui.candidate_model import order_text
from assistant.gui.controls import label, show_breakable
from assistant.gui.kept_focus import kept_focus
from assistant.gui.language import quoted, tr, trn
from assistant.gui.learned_chart import Chart, ChartPoint
from assistant.gui.learned_parts import Action, actions_row, empty, signed
from assistant.gui.tag_row import topic_lines
from assistant.usecases.tag_board import BoardTag, TagDetails

CHART_HEIGHT = 64
SHOWN = 5  # rankings listed, the most influential first
SURE, QUITE = 2.0, 1.0  # standard deviations from zero

History = Sequence[tuple[int, float, float]]  # lessons, weight, standard deviation


class TagCard(QFrame):
    """Says what the user wants of the tag; shows what it is told."""

    flagged = Signal(str, bool, bool)  # tag, pinned, banned
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("past")
        self._shown = ""
        self.name = label("", "letter", wrap=True)
        self.instruction = label("", wrap=True)
        self.known = label("", "note", wrap=True)
        self.course = Chart(CHART_HEIGHT)
        self.course.hide()
        self.course_note = label("", "note", wrap=True)
        self.topics = label("", "note", wrap=True)
        self.topics.hide()
        self.behind = label("", "note", wrap=True)
        self.choices = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        for part in (self.name, self.instruction, self.known, self.topics, self.course):
            column.addWidget(part)
        column.addWidget(self.course_note)
        column.addLayout(self.choices)
        column.addWidget(self.behind)
        column.addStretch(1)

    def show_tag(self, one: BoardTag) -> None:
        """What the list knows of it; the rest follows."""
        if one.tag.name != self._shown:
            self._shown = one.tag.name
            self.behind.setText("")
            self.topics.hide()
            self.show_history(())
        self.name.setText(one.tag.name)
        self.instruction.setText(quoted(one.tag.instruction))
        self.known.setText(sentence(one))
        with kept_focus(self):
            empty(self.choices)
            self.choices.addLayout(actions_row(self._actions(one)))

    def show_details(self, details: TagDetails) -> None:
        """Its strength by topic, and the rankings that moved it most."""
        if details.weight.name != self._shown:
            return
        by_topic = topic_lines(details.weight)
        self.topics.setText("\n".join(by_topic))
        self.topics.setVisible(bool(by_topic))
        lines = [f"• {order_text(b.order)}: {quoted(b.query)}" for b in details.behind[:SHOWN]]
        more = len(details.weight.rankings) - len(lines)
        head = trn(
            "From %n ranking:",
            "From %n rankings, the weightiest first:",
            len(details.weight.rankings),
        )
        if not details.weight.rankings:
            head = tr("None of your rankings speaks for or against it yet.")
        rest = [trn("and %n more", "and %n more", more)] if lines and more > 0 else []
        show_breakable(self.behind, "\n".join([head, *lines, *rest]))

    def show_history(self, history: History) -> None:
        """How the weight came to be what it is."""
        if len(history) < 2:
            self.course.hide()
            self.course_note.hide()
            return
        (first, began, _), (last, now, _) = history[0], history[-1]
        said = tr(
            "Weight after each lesson: from {began} after {first} to {now} after {last}.",
            began=signed(began),
            first=first,
            now=signed(now),
            last=last,
        )
        points = [ChartPoint(at, value, value - sd, value + sd) for at, value, sd in history]
        self.course.show_course(points, [(first, 0.0), (last, 0.0)], said)
        self.course_note.setText(said)
        self.course_note.show()

    def _actions(self, one: BoardTag) -> list[Action]:
        tag = one.tag
        actions: list[Action] = []
        if not tag.banned:
            word, aloud = (
                (tr("Unpin"), tr("Do not pin {tag}", tag=tag.name))
                if tag.pinned
                else (tr("Pin"), tr("Always use {tag}", tag=tag.name))
            )
            pinned = not tag.pinned
            actions.append((word, lambda: self.flagged.emit(tag.name, pinned, False), aloud))
        word, aloud = (
            (tr("Allow"), tr("Allow {tag} again", tag=tag.name))
            if tag.banned
            else (tr("Ban"), tr("Never use {tag}", tag=tag.name))
        )
        banned = not tag.banned
        actions.append((word, lambda: self.flagged.emit(tag.name, False, banned), aloud))
        if one.own:
            actions.append(
                (
                    tr("Remove"),
                    lambda: self.removed.emit(tag.name),
                    tr("Remove the tag {name}", name=tag.name),
                )
            )
        return actions


def sentence(one: BoardTag) -> str:
    """What is known of a tag, with its uncertainty, in words."""
    if one.unreviewed:
        return tr("It came with an imported profile and is not used before you allow it.")
    if one.tag.banned:
        return tr("Banned: it is in no reply.")
    if one.weight is None:
        return tr("Nothing is known of it yet.")
    parts = [liking(one.weight)]
    if one.tag.pinned:
        parts.append(tr("Pinned: it is in every reply with guidance."))
    else:
        share = 100 * one.weight.probability
        parts.append(tr("It goes into {share:.0f} % of the replies with guidance.", share=share))
    return " ".join(parts)


def liking(weight: TagWeight) -> str:
    """Whether the user seems to like it; a weight of 1 means it wins 73 % of pairs."""
    number = tr("weight {weight} ± {sd:.2f}", weight=signed(weight.weight), sd=weight.sd)
    steps = abs(weight.weight) / weight.sd if weight.sd else 0.0
    if steps < QUITE:
        return tr("I cannot tell yet whether you like it ({number}).", number=number)
    if steps < SURE:
        unsure = (
            tr("You may like it ({number}), but I am not sure.")
            if weight.weight > 0
            else tr("You may dislike it ({number}), but I am not sure.")
        )
        return unsure.format(number=number)
    sure = (
        tr("You like it ({number}), I am quite sure.")
        if weight.weight > 0
        else tr("You dislike it ({number}), I am quite sure.")
    )
    return sure.format(number=number)
