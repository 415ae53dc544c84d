"""Conversations can be found, read, named, deleted, brought back and taken elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.errors import UsageProblem
from assistant.domain.model import ConversationId, Order, Round
from assistant.usecases import history
from assistant.usecases.rank import rank
from assistant.usecases.services import Services

AskRound = Callable[..., Round]


def titles(services: Services, text: str = "") -> list[str]:
    return [c.title for c in history.list_conversations(services, text=text)]


def test_conversations_are_listed_and_found_by_what_was_said(
    services: Services, ask_round: AskRound
) -> None:
    ask_round(services, text="About boats")
    ask_round(services, text="About roses")
    assert titles(services) == ["About roses", "About boats"]
    assert titles(services, "BOATS") == ["About boats"]
    assert titles(services, "nothing of the kind") == []


def test_a_conversation_is_shown_with_all_its_rounds(
    services: Services, ask_round: AskRound
) -> None:
    first = ask_round(services)
    second = ask_round(services, text="And then?", conversation_id=first.conversation_id)
    shown = history.show(services, conversation_id=first.conversation_id)
    assert [r.query_id for r in shown.rounds] == [first.query_id, second.query_id]


def test_a_title_is_tidied_and_never_empty(services: Services, ask_round: AskRound) -> None:
    conversation_id = ask_round(services).conversation_id
    history.rename(services, conversation_id=conversation_id, title="  My \n boats ")
    assert titles(services) == ["My boats"]
    with pytest.raises(UsageProblem, match="needs a title"):
        history.rename(services, conversation_id=conversation_id, title=" \n")
    with pytest.raises(UsageProblem, match="There is no conversation 99"):
        history.rename(services, conversation_id=ConversationId(99), title="Boats")


def test_a_deleted_conversation_can_be_brought_back_whole(
    services: Services, ask_round: AskRound
) -> None:
    round_ = ask_round(services)
    before = history.show(services, conversation_id=round_.conversation_id)
    history.delete(services, conversation_id=round_.conversation_id)
    assert titles(services) == []
    history.bring_back(services, conversation_id=round_.conversation_id)
    assert history.show(services, conversation_id=round_.conversation_id) == before


def test_an_export_holds_the_conversation(
    services: Services, ask_round: AskRound, tmp_path: Path
) -> None:
    round_ = ask_round(services, text="Größe?")
    list(rank(services, query_id=round_.query_id, order=Order((("B",), ("A", "C")))))
    for name in ("chat.md", "chat.json"):
        history.export(services, conversation_id=round_.conversation_id, file=tmp_path / name)
    page = (tmp_path / "chat.md").read_text(encoding="utf-8")
    assert "**You:** Größe?" in page
    assert round_.candidate("B").text in page
    assert "B>A=C" in page
    (stored,) = json.loads((tmp_path / "chat.json").read_text(encoding="utf-8"))["rounds"]
    assert stored["text"] == "Größe?"
    assert len(stored["candidates"]) == 3


def test_an_export_to_nowhere_is_refused_with_a_remedy(
    services: Services, ask_round: AskRound, tmp_path: Path
) -> None:
    round_ = ask_round(services)
    with pytest.raises(UsageProblem, match="choose another place"):
        history.export(
            services, conversation_id=round_.conversation_id, file=tmp_path / "no" / "chat.md"
        )
