"""attune chat, with its input from a file or a pipe."""

from __future__ import annotations

import io
import json

from assistant.generation.scripted import ScriptedBackend


def talk(attune, monkeypatch, *lines, arguments=()):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(line + "\n" for line in lines)))
    return attune("chat", *arguments)


def rounds(attune):
    return json.loads(attune("conversations", "show", "1", "--json").out)["rounds"]


def test_rounds_are_asked_ranked_and_learned_from(attune, monkeypatch):
    done = talk(attune, monkeypatch, "Hello", "B>A=C", "And then?", "none")
    assert done.code == 0
    assert "Expected order" in done.out
    assert [r["ranking"] for r in rounds(attune)] == ["B>A=C", "none"]


def test_an_empty_line_skips_the_ranking(attune, monkeypatch):
    talk(attune, monkeypatch, "Hello", "", "/quit")
    assert [(r["ranking"], r["skipped"]) for r in rounds(attune)] == [(None, True)]


def test_a_wrong_order_is_asked_for_again(attune, monkeypatch):
    done = talk(attune, monkeypatch, "Hello", "X", "A")
    assert "no reply X" in done.err
    assert rounds(attune)[0]["ranking"] == "A"


def test_undo_takes_the_last_ranking_back(attune, monkeypatch):
    done = talk(attune, monkeypatch, "/undo", "Hello", "A", "/undo", "/undo", "/what", "/quit")
    assert "Nothing was asked" in done.err
    assert "no ranking" in done.err
    assert "no /what" in done.err
    assert rounds(attune)[0]["ranking"] is None


def test_why_explains_the_last_query_also_before_it_is_ranked(attune, monkeypatch):
    assert "explore: Cooking" in talk(attune, monkeypatch, "Hello", "/why", "/quit").out


def test_quit_at_the_ranking_ends_with_the_replies_kept(attune, monkeypatch):
    assert talk(attune, monkeypatch, "Hello", "/quit", "Never asked").code == 0
    assert len(rounds(attune)) == 1


def test_a_query_that_does_not_fit_is_told_and_the_talk_goes_on(attune, monkeypatch):
    attune.backend = lambda: ScriptedBackend(context=64)
    done = talk(attune, monkeypatch, "word " * 100, "Hello", "A")
    assert "context" in done.err
    assert done.code == 0
    listed = json.loads(attune("conversations", "list", "--json").out)["conversations"]
    assert "Hello" in [c["title"] for c in listed]


def test_json_is_one_object_at_the_end(attune, monkeypatch):
    done = talk(attune, monkeypatch, "Hello", "A", arguments=["--json"])
    assert json.loads(done.out) == {"conversation_id": 1, "query_ids": [1]}


def test_a_temporary_talk_leaves_nothing_behind(attune, monkeypatch):
    attune("ask", "Real", "--json")
    attune("rank", "1", "A>B>C")
    before = json.loads(attune("profile", "show", "--json").out)["tags"]
    arguments = ("--temporary",)
    done = talk(attune, monkeypatch, "Secretword", "B", "/undo", "/quit", arguments=arguments)
    assert "Nothing of this conversation is stored" in done.err
    listed = json.loads(attune("conversations", "list", "--json").out)["conversations"]
    assert [c["title"] for c in listed] == ["Real"]
    assert json.loads(attune("profile", "show", "--json").out)["tags"] == before
    assert b"Secretword" not in b"".join(
        file.read_bytes() for file in attune.paths.home.rglob("*") if file.is_file()
    )
