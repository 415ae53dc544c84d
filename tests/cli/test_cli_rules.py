"""attune rules and attune agent: the user's say in them."""

from __future__ import annotations

import json


def rules(attune):
    return json.loads(attune("rules", "list", "--json").out)["rules"]


def test_a_rule_is_added_reworded_banned_freed_and_removed(attune):
    assert "no rules yet" in attune("rules", "list").out
    added = json.loads(attune("rules", "add", "Be brief", "--json").out)
    assert (added["text"], added["used"], added["pinned"]) == ("Be brief", True, True)
    number = str(added["id"])
    assert "Three lines" in attune("rules", "edit", number, "Three lines").out
    assert "banned" in attune("rules", "ban", number).out
    assert not rules(attune)[0]["used"]
    assert attune("rules", "free", number).code == 0
    assert attune("rules", "pin", number).code == 0
    assert rules(attune)[0]["used"]
    assert attune("rules", "remove", number).code == 0
    assert rules(attune) == []


def test_an_unknown_rule_is_refused_with_the_way_to_find_it(attune):
    done = attune("rules", "ban", "7")
    assert done.code == 1
    assert "rules list" in done.err


def test_rules_stand_in_the_profile_and_found_ones_are_forgotten_with_the_rest(attune):
    attune("rules", "add", "Be brief")
    profile = json.loads(attune("profile", "show", "--json").out)
    assert [rule["text"] for rule in profile["rules"]] == ["Be brief"]
    attune("profile", "forget", "--yes")
    assert [rule["text"] for rule in rules(attune)] == ["Be brief"]


def test_without_a_trained_agent_there_is_nothing_to_go_back_to(attune):
    assert "No trained agent" in attune("agent", "list").out
    done = attune("agent", "previous")
    assert done.code == 1
    assert "No earlier version" in done.err
    assert json.loads(attune("agent", "base", "--json").out) == {"active": None}
