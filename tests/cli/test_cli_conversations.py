"""attune conversations and settings."""

from __future__ import annotations

import json


def found(attune, *arguments):
    content = json.loads(attune("conversations", *arguments, "--json").out)
    return [conversation["title"] for conversation in content["conversations"]]


def test_conversations_are_listed_and_found(attune):
    attune("ask", "About bread")
    attune("ask", "About boats")
    assert found(attune, "list") == ["About boats", "About bread"]
    assert found(attune, "search", "BREAD") == ["About bread"]
    assert found(attune, "search", "100%") == []
    assert "About bread" in attune("conversations", "list").out


def test_a_conversation_is_shown_with_its_query_ids(attune):
    attune("ask", "About bread")
    assert "Queries: 1" in attune("conversations", "show", "1").out


def test_a_conversation_is_written_as_markdown_and_as_json(attune, tmp_path):
    attune("ask", "About bread")
    assert attune("conversations", "export", "1", str(tmp_path / "a.md")).code == 0
    assert attune("conversations", "export", "1", str(tmp_path / "a.json")).code == 0
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# About bread")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["rounds"]


def test_a_file_that_cannot_be_written_is_refused(attune, tmp_path):
    attune("ask", "About bread")
    done = attune("conversations", "export", "1", str(tmp_path / "none" / "a.md"))
    assert (done.code, "cannot be written" in done.err) == (1, True)


def test_a_deleted_conversation_is_gone_until_it_is_brought_back(attune):
    attune("ask", "About bread")
    assert attune("conversations", "delete", "1").code == 0
    assert found(attune, "list") == []
    assert len(found(attune, "list", "--deleted")) == 1
    assert attune("conversations", "show", "1").code == 1
    assert attune("conversations", "restore", "1").code == 0
    assert len(found(attune, "list")) == 1
    assert "No conversation was deleted." in attune("conversations", "list", "--deleted").out
    assert "no deleted conversation" in attune("conversations", "restore", "9").err


def test_a_search_names_the_queries_and_shows_the_words(attune):
    attune("ask", "About bread and butter")
    hits = json.loads(attune("conversations", "search", "butt", "--json").out)["hits"]
    assert [hit["query_id"] for hit in hits if "butter" in hit["excerpt"]]
    assert "[butter]" in attune("conversations", "search", "butter").out


def test_a_query_can_be_asked_in_another_version_and_the_old_one_shown_again(attune):
    first = json.loads(attune("ask", "About bread", "--json").out)["query_id"]
    done = attune("ask", "About rye bread", "--instead-of", str(first), "--json")
    second = json.loads(done.out)["query_id"]
    (shown,) = json.loads(attune("conversations", "show", "1", "--json").out)["rounds"]
    assert (shown["query_id"], shown["versions"]) == (second, [first, second])
    assert "other versions" in attune("conversations", "show", "1").out
    (old,) = json.loads(attune("conversations", "version", str(first), "--json").out)["rounds"]
    assert old["text"] == "About bread"
    assert attune("conversations", "version", "99").code == 1


def test_a_conversation_is_marked(attune):
    attune("ask", "About bread")
    done = attune("conversations", "mark", "1", "--pin", "--folder", "Food", "--no-learn", "--json")
    content = json.loads(done.out)
    assert (content["pinned"], content["folder"], content["learn"]) == (True, "Food", False)
    assert "[Food]" in attune("conversations", "list").out
    ranked = json.loads(attune("rank", "1", "A>B>C", "--json").out)
    assert ranked["updated"] == []


def test_chats_of_another_program_are_imported_once(attune, tmp_path):
    file = tmp_path / "conversations.json"
    messages = [
        {"sender": "human", "text": "Hello", "created_at": "2026-01-01T10:00:00Z"},
        {"sender": "assistant", "text": "Hi there", "created_at": "2026-01-01T10:00:01Z"},
    ]
    file.write_text(json.dumps([{"uuid": "1", "name": "Greeting", "chat_messages": messages}]))
    first = json.loads(attune("conversations", "import", str(file), "--json").out)
    assert first == {"program": "Claude", "added": 1, "known": 0, "left_out": 0}
    assert json.loads(attune("conversations", "import", str(file), "--json").out)["known"] == 1
    assert "Hi there" in attune("conversations", "show", "1").out


def test_a_reply_is_edited_and_the_one_written_stays(attune):
    asked = json.loads(attune("ask", "About bread", "--drafts", "2", "--json").out)
    written = asked["candidates"][0]["text"]
    done = attune("conversations", "reply", "1", "a", "--edit", "Knead it well.", "--json")
    reply = json.loads(done.out)["candidates"][0]
    assert (reply["text"], reply["edits"], reply["version"]) == (written, ["Knead it well."], 1)
    assert "Reply A (edited by you):** Knead it well." in attune("conversations", "show", "1").out
    assert "version 1 of 1" in attune("conversations", "reply", "1", "A", "--version", "1").out
    back = json.loads(attune("conversations", "reply", "1", "A", "--json").out)
    assert (back["candidates"][0]["version"], back["chosen"]) == (0, "A")
    assert "no reply D" in attune("conversations", "reply", "1", "D", "--edit", "x").err
    both = attune("conversations", "reply", "1", "A", "--edit", "x", "--version", "1")
    assert (both.code, both.out) == (1, "")
    assert "not both" in both.err


def test_a_conversation_is_copied_up_to_a_query(attune):
    attune("ask", "About bread", "--drafts", "2")
    attune("ask", "And butter?", "--conversation", "1", "--drafts", "1")
    done = attune("conversations", "copy", "1", "--letter", "b", "--json")
    assert json.loads(done.out)["title"] == "About bread (copy)"
    shown = json.loads(attune("conversations", "show", "2", "--json").out)
    assert [(r["text"], r["chosen"]) for r in shown["rounds"]] == [("About bread", "B")]
    assert attune("conversations", "copy", "77").code == 1
