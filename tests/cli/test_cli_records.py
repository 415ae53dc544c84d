"""attune conversations and settings."""

from __future__ import annotations

import json

import pytest


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
    assert attune("conversations", "show", "1").code == 1
    assert attune("conversations", "restore", "1").code == 0
    assert len(found(attune, "list")) == 1
    assert "no deleted conversation" in attune("conversations", "restore", "9").err


def test_a_setting_is_stored_with_its_type(attune):
    content = json.loads(attune("settings", "set", "replies", "2", "--json").out)
    assert content == {"key": "replies", "value": 2}
    assert len(json.loads(attune("ask", "Hello", "--json").out)["candidates"]) == 2
    assert "replies = 2" in attune("settings", "list").out


@pytest.mark.parametrize(("key", "value"), [("replies", "9"), ("replies", "x"), ("none", "1")])
def test_a_setting_that_is_not_allowed_is_refused(attune, key, value):
    done = attune("settings", "set", key, value)
    assert (done.code, key in done.err) == (1, True)
