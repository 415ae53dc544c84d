"""attune ask, rank, undo, why."""

from __future__ import annotations

import json

import pytest

from assistant.generation.scripted import ScriptedBackend

ASK = {"query_id", "conversation_id", "model", "candidates", "seconds"}
RANK = {"query_id", "ranking", "expected_order", "agreement", "updated", "seconds"}


def test_ask_prints_one_json_object_with_the_keys_of_the_contract(attune):
    done = attune("ask", "How do I relax?", "--drafts", "3", "--json")
    assert done.code == 0
    content = json.loads(done.out)
    assert set(content) >= ASK
    assert [c["letter"] for c in content["candidates"]] == ["A", "B", "C"]
    assert set(content["candidates"][0]) == {"letter", "text", "tokens", "finish", "guidance"}
    assert set(content["candidates"][0]["guidance"]) == {"tags", "rules", "prompt", "exemplars"}
    assert content["candidates"][0]["finish"] == "stop"


def test_general_options_may_stand_before_the_command(attune):
    done = attune("--json", "--home", str(attune.home), "ask", "Hello", home=False)
    assert json.loads(done.out)["query_id"] == 1


def test_without_json_the_replies_and_the_way_on_are_printed(attune):
    attune.backend = lambda: ScriptedBackend(["one", "two", "three"])
    done = attune("ask", "Hello")
    assert "── A" in done.out
    assert "attune rank 1" in done.out
    assert "\x1b" not in done.out + done.err


def test_streamed_lines_go_to_standard_error_beside_json(attune):
    done = attune("ask", "Hello", "--stream", "--json")
    assert json.loads(done.out)["query_id"] == 1
    assert "A │ " in done.err


def test_control_codes_of_a_reply_do_not_reach_the_terminal(attune):
    attune.backend = lambda: ScriptedBackend(["\x1b]0;title\x07 red \x1b[31m"])
    assert "\x1b" not in attune("ask", "Hello").out


def test_a_conversation_goes_on(attune):
    attune("ask", "Hello")
    content = json.loads(attune("ask", "More", "--conversation", "1", "--json").out)
    assert (content["query_id"], content["conversation_id"]) == (2, 1)


def test_the_longest_reply_can_be_set_for_one_query(attune):
    content = json.loads(attune("ask", "Hello", "--max-tokens", "8", "--json").out)
    assert {c["tokens"] for c in content["candidates"]} == {8}
    assert {c["finish"] for c in content["candidates"]} == {"length"}


def test_rank_reports_the_order_expected_before_and_what_was_updated(attune):
    attune("ask", "Hello")
    done = attune("rank", "1", "B>A=C", "--json")
    content = json.loads(done.out)
    assert set(content) == RANK
    assert content["ranking"] == "B>A=C"
    assert content["expected_order"] == "A=B=C"
    assert content["agreement"] == 0.5
    assert content["updated"] == ["selector"]


@pytest.mark.parametrize("order", ["B", "none", "A=B=C", "c>b>a"])
def test_every_kind_of_order_is_taken_as_typed(attune, order):
    attune("ask", "Hello")
    assert json.loads(attune("rank", "1", order, "--json").out)["ranking"] == order


def test_undo_takes_the_ranking_back(attune):
    attune("ask", "Hello")
    before = attune("profile", "show", "--json").out
    attune("rank", "1", "B")
    content = json.loads(attune("undo", "1", "--json").out)
    assert set(content) == RANK
    assert content["ranking"] is None
    after = json.loads(attune("profile", "show", "--json").out)
    assert after["tags"] == json.loads(before)["tags"]
    assert after["rankings"] == 0


def test_undo_lets_the_superseded_ranking_count_again(attune):
    attune("ask", "Hello")
    attune("rank", "1", "B")
    attune("rank", "1", "C")
    assert json.loads(attune("undo", "1", "--json").out)["ranking"] == "B"


def test_why_names_weights_and_the_rankings_behind_them(attune):
    attune("ask", "Hello")
    attune("rank", "1", "A")
    content = json.loads(attune("why", "1", "--json").out)
    first = content["candidates"][0]
    assert set(first) >= {"letter", "guidance", "weights"}
    assert set(first["weights"][0]) == {"name", "kind", "weight", "sd", "rankings"}
    assert first["weights"][0]["rankings"] == [1]
    assert "rankings behind it: 1" in attune("why", "1").out
