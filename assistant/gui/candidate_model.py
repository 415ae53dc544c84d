"""The candidates of one round in the user's order: row order = the ranking.

Every way to rank (drag, keyboard, buttons) ends in `move`, `choose_best`, `mark_all_bad` or
`tie`, so that the window has one idea of the order. Letters are never renamed by a move.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from assistant.domain.model import Order
from assistant.gui.language import marked, tr

_ORDINALS = (
    marked("1st"),
    marked("2nd"),
    marked("3rd"),
    marked("4th"),
    marked("5th"),
    marked("6th"),
    marked("7th"),
    marked("8th"),
)
_WORDS = (
    marked("first"),
    marked("second"),
    marked("third"),
    marked("fourth"),
    marked("fifth"),
    marked("sixth"),
    marked("seventh"),
    marked("eighth"),
)
_COUNTS = (
    marked("none"),
    marked("one"),
    marked("two"),
    marked("three"),
    marked("four"),
    marked("five"),
    marked("six"),
    marked("seven"),
    marked("eight"),
)

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class CandidateModel(QAbstractListModel):
    """Tiers from best to worst, and those not (yet) ordered behind them."""

    ordered = Signal(str)  # the user changed the order by moving this letter ("" for all)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tiers: list[list[str]] = []
        self._rest: list[str] = []
        self._all_bad = False

    def start(self, letters: tuple[str, ...]) -> None:
        """Show new candidates, without any order."""
        self._set([], list(letters))

    def show_order(self, letters: tuple[str, ...], order: Order | None) -> None:
        """Show a stored order (None: no order yet) without counting it as a move."""
        if order is None:
            self.start(letters)
        else:
            self._set([list(tier) for tier in order.tiers], list(order.rest), order.all_bad)

    def letters(self) -> tuple[str, ...]:
        """All letters as shown, best first."""
        return (*(letter for tier in self._tiers for letter in tier), *self._rest)

    def order(self) -> Order | None:
        """What the user said so far; None if nothing."""
        if not self._tiers and not self._all_bad:
            return None
        return Order(tuple(tuple(tier) for tier in self._tiers), tuple(self._rest))

    def choose_best(self, letter: str) -> None:
        """Put one in first place; says nothing about the others unless they were ordered."""
        if letter not in self.letters():
            return
        tiers = [[x for x in tier if x != letter] for tier in self._tiers]
        rest = [x for x in self._rest if x != letter]
        self._set([[letter], *(tier for tier in tiers if tier)], rest)
        self.ordered.emit(letter)

    def move(self, letter: str, tier: int, *, tie: bool = False) -> None:
        """Put `letter` before tier `tier` of the others as shown, or (tie) into that tier.

        Candidates not ordered before count in the order in which they are shown.
        """
        if letter not in self.letters():
            return
        tiers = [[x for x in level if x != letter] for level in self._levels()]
        tiers = [level for level in tiers if level]
        tier = max(0, min(tier, len(tiers)))
        if tie and tier < len(tiers):
            tiers[tier].append(letter)
        else:
            tiers.insert(tier, [letter])
        self._set(tiers, [])
        self.ordered.emit(letter)

    def shift(self, letter: str, step: int) -> None:
        """One place towards the best (-1) or the worst (+1); out of a tie first."""
        levels = self._levels()
        at = next((i for i, level in enumerate(levels) if letter in level), None)
        if at is None:
            return
        if len(levels[at]) > 1:
            self.move(letter, at if step < 0 else at + 1)
        elif 0 <= at + step < len(levels):
            self.move(letter, at + step)

    def drop(self, letter: str, target: str, *, side: int) -> None:
        """Drop `letter` before (-1), onto (0, a tie) or behind (1) `target`."""
        levels = [[x for x in level if x != letter] for level in self._levels()]
        levels = [level for level in levels if level]
        at = next((i for i, level in enumerate(levels) if target in level), None)
        if at is not None and letter != target:
            self.move(letter, at + 1 if side > 0 else at, tie=side == 0)

    def tie(self, letter: str) -> None:
        """Tie with the next better neighbour; the first with the one behind it."""
        shown = self.letters()
        if letter in shown and len(shown) > 1:
            at = shown.index(letter)
            self.drop(letter, shown[at - 1] if at else shown[1], side=0)

    def mark_all_bad(self) -> None:
        """None of the candidates is wanted."""
        self._set([], sorted(self.letters()), all_bad=True)
        self.ordered.emit("")

    def rank_text(self, letter: str) -> str:
        """ "1st", "2nd, tied", or nothing while its place is not known."""
        for place, tier in enumerate(self._tiers):
            if letter in tier:
                shown = tr(_ORDINALS[place])
                return tr("{place}, tied", place=shown) if len(tier) > 1 else shown
        return ""

    def announcement(self, letter: str) -> str:
        """What a screen reader says after a move."""
        if self._all_bad:
            return tr("All replies marked as bad")
        for place, tier in enumerate(self._tiers):
            if letter in tier:
                tied = ", ".join(other for other in tier if other != letter)
                words = tr(
                    "{letter}, now {place} of {count}",
                    letter=letter,
                    place=tr(_WORDS[place]),
                    count=tr(_COUNTS[len(self.letters())]),
                )
                return tr("{words}, tied with {tied}", words=words, tied=tied) if tied else words
        return ""

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """How many candidates there are."""
        return 0 if parent.isValid() else len(self.letters())

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The letter of a row; its rank as tool tip."""
        letters = self.letters()
        if not index.isValid() or index.row() >= len(letters):
            return None
        letter = letters[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return letter
        return self.rank_text(letter) if role == Qt.ItemDataRole.ToolTipRole else None

    def _levels(self) -> list[list[str]]:
        """Tiers, then each one not ordered as a tier of its own."""
        return [*(list(tier) for tier in self._tiers), *([letter] for letter in self._rest)]

    def _set(self, tiers: list[list[str]], rest: list[str], all_bad: bool = False) -> None:
        """Take over a new state and tell the views."""
        self.beginResetModel()
        self._tiers, self._rest, self._all_bad = tiers, rest, all_bad
        self.endResetModel()


def order_text(order: Order | None) -> str:
    """An order as read in the window: "B › A = C", "none", or a dash."""
    if order is None:
        return "–"
    if order.all_bad:
        return tr("all bad")
    text = " › ".join(" = ".join(tier) for tier in order.tiers)
    if len(order.rest) > 1:
        return tr("{order} › rest", order=text)
    return " › ".join([text, *order.rest])
