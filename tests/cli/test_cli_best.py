"""Only the best reply on the command line: `attune ask --best`, and `chat` as it is set."""

from __future__ import annotations

import io
import json

import pytest

from assistant.generation.scripted import ScriptedBackend

TEXTS = ("one one", "two two", "three three")


@pytest.fixture
def taught(attune):
    """A program that learned from one ranking to expect replies about sailing first."""
    attune.backend = lambda: ScriptedBackend(list(TEXTS))
    asked = json.loads(attune("ask", "Hello", "--json").out)
    (sailing,) = [c for c in asked["candidates"] if c["guidance"]["tags"] == ["Sailing"]]
    attune("rank", "1", sailing["letter"])
    return attune


def whole_round(attune, query: int):
    rounds = json.loads(attune("conversations", "show", "2", "--json").out)["rounds"]
    return next(one for one in rounds if one["query_id"] == query)


def talk(attune, monkeypatch, *lines):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(line + "\n" for line in lines)))
    return attune("chat")


def test_only_the_best_reply_is_printed_with_its_letter_and_how_sure_that_is(taught):
    done = taught("ask", "More", "--best", "--seed", "3")
    best = whole_round(taught, 2)
    (wanted,) = [c for c in best["candidates"] if c["guidance"]["tags"] == ["Sailing"]]
    assert best["chosen"] == wanted["letter"]
    assert done.out.splitlines()[:2] == [
        f"── {wanted['letter']} (of 3: 43% that you would rank it first)",
        wanted["text"],
    ]
    assert sum(text in done.out for text in TEXTS) == 1
    assert "attune unranked --replies --most 1" in done.err
    listed = taught("unranked", "--replies", "--most", "1").out
    assert "attune rank 2" in listed
    assert all(text in listed for text in TEXTS)
    assert not any(text in taught("unranked").out for text in TEXTS)


def test_as_json_it_is_the_only_candidate_and_nothing_is_ranked(taught):
    content = json.loads(taught("ask", "More", "--best", "--json").out)
    (only,) = content["candidates"]
    assert only["guidance"]["tags"] == ["Sailing"]
    assert content["best"]["letter"] == only["letter"] == content["chosen"]
    assert content["best"]["of"] == 3
    assert content["best"]["probability"] == pytest.approx(0.434, abs=0.001)
    assert content["ranking"] is None
    assert not content["skipped"]


def test_before_anything_was_learned_that_is_said_and_no_probability_is_given(attune):
    done = attune("ask", "Hello", "--best", "--json")
    assert "Nothing was learned about you yet" in done.err
    assert json.loads(done.out)["best"]["probability"] is None


def test_of_one_reply_there_is_no_best_so_two_are_written(taught):
    assert json.loads(taught("ask", "More", "--best", "--drafts", "1", "--json").out)["best"][
        "of"
    ] == (2)


def test_streaming_every_reply_and_showing_only_the_best_exclude_each_other(attune):
    done = attune("ask", "Hello", "--best", "--stream")
    assert done.code == 1
    assert "leave --stream out" in done.err


def test_the_setting_says_nothing_about_ask_whose_output_scripts_rely_on(taught):
    taught("settings", "set", "show_best", "true")
    assert len(json.loads(taught("ask", "More", "--json").out)["candidates"]) == 3


def test_chat_shows_one_reply_for_each_query_and_asks_for_no_order(taught, monkeypatch):
    taught("settings", "set", "show_best", "true")
    done = talk(taught, monkeypatch, "More", "And then?", "/quit")
    assert done.out.count("that you would rank it first") == 2
    assert "Saved" not in done.out
    assert whole_round(taught, 2)["skipped"]  # gone on without a ranking
    assert not whole_round(taught, 3)["skipped"]


def test_in_chat_all_replies_can_be_seen_and_ranked(taught, monkeypatch):
    taught("settings", "set", "show_best", "true")
    done = talk(taught, monkeypatch, "/rank", "More", "/rank", "B>A", "And then?", "/quit")
    assert "Nothing was asked yet" in done.err
    assert all(text in done.out for text in TEXTS)
    assert "Saved" in done.out
    assert whole_round(taught, 2)["ranking"] == "B>A"
    assert whole_round(taught, 2)["chosen"] == "B"
