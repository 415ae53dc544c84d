"""Why these replies: how each came about, and what of its text speaks for it and against it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
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
from assistant.gui.why_panel import WhyPanel, reason_lines
from assistant.personalization.learner import Reason
from assistant.usecases.why import Why, WhyReply

FOR = (Reason("paragraphs", "more paragraphs", 0.4), Reason("lists", "lists", 0.1))
AGAINST = (Reason("length", "longer replies", -0.3),)


def texts_of(qtbot: QtBot, guidance: Guidance, reasons: tuple[Reason, ...]) -> str:
    """All that the panel says of a round with one exploiting reply."""
    candidate = Candidate(
        CandidateId(1), QueryId(1), "A", 0, "A text.", 3, Finish.STOP, guidance,
        Origin.EXPLOIT, 1.0, 1,
    )  # fmt: skip
    round_ = Round(QueryId(1), ConversationId(1), "Why?", 0.0, "m", (candidate,))
    panel = WhyPanel()
    qtbot.addWidget(panel)
    panel.show_why(Why(round_, (WhyReply(candidate, (), reasons),)))
    return "\n".join(one.text() for one in panel.findChildren(QLabel))


def test_both_sides_are_told_each_the_strongest_first() -> None:
    assert reason_lines((*FOR, *AGAINST)) == [
        "Its text speaks for it: more paragraphs, lists",
        "Its text speaks against it: longer replies",
    ]
    assert reason_lines(()) == []


def test_what_the_text_says_stands_under_its_reply(qtbot: QtBot) -> None:
    said = texts_of(qtbot, Guidance(rules=("Be brief.",)), FOR)
    assert "Reply A" in said
    assert "Written with what I know you like best." in said
    assert "Its text speaks for it: more paragraphs, lists" in said


def test_a_first_reply_without_guidance_says_that_nothing_better_is_known(qtbot: QtBot) -> None:
    assert "Written plainly: I know of nothing yet" in texts_of(qtbot, Guidance(), ())
