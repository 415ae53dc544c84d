"""A long conversation: few widgets, and what is read stays where it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.model import (
    Candidate,
    CandidateId,
    ConversationId,
    Finish,
    Guidance,
    Origin,
    QueryId,
    Round,
)
from assistant.gui.conversation_view import ConversationView
from assistant.gui.past_round import FLUSH_MILLISECONDS, PastRound
from assistant.gui.round_view import RoundView

MANY = 120


def round_of(number: int) -> Round:
    query, text = QueryId(number), f"Reply {number}.\n\n" + "words and words. " * (number % 40)
    one = Candidate(
        CandidateId(number), query, "A", 0, text, 9, Finish.STOP, Guidance(), Origin.PLAIN, 1.0, 1
    )
    other = replace(one, id=CandidateId(1000 + number), letter="B", text="word " * 400)
    return Round(query, ConversationId(1), f"Query {number}", 0.0, "m", (one, other), chosen=one.id)


@pytest.fixture
def view(qtbot: QtBot, appearance) -> ConversationView:
    made = ConversationView(RoundView())
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    qtbot.waitExposed(made)
    made.show_rounds([round_of(number) for number in range(1, MANY + 1)], None)
    qtbot.waitUntil(lambda: bool(made.past) and not made.past_rounds._next.isActive())
    return made


def top_of(view: ConversationView, past: PastRound) -> int:
    return past.mapTo(view.viewport(), past.rect().topLeft()).y()


def test_only_rounds_near_what_is_seen_are_widgets(view: ConversationView) -> None:
    assert len(view.past_rounds.rounds()) == MANY
    assert len(view.past) < 25
    assert view.past[-1].round.query_id == MANY
    bar = view.verticalScrollBar()
    assert bar.value() == bar.maximum()


def test_a_jump_ends_at_the_round_and_stays_there(qtbot: QtBot, view: ConversationView) -> None:
    view.jump(QueryId(40))
    qtbot.waitUntil(lambda: not view.past_rounds._next.isActive())
    found = next(past for past in view.past if past.round.query_id == 40)
    assert abs(top_of(view, found)) <= 2
    assert len(view.past) < 25


def test_what_is_read_stays_when_a_round_above_gets_higher(
    qtbot: QtBot, view: ConversationView
) -> None:
    view.jump(QueryId(40))
    qtbot.waitUntil(lambda: not view.past_rounds._next.isActive())
    above, found = (next(p for p in view.past if p.round.query_id == n) for n in (39, 40))
    before, height = top_of(view, found), above.height()
    above.turn(1)
    qtbot.waitUntil(lambda: above.height() > height)
    assert abs(top_of(view, found) - before) <= 2


def test_rounds_lie_under_each_other_at_every_width(qtbot: QtBot, view: ConversationView) -> None:
    for width in (420, 1000):
        view.resize(width, 600)
        qtbot.wait(50)
        qtbot.waitUntil(lambda: not view.past_rounds._next.isActive())
        places = [past.geometry() for past in view.past]
        for upper, lower in pairwise(places):
            assert upper.bottom() < lower.top() <= upper.bottom() + 20


def test_a_reply_that_is_gone_on_with_grows_wherever_one_looks_and_nothing_comes_twice(
    qtbot: QtBot, appearance
) -> None:
    before = round_of(1)
    cut = replace(before.candidates[0], text="One", finish=Finish.STOPPED)
    past = PastRound(replace(before, candidates=(cut, before.candidates[1])))
    qtbot.addWidget(past)
    past.reopen(replace(cut, finish=Finish.WRITING))
    assert not past.keep_button.isVisibleTo(past)
    past.take_text(cut.id, " two")
    past.turn(1)
    past.take_text(cut.id, " three")
    assert past.body.text() == before.candidates[1].text
    past.turn(1)
    assert past.body.text() == "One two three"
    past.take_text(cut.id, " four")
    whole = replace(cut, text="One two three four", finish=Finish.STOP)
    past.update_round(replace(before, candidates=(whole, before.candidates[1])))
    qtbot.wait(2 * FLUSH_MILLISECONDS)
    assert past.body.text() == "One two three four"


def test_a_reply_that_could_not_be_gone_on_with_keeps_what_came(qtbot: QtBot, appearance) -> None:
    before = round_of(1)
    cut = replace(before.candidates[0], text="One", finish=Finish.STOPPED)
    past = PastRound(replace(before, candidates=(cut, before.candidates[1])))
    qtbot.addWidget(past)
    past.reopen(replace(cut, finish=Finish.WRITING))
    past.take_text(cut.id, " two")
    past.end_writing()
    assert past.body.text() == "One two"
    assert past.keep_button.isVisibleTo(past)


def away(qtbot: QtBot, view: ConversationView, query_id: int) -> bool:
    """Scroll to another end of the conversation; whether the round is a widget no more."""
    view.setFocus()
    qtbot.wait(20)  # what was opened has come into view
    view.jump(QueryId(1 if query_id > MANY // 2 else MANY))
    qtbot.waitUntil(lambda: not view.past_rounds._next.isActive())
    return all(past.round.query_id != query_id for past in view.past)


def test_what_is_being_typed_into_a_reply_is_not_lost_when_scrolled_away(
    qtbot: QtBot, view: ConversationView
) -> None:
    view.past_rounds.edit(QueryId(MANY), "A")
    past = view.past[-1]
    assert past.editor is not None
    past.editor.field.setPlainText("half a sente")
    assert not away(qtbot, view, MANY)
    assert past.editor.field.toPlainText() == "half a sente"
    past.editor.cancelled.emit()
    view.jump(QueryId(MANY // 2))
    assert away(qtbot, view, MANY)


def test_a_reply_written_on_while_scrolled_away_is_shown_as_far_as_it_came(
    qtbot: QtBot, view: ConversationView
) -> None:
    one = view.past_rounds.rounds()[-1].candidates[0]
    assert away(qtbot, view, MANY)
    view.past_rounds.reopen(replace(one, finish=Finish.WRITING, text="One"))
    view.past_rounds.add_text(one.id, " two")
    view.jump(QueryId(MANY))
    past = view.past[-1]
    assert past.body.text() == "One two"
    view.past_rounds.add_text(one.id, " three")
    past.turn(0)
    assert past.body.text() == "One two three"
    assert away(qtbot, view, MANY)
    view.past_rounds.end_writing()
    view.jump(QueryId(MANY))
    assert view.past[-1].body.text() == "One two three"
    assert view.past[-1].keep_button.isVisibleTo(view.past[-1])
