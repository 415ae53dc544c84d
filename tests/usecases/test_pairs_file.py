"""Every stated preference leaves as one line, with the conversation it was made in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Round
from assistant.domain.preferences import parse_order
from assistant.usecases.pairs_file import export_pairs
from assistant.usecases.rank import rank
from assistant.usecases.services import Services

AskRound = Callable[..., Round]


def test_each_pair_is_a_line_with_its_conversation(
    services: Services, ask_round: AskRound, tmp_path: Path
) -> None:
    first = ask_round(services, "First?")
    list(rank(services, query_id=first.query_id, order=parse_order("B>A=C", ("A", "B", "C"))))
    second = ask_round(services, "Second?", conversation_id=first.conversation_id)
    list(rank(services, query_id=second.query_id, order=parse_order("none", ("A", "B", "C"))))
    ask_round(services, "Instead?", instead_of=first.query_id)  # another path is shown now
    assert export_pairs(services, file=tmp_path / "pairs.jsonl") == 2
    lines = [json.loads(line) for line in (tmp_path / "pairs.jsonl").read_text().splitlines()]
    assert [line["prompt"][-1] for line in lines] == [{"role": "user", "content": "First?"}] * 2
    assert {line["chosen"][0]["content"] for line in lines} == {first.candidate("B").text}


def test_a_file_that_cannot_be_written_is_named(services: Services, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="cannot be written"):
        export_pairs(services, file=tmp_path / "none" / "pairs.jsonl")
