"""Ten thousand conversations and one of a thousand rounds: the window's thread stays free."""

from __future__ import annotations

import time

import pytest
from pytestqt.qtbot import QtBot
from window_steps import ready

from assistant.domain.model import ConversationId, Finish, Guidance, Origin
from assistant.gui.past_rounds import AHEAD
from assistant.gui.start import Program
from assistant.gui.watch import Gaps
from assistant.storage.database import Database

CONVERSATIONS, ROUNDS = 10_000, 1000
MOST_MILLISECONDS = 50.0
DAY = 86400.0
REPLY = "**Walk first.** Twenty minutes outside.\n\n- one\n- two\n\n```python\nprint(1)\n```\n" * 2


def fill(db: Database) -> ConversationId:
    """Many conversations, and one long one, used last."""
    now = time.time()
    for number in range(CONVERSATIONS):
        made = db.conversations.add(f"Conversation about {number}", now - number * DAY / 20)
        if number % 50 == 0:
            db.conversations.set_folder(made, f"Folder {number % 7}")
    long = db.conversations.add("The long one", now)
    for number in range(ROUNDS):
        query = db.rounds.add_query(long, f"Query {number} about walking", now)
        candidate = db.rounds.add_candidate(
            query,
            letter="A",
            place=0,
            guidance=Guidance(),
            origin=Origin.PLAIN,
            propensity=1.0,
            seed=0,
        )
        db.rounds.finish_candidate(candidate, REPLY, Finish.STOP, 40)
        db.rounds.choose(query, candidate)
    return long


def worst(gaps: tuple[float, ...]) -> str:
    return f"{max(gaps):.0f} ms at most, {sum(gap > MOST_MILLISECONDS for gap in gaps)} over 50"


@pytest.fixture
def large(qtbot: QtBot, start) -> tuple[Program, ConversationId]:
    program = start()
    ready(qtbot, program)
    return program, program.store.run(fill)


@pytest.mark.slow
def test_ten_thousand_conversations_are_listed_scrolled_and_searched_without_a_pause(
    qtbot: QtBot, large
) -> None:
    program, _long = large
    window, gaps = program.window, Gaps(program.window)
    gaps.start()
    window.desk.shelf.refresh()
    qtbot.waitUntil(lambda: window.sidebar.list.rows.rowCount() > CONVERSATIONS)
    qtbot.wait(300)
    listed = gaps.stop()
    gaps.start()
    bar = window.sidebar.list.verticalScrollBar()
    for step in range(20):
        bar.setValue(bar.maximum() * step // 20)
        qtbot.wait(20)
    scrolled = gaps.stop()
    gaps.start()
    window.sidebar.search.setText("walking")
    qtbot.waitUntil(lambda: window.sidebar.hits.rows.rowCount() > 0, timeout=20_000)
    qtbot.wait(200)
    searched = gaps.stop()
    told = {"listed": listed, "scrolled": scrolled, "searched": searched}
    print({name: worst(found) for name, found in told.items()})
    assert {
        name: max(found) for name, found in told.items() if max(found) > MOST_MILLISECONDS
    } == {}


@pytest.mark.slow
def test_a_thousand_rounds_are_opened_and_scrolled_without_a_pause(qtbot: QtBot, large) -> None:
    program, long = large
    window, gaps = program.window, Gaps(program.window)
    gaps.start()
    window.desk.shelf.open(long)
    past = window.conversation.past_rounds
    qtbot.waitUntil(lambda: len(past.rounds()) == ROUNDS - 1, timeout=20_000)
    qtbot.wait(500)
    opened = gaps.stop()
    bar = window.conversation.verticalScrollBar()
    assert bar.value() == bar.maximum()
    gaps.start()
    for step in range(30):
        bar.setValue(round(bar.maximum() * (1 - step / 30)))
        qtbot.wait(50)
    scrolled = gaps.stop()
    assert len(window.conversation.past) < 40
    gaps.start()
    middle = past.rounds()[ROUNDS // 2].query_id
    window.conversation.jump(middle)
    qtbot.wait(300)
    jumped = gaps.stop()
    found = next(one for one in window.conversation.past if one.round.query_id == middle)
    top = found.mapTo(window.conversation.viewport(), found.rect().topLeft()).y()
    assert abs(top) <= AHEAD // 100
    told = {"opened": opened, "scrolled": scrolled, "jumped": jumped}
    print({name: worst(found) for name, found in told.items()})
    assert {
        name: max(found) for name, found in told.items() if max(found) > MOST_MILLISECONDS
    } == {}
