"""The stored conversations as rows of a list: pinned, folders, then by the day they were used.

Pure functions and one model that only holds the rows it was given, so that ten thousand
conversations are grouped away from the window's thread and shown without a widget for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from assistant.domain.model import Conversation, ConversationId
from assistant.gui.language import marked, month_and_year, tr, trn

Index = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole  # the Heading or Conversation of a row
PINNED = marked("Pinned")
WEEK, MONTH = 7, 30  # days that are grouped together before months are


@dataclass(frozen=True, slots=True)
class Heading:
    """The line over a group; that of a folder opens and closes it."""

    text: str
    folder: bool = False
    closed: bool = False
    count: int = 0


Row = Heading | Conversation


def group_rows(
    conversations: Iterable[Conversation], today: date, closed: frozenset[str] = frozenset()
) -> tuple[Row, ...]:
    """Conversations under their headings; those of folders in `closed` are left out."""
    found = tuple(conversations)
    pinned = [one for one in found if one.pinned]
    filed = sorted(
        (one for one in found if one.folder and not one.pinned), key=lambda one: one.folder.lower()
    )
    rest = [one for one in found if not one.folder and not one.pinned]
    rows: list[Row] = [Heading(tr(PINNED), count=len(pinned)), *pinned] if pinned else []
    for folder, members in groupby(filed, key=lambda one: one.folder):
        inside = list(members)
        shut = folder in closed
        rows.append(Heading(folder, folder=True, closed=shut, count=len(inside)))
        rows += [] if shut else inside
    for name, members in groupby(rest, key=lambda one: name_day(one.updated_at, today)):
        inside = list(members)
        rows += [Heading(name, count=len(inside)), *inside]
    return tuple(rows)


def name_day(moment: float, today: date) -> str:
    """The group that a time belongs to: as exact as one remembers it."""
    day = datetime.fromtimestamp(moment).astimezone().date()
    age = (today - day).days
    if age <= 0:
        return tr("Today")
    if age == 1:
        return tr("Yesterday")
    if age < WEEK:
        return tr("The last 7 days")
    if age < MONTH:
        return tr("The last 30 days")
    return month_and_year(day) if day.year == today.year else f"{day.year}"


class ConversationRows(QAbstractListModel):
    """Rows for a list view; a title can be edited in place."""

    renamed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._places: dict[int, int] = {}

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Hold these from now on."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._places = {
            int(row.id): at for at, row in enumerate(self._rows) if isinstance(row, Conversation)
        }
        self.endResetModel()

    def index_of(self, conversation: ConversationId | int | None) -> QModelIndex:
        """Where a conversation stands; an invalid index if nowhere."""
        at = self._places.get(int(conversation or 0))
        return QModelIndex() if at is None else self.index(at)

    def conversation(self, index: Index) -> Conversation | None:
        """The conversation of a row, None for a heading or no row."""
        row = self.row(index)
        return row if isinstance(row, Conversation) else None

    def row(self, index: Index) -> Row | None:
        """What a row shows."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def titles(self) -> tuple[str, ...]:
        """The titles of all conversations, from the top."""
        return tuple(row.title for row in self._rows if isinstance(row, Conversation))

    def folders(self) -> tuple[str, ...]:
        """The names of all folders."""
        return tuple(r.text for r in self._rows if isinstance(r, Heading) and r.folder)

    def rowCount(self, parent: Index | None = None) -> int:
        """One row for each heading and conversation."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Texts to show, to edit and to read aloud."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.title if isinstance(row, Conversation) else row.text
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Conversation):
            return row.title if row.learn else tr("{title}\n(not learned from)", title=row.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A title typed in place; the row changes once it is stored."""
        row = self.row(index)
        title = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not isinstance(row, Conversation):
            return False
        if title and title != row.title:
            self.renamed.emit(int(row.id), title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings of days cannot be chosen, those of folders can, titles can be edited."""
        row = self.row(index)
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if isinstance(row, Conversation):
            return enabled | Qt.ItemFlag.ItemIsEditable
        return enabled if isinstance(row, Heading) and row.folder else Qt.ItemFlag.NoItemFlags


def spoken(row: Row) -> str:
    """A row for a screen reader."""
    if isinstance(row, Heading):
        state = tr("closed folder") if row.closed else tr("open folder")
        count = trn("%n conversation", "%n conversations", row.count)
        return ", ".join([row.text, *([state] if row.folder else []), count])
    marks = [
        mark
        for mark, there in (
            (tr("pinned"), row.pinned),
            (tr("in {folder}", folder=row.folder), row.folder),
            (tr("not learned from"), not row.learn),
        )
        if there
    ]
    return ", ".join([row.title, *marks])
