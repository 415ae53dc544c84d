"""attune learn, profile, tag."""

from __future__ import annotations

import json


def ranked(attune, *orders):
    for number, order in enumerate(orders, 1):
        attune("ask", f"Query {number}")
        attune("rank", str(number), order)


def profile(attune):
    return json.loads(attune("profile", "show", "--json").out)


def test_learn_reports_progress_on_standard_error(attune):
    ranked(attune, "A", "B")
    done = attune("learn", "--only", "selector", "--json")
    content = json.loads(done.out)
    assert (content["updated"], content["rankings"]) == (["selector"], 2)
    assert "counting: 1 of 1" in done.err


def test_learn_says_what_it_learned_and_what_came_not_into_use(attune):
    ranked(attune, "A", "B")
    content = json.loads(attune("learn", "--json").out)
    assert content["updated"] == ["selector", "scorer"]
    assert content["refused"] == {}


def test_learn_of_something_unknown_is_wrong_usage(attune):
    assert attune("learn", "--only", "nonsense").code == 2


def test_profile_has_the_keys_of_the_contract(attune):
    ranked(attune, "A>B>C")
    content = profile(attune)
    assert set(content) >= {"rankings", "tags", "rules", "snapshots", "prequential"}
    tag = {"name", "probability", "weight", "sd", "pinned", "banned"}
    assert all(set(entry) >= tag for entry in content["tags"])
    assert set(content["prequential"]) == {"pair_accuracy", "n", "low", "high"}
    assert content["prequential"]["n"] == 3
    assert content["snapshots"][0]["rankings"] == 1


def test_profile_is_readable_before_and_after_a_ranking(attune):
    assert "nothing was expected" in attune("profile", "show").out
    ranked(attune, "A>B>C")
    assert "3 pairs" in attune("profile", "show").out


def test_forget_asks_first(attune):
    ranked(attune, "A")
    done = attune("profile", "forget")
    assert (done.code, "--yes" in done.err) == (1, True)
    assert profile(attune)["rankings"] == 1


def test_forget_removes_superseded_rankings_and_snapshots_and_keeps_conversations(attune):
    ranked(attune, "A", "B")
    attune("rank", "1", "C")
    assert json.loads(attune("profile", "forget", "--yes", "--json").out) == {"forgotten": 2}
    content = profile(attune)
    assert (content["rankings"], content["snapshots"]) == (0, [])
    assert all(tag["weight"] == 0 for tag in content["tags"])
    assert json.loads(attune("conversations", "list", "--json").out)["conversations"]


def test_a_tag_is_pinned_banned_and_freed(attune):
    for command, flags in (("pin", (1, 0)), ("ban", (0, 1)), ("free", (0, 0))):
        content = json.loads(attune("tag", command, "Cooking", "--json").out)
        assert (content["pinned"], content["banned"]) == flags


def test_an_unknown_tag_is_refused(attune):
    done = attune("tag", "pin", "Nonsense")
    assert (done.code, "no tag" in done.err) == (1, True)


def test_the_pull_of_the_place_is_told_with_its_interval_and_count(attune):
    assert "comes first" not in attune("profile", "show").out
    ranked(attune, "A>B>C", "A>B>C")
    assert profile(attune)["place"] == {"weight": -0.4, "sd": 0.1, "rankings": 2}
    said = attune("profile", "show").out
    assert "the one shown first comes first 60% of the time" in said
    assert "55% to 64%, from 2 rankings" in said
