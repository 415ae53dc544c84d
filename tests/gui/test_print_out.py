"""A conversation on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.errors import UsageProblem
from assistant.domain.model import (
    Candidate,
    CandidateId,
    Conversation,
    ConversationId,
    Finish,
    Guidance,
    Order,
    Origin,
    QueryId,
    Ranking,
    RankingId,
    Round,
)
from assistant.gui.exchange import file_name, with_ending
from assistant.gui.print_out import document_of, write_pdf
from assistant.usecases.history import Transcript

CODE = "Use <b>this</b>:\n\n```python\nprint(1)\n```\n"


def transcript(rounds: int) -> Transcript:
    query = QueryId(1)
    one = Candidate(
        CandidateId(1), query, "A", 0, CODE, 9, Finish.STOP, Guidance(), Origin.PLAIN, 1.0, 1
    )
    other = replace(one, id=CandidateId(2), letter="B", text="Not chosen.")
    ranking = Ranking(RankingId(1), query, Order((("A",), ("B",))), 0.0)
    number = ConversationId(1)
    round_ = Round(query, number, "How & why?", 0.0, "m", (one, other), ranking, chosen=one.id)
    return Transcript(Conversation(number, "Tom & <Jerry>", 0.0, 0.0), (round_,) * rounds)


def test_queries_chosen_replies_and_orders_are_on_paper(qapp) -> None:
    text = document_of(transcript(1)).toPlainText()
    for part in ("Tom & <Jerry>", "How & why?", "Use <b>this</b>:", "print(1)", "A>B"):
        assert part in text
    assert "Not chosen." not in text
    assert "Copy" not in text


def test_a_pdf_has_as_many_pages_as_it_needs(qapp, tmp_path: Path) -> None:
    file = tmp_path / "out.pdf"
    write_pdf(transcript(60), file)
    written = file.read_bytes()
    assert written.startswith(b"%PDF")
    assert written.count(b"/Type /Page\n") > 3


def test_a_place_that_cannot_be_written_is_told(qapp, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="choose another place"):
        write_pdf(transcript(1), tmp_path / "none" / "out.pdf")


def test_a_title_becomes_a_name_that_every_system_takes() -> None:
    assert file_name('a/b: "c"?') == "a b c.md"
    assert file_name("...") == "conversation.md"
    assert with_ending(Path("x"), "PDF (*.pdf)") == Path("x.pdf")
    assert with_ending(Path("x.JSON"), "Markdown (*.md)") == Path("x.json")
