"""The tag board: every interest and style with its certainty, and your say in each."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from assistant.domain.model import TagKind
from assistant.gui.controls import button, label
from assistant.gui.language import tr, trn
from assistant.gui.learned_parts import ONE_MOMENT, Part, Section
from assistant.gui.learned_tag_card import TagCard
from assistant.gui.learned_tag_list import EVERYTHING, FILTERS, UNREVIEWED, TagList
from assistant.gui.learned_work import LearnedWork
from assistant.gui.reflow import has_room
from assistant.usecases.own_tags import INSTRUCTION_LENGTH, NAME_LENGTH, add_tag, remove_tag
from assistant.usecases.profile import set_tag
from assistant.usecases.tag_board import BoardTag, TagDetails, tag_board, tag_details
from assistant.usecases.weight_history import Moment, moment, moments

LIST_HEIGHT = 380
NARROWEST = 90  # pixels of the list of filters, whose entries are shown in full when it is open
BESIDE = 620  # pixels from which on the tag looked at stands beside the list


class LearnedTags(Part):
    """The list, the tag looked at, and a form for tags of the user's own."""

    def __init__(self, work: LearnedWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._board: dict[str, BoardTag] = {}
        self._past: dict[int, Moment] = {}  # by lessons; forgotten when something is learned
        self._past_of = 0  # counts what was forgotten, so that late looks back are not mixed in
        self.search, self.kind = QLineEdit(), QComboBox()
        self.count = label("", "note")
        self.list, self.card = TagList(), TagCard()
        self.form = OwnTagForm()
        self._lay_out()
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.kind.currentTextChanged.connect(lambda _kind: self._narrow())
        self.list.picked.connect(self._look_at)
        self.card.flagged.connect(self._flag)
        self.card.removed.connect(self._remove)
        self.form.add_button.clicked.connect(lambda _checked: self._add())

    def refresh(self) -> None:
        """Read everything, and forget how it came to be."""
        self._past, self._past_of = {}, self._past_of + 1
        self._work.read(tag_board, self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and tag beside each other where there is room."""
        super().resizeEvent(event)
        beside = has_room(self, BESIDE)
        self._split.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(tr("Filter"))
        self.search.setAccessibleName(tr("Filter tags by a word"))
        self.search.setClearButtonEnabled(True)
        for name in FILTERS:
            self.kind.addItem(tr(name), name)
        self.kind.setAccessibleName(tr("Which tags are listed"))
        self.list.setMinimumHeight(LIST_HEIGHT)
        self.count.setText(tr(ONE_MOMENT))
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        self.kind.setMinimumWidth(NARROWEST)
        top.addWidget(self.kind)
        about = tr(
            "Each reply with guidance carries a few of these. The number is what a tag adds to a "
            "reply for you (at +1 it wins 73 % of pairs), ± its uncertainty; the bar is how likely "
            "the next guided reply carries it."
        )
        self.column.addWidget(label(about, "note", wrap=True))
        self.column.addLayout(top)
        self.column.addWidget(self.count)
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._split.setSpacing(12)
        self._split.addWidget(self.list, 1)
        self._split.addWidget(self.card, 1)
        self.column.addLayout(self._split, 1)
        self.column.addWidget(self.form)

    def _show(self, board: tuple[BoardTag, ...]) -> None:
        self._board = {one.tag.name: one for one in board}
        self.list.show_tags(board)
        waiting = sum(one.unreviewed for one in board)
        self._narrow()
        if waiting and self.kind.currentData() == EVERYTHING:
            more = trn("%n not reviewed yet", "%n not reviewed yet", waiting)
            self.count.setText(f"{self.count.text()} · {more}")

    def _narrow(self) -> None:
        shown = self.list.narrow(self.search.text(), self.kind.currentData())
        empty = (
            tr("No tags wait for you.")
            if self.kind.currentData() == UNREVIEWED
            else tr("No tag fits.")
        )
        self.count.setText(trn("%n tag", "%n tags", shown) if shown else empty)
        self.card.setVisible(bool(shown))

    def _look_at(self, name: str) -> None:
        """Show a tag, then what is behind it, then how it came to be."""
        self.card.show_tag(self._board[name])
        self._work.read(partial(tag_details, name=name), self._show_details)
        if self._past:
            self._show_history()
        else:
            of = self._past_of
            self._work.read(moments, lambda counts: self._look_back(list(counts), of))

    def _show_details(self, found: TagDetails | None) -> None:
        if found is not None:
            self.card.show_details(found)

    def _look_back(self, counts: list[int], of: int) -> None:
        """One moment after the other, so that whatever else is asked gets in between."""
        if of != self._past_of:
            return
        if not counts or not self.isVisible():
            self._show_history()
            return
        count = counts.pop(0)
        if count in self._past:
            self._look_back(counts, of)
            return

        def found(then: Moment) -> None:
            if of == self._past_of:
                self._past[then.lessons] = then
                self._look_back(counts, of)

        self._work.read(partial(moment, lessons=count), found)

    def _show_history(self) -> None:
        picked = self.list.picked_tag()
        if picked is None:
            return
        self.card.show_history(
            [
                (lessons, weight.weight, weight.sd)
                for lessons, then in sorted(self._past.items())
                for weight in then.weights
                if weight.name == picked.tag.name
            ]
        )

    def _flag(self, name: str, pinned: bool, banned: bool) -> None:
        said = tr("{name} is free now.")
        if pinned:
            said = tr("{name} is pinned now.")
        elif banned:
            said = tr("{name} is banned now.")
        self._work.change(
            partial(set_tag, name=name, pinned=pinned, banned=banned),
            lambda _tag: said.format(name=name),
        )

    def _remove(self, name: str) -> None:
        self._work.change(
            partial(remove_tag, name=name), lambda _none: tr("{name} is removed.", name=name)
        )

    def _add(self) -> None:
        name, instruction, kind = self.form.entered()
        self._work.change(
            partial(add_tag, name=name, instruction=instruction, kind=kind), self._added
        )

    def _added(self, tag: object) -> str:
        self.form.clear()
        return tr("{name} is added and will be tried.", name=getattr(tag, "name", ""))


class OwnTagForm(Section):
    """A tag of the user's own: its name, what it asks for, and its kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("A tag of your own"),
            tr(
                "It is tried like any other and stays only if your rankings speak for it; pin it "
                "to have it always."
            ),
            parent,
        )
        self.name, self.instruction, self.kind = QLineEdit(), QLineEdit(), QComboBox()
        self.name.setPlaceholderText(tr("Name"))
        self.name.setMaxLength(NAME_LENGTH)
        self.name.setAccessibleName(tr("Name of the tag"))
        self.instruction.setPlaceholderText(tr("What a reply is told, such as “Draw on sailing.”"))
        self.instruction.setMaxLength(INSTRUCTION_LENGTH)
        self.instruction.setAccessibleName(tr("Instruction of the tag"))
        kinds = {TagKind.INTEREST: tr("Interest"), TagKind.STYLE: tr("Style")}
        for kind in TagKind:
            self.kind.addItem(kinds[kind], kind)
        self.kind.setAccessibleName(tr("Kind of the tag"))
        self.add_button = button(tr("Add"), lambda: None, name=tr("Add the tag"))
        for field in (self.name, self.instruction):
            field.returnPressed.connect(self.add_button.click)
        fields = QVBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.name)
        fields.addWidget(self.instruction)
        row = QHBoxLayout()
        row.addWidget(self.kind)
        row.addWidget(self.add_button)
        row.addStretch(1)
        fields.addLayout(row)
        self.rows.addLayout(fields)

    def entered(self) -> tuple[str, str, TagKind]:
        """Name, instruction and kind."""
        return self.name.text(), self.instruction.text(), TagKind(self.kind.currentData())

    def clear(self) -> None:
        """Ready for another one."""
        self.name.clear()
        self.instruction.clear()
