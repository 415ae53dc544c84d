from __future__ import annotations

import io
import json

import pytest
from attune_program import Attune


def test_the_interview_is_answered_in_a_terminal_and_goes_on_where_it_stopped(
    attune: Attune, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nz\n\n/quit\n"))
    first = attune("interview")
    assert first.code == 0
    assert "Type one of A, B" in first.err
    shown = json.loads(attune("interview", "list", "--json").out)["questions"]
    assert [q["asked"] for q in shown[:3]] == [True, True, False]
    assert [q["answer"] for q in shown[:3]] == ["A", None, None]
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    again = attune("interview")
    assert shown[0]["text"] not in again.out.split("\n\n")[0]
    assert shown[2]["text"] in again.out


def test_an_answer_can_be_changed_skipped_and_taken_back(attune: Attune) -> None:
    attune("interview", "answer", "length", "B")
    changed = json.loads(attune("interview", "answer", "length", "a", "--json").out)
    assert changed["questions"][0]["answer"] == "A"
    skipped = json.loads(attune("interview", "answer", "length", "skip", "--json").out)
    assert skipped["questions"][0]["answer"] is None
    assert json.loads(attune("interview", "forget", "--json").out) == {"forgotten": 1}


def test_a_letter_or_a_name_that_does_not_exist_is_refused(attune: Attune) -> None:
    assert attune("interview", "answer", "length", "Q").code == 1
    assert "Type one of A, B" in attune("interview", "answer", "length", "Q").err
    assert attune("interview", "answer", "depth", "A").code == 1


def test_answers_weigh_the_tags_before_anything_was_ranked(attune: Attune) -> None:
    before = json.loads(attune("profile", "show", "--json").out)
    attune("interview", "answer", "length", "A")
    after = json.loads(attune("profile", "show", "--json").out)
    brief = {tag["name"]: tag["weight"] for tag in after["tags"]}["Brief"]
    assert brief > {tag["name"]: tag["weight"] for tag in before["tags"]}["Brief"]
    assert after["rankings"] == 0
