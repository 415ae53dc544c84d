"""Export files of other programs come in whole, once, and never break anything."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from makers import AskRound

from assistant.domain.errors import UsageProblem
from assistant.usecases import history
from assistant.usecases.chat_files import read_chats
from assistant.usecases.edit_reply import edit_reply
from assistant.usecases.import_chats import Imported, import_chats
from assistant.usecases.services import Services
from assistant.usecases.unranked import unranked


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


def regenerated(leaf: str, *, second_goes_on: bool) -> dict[str, Any]:
    """A query with three replies, the first of which was gone on with, and perhaps the second."""
    mapping = {
        "q1": node(None, ["a1", "a2", "a3"], message("user", "How?")),
        "a1": node("q1", ["q2"], message("assistant", "One.")),
        "a2": node("q1", ["q3"] if second_goes_on else [], message("assistant", "Two.")),
        "a3": node("q1", [], message("assistant", "Three.")),
        "q2": node("a1", ["a4"], message("user", "And then?")),
        "a4": node("q2", [], message("assistant", "Four.")),
        "q3": node("a2", ["a5"], message("user", "Really?")),
        "a5": node("q3", [], message("assistant", "Five.")),
    }
    if not second_goes_on:
        del mapping["q3"], mapping["a5"]
    return {**CHATGPT, "current_node": leaf, "mapping": mapping}


def test_replies_written_again_come_in_together_and_wait_to_be_ranked(
    services: Services, tmp_path: Path
) -> None:
    import_chats(services, file=write(tmp_path, [regenerated("a4", second_goes_on=False)]))
    (conversation,) = history.list_conversations(services)
    first, second = history.show(services, conversation_id=conversation.id).rounds
    assert [c.text for c in first.candidates] == ["One.", "Two.", "Three."]
    assert first.chosen == first.candidate("A").id
    assert [c.text for c in second.candidates] == ["Four."]
    assert unranked(services) == (first.query_id,)
    asked = services.store.run(lambda db: db.unranked.asked_since(0.0, second.query_id + 1))
    assert asked == 0, "nobody was asked here"


def test_replies_of_which_several_were_gone_on_with_stay_versions(
    services: Services, tmp_path: Path
) -> None:
    import_chats(services, file=write(tmp_path, [regenerated("a5", second_goes_on=True)]))
    (conversation,) = history.list_conversations(services)
    shown = history.show(services, conversation_id=conversation.id).rounds
    assert [r.candidates[0].text for r in shown] == ["Two.", "Five."]
    assert len(shown[0].versions) == 3
    assert unranked(services) == ()


def test_our_own_export_brings_all_replies_and_what_was_edited(
    services: Services, ask_round: AskRound, tmp_path: Path
) -> None:
    asked = ask_round(services, text="Why?", drafts=3)
    edit_reply(services, query_id=asked.query_id, letter="B", text="Mine.")
    file = tmp_path / "one.json"
    history.export(services, conversation_id=asked.conversation_id, file=file)
    import_chats(services, file=file)
    copies = [c for c in history.list_conversations(services) if c.folder == "From Attune"]
    (round_,) = history.show(services, conversation_id=copies[0].id).rounds
    going_on = next(c for c in round_.candidates if c.id == round_.chosen)
    assert (going_on.said, going_on.text) == ("Mine.", asked.candidate("B").text)
    assert {c.text for c in round_.candidates} == {c.text for c in asked.candidates}
