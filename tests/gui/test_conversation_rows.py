"""Conversations under their headings."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from assistant.domain.model import Conversation, ConversationId
from assistant.gui.conversation_rows import Heading, group_rows, name_day, spoken

TODAY = date(2026, 11, 21)


def one(number: int, days: int = 0, **marks: object) -> Conversation:
    moment = datetime(2026, 11, 21, 12).timestamp() - days * 86400
    made = Conversation(ConversationId(number), f"Title {number}", moment, moment)
    return Conversation(**{**{f: getattr(made, f) for f in made.__slots__}, **marks})


def test_pinned_come_first_then_folders_then_days() -> None:
    rows = group_rows([one(1, pinned=True), one(2), one(3, 1), one(4, 3, folder="Work")], TODAY)
    shown = [row.text if isinstance(row, Heading) else row.id for row in rows]
    assert shown == ["Pinned", 1, "Work", 4, "Today", 2, "Yesterday", 3]


def test_a_closed_folder_shows_its_name_and_count_only() -> None:
    rows = group_rows([one(1, folder="b"), one(2, folder="A")], TODAY, frozenset({"b"}))
    assert [row.text if isinstance(row, Heading) else row.id for row in rows] == ["A", 2, "b"]
    assert isinstance(rows[-1], Heading)
    assert rows[-1].closed
    assert rows[-1].count == 1


def test_days_are_named_as_they_are_remembered() -> None:
    def named(days: int) -> str:
        noon = datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=12)
        return name_day((noon - timedelta(days=days)).timestamp(), TODAY)

    assert [named(days) for days in (0, 1, 6, 29)] == [
        "Today",
        "Yesterday",
        "The last 7 days",
        "The last 30 days",
    ]
    assert named(50) == "October 2026"
    assert named(400) == "2025"


def test_a_screen_reader_hears_what_is_marked() -> None:
    assert spoken(one(1, pinned=True, learn=False)) == "Title 1, pinned, not learned from"
    assert spoken(Heading("Work", folder=True, closed=True, count=2)) == (
        "Work, closed folder, 2 conversations"
    )
