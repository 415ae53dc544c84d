"""Export files of other programs come in whole, once, and never break anything."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.errors import UsageProblem
from assistant.usecases import history
from assistant.usecases.chat_files import read_chats
from assistant.usecases.import_chats import Imported, import_chats
from assistant.usecases.services import Services


def message(role: str, *parts: object) -> dict[str, Any]:
    return {"author": {"role": role}, "create_time": 1.5, "content": {"parts": list(parts)}}


def node(parent: str | None, children: list[str], content: dict[str, Any] | None) -> dict[str, Any]:
    return {"parent": parent, "children": children, "message": content}


CHATGPT = {
    "id": "abc",
    "title": "Bread",
    "create_time": 1000.0,
    "current_node": "a2",
    "mapping": {
        "root": node(None, ["s"], None),
        "s": node("root", ["q1"], message("system", "")),
        "q1": node("s", ["a1", "a2"], message("user", "How do I bake bread?")),
        "a1": node("q1", ["q2"], message("assistant", "With flour.")),
        "a2": node("q1", [], message("assistant", "With rye flour.", {"image": 1})),
        "q2": node("a1", ["t"], message("user", "And then?")),
        "t": node("q2", ["a3"], message("tool", "searched")),
        "a3": node("t", [], message("assistant", "Knead\x00 it.")),
    },
}
CLAUDE = {
    "uuid": "u1",
    "name": "",
    "created_at": "2026-01-01T10:00:00Z",
    "chat_messages": [
        {"sender": "human", "text": "", "content": [{"type": "text", "text": "One"}]},
        {"sender": "human", "text": "more"},
        {"sender": "assistant", "text": "Two"},
        {"sender": "human", "text": "left without a reply"},
    ],
}


def write(folder: Path, content: object) -> Path:
    file = folder / "conversations.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_a_chatgpt_export_keeps_its_versions_and_shows_the_last_one_used(
    services: Services, tmp_path: Path
) -> None:
    done = import_chats(services, file=write(tmp_path, [CHATGPT, {"mapping": {}}, 7]))
    assert done == Imported("ChatGPT", added=1, known=0, left_out=2)
    (conversation,) = history.list_conversations(services)
    assert (conversation.title, conversation.folder) == ("Bread", "From ChatGPT")
    shown = history.show(services, conversation_id=conversation.id)
    assert [r.candidates[0].text for r in shown.rounds] == ["With rye flour."]
    other = shown.rounds[0].versions[0]
    back = history.show_version(services, query_id=other)
    assert [(r.text, r.candidates[0].text) for r in back.rounds] == [
        ("How do I bake bread?", "With flour."),
        ("And then?", "Knead it."),
    ]


def test_a_claude_export_in_a_zip_comes_in_once(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("conversations.json", json.dumps([CLAUDE, CLAUDE]))
    assert import_chats(services, file=file) == Imported("Claude", 1, 1, 0)
    assert import_chats(services, file=file) == Imported("Claude", 0, 2, 0)
    (conversation,) = history.list_conversations(services, text="One more")
    assert conversation.title == "Imported conversation"


def test_our_own_export_can_be_read_back(services: Services, tmp_path: Path) -> None:
    import_chats(services, file=write(tmp_path, [CLAUDE]))
    (conversation,) = history.list_conversations(services)
    file = tmp_path / "own.json"
    history.export(services, conversation_id=conversation.id, file=file)
    assert import_chats(services, file=file).added == 1
    first, second = (
        history.show(services, conversation_id=c.id) for c in history.list_conversations(services)
    )
    assert history.as_markdown(first) == history.as_markdown(second)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"no json",
        b"[" * 100_000,
        b"PK\x05\x06" + bytes(18),
        b'[{"mapping": 1',
        b"7",
    ],
)
def test_what_is_no_export_is_refused_and_nothing_comes_in(
    services: Services, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "conversations.json"
    file.write_bytes(content)
    with pytest.raises(UsageProblem, match="conversations"):
        import_chats(services, file=file)
    assert history.list_conversations(services) == ()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"none\.json cannot be read"):
        read_chats(tmp_path / "none.json")


def test_cycles_half_signs_and_impossible_times_break_nothing(
    services: Services, tmp_path: Path
) -> None:
    odd = {
        "id": "odd",
        "title": "Odd \ud83d",
        "create_time": float("nan"),
        "mapping": {
            "q": node(None, ["a", "a", "q"], message("user", "Half \ud83d?")),
            "a": node("q", ["q", "a"], {**message("assistant", "Yes."), "create_time": 1e300}),
        },
    }
    assert import_chats(services, file=write(tmp_path, [odd])).added == 1
    (conversation,) = history.list_conversations(services)
    (round_,) = history.show(services, conversation_id=conversation.id).rounds
    assert (conversation.title, round_.text, round_.created_at) == ("Odd", "Half ?", 0.0)
