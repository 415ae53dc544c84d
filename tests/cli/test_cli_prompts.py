from __future__ import annotations

import json

from attune_program import Attune


def rank_some(attune: Attune, count: int) -> None:
    for number in range(count):
        asked = json.loads(attune("ask", f"Question {number}?", "--json").out)
        attune("rank", str(asked["query_id"]), "A>B=C")


def test_the_pool_is_learned_and_listed(attune: Attune) -> None:
    rank_some(attune, 4)
    learned = attune("learn", "--only", "prompts", "--json")
    assert learned.code == 0
    content = json.loads(learned.out)
    assert content["updated"] == ["prompts"]
    assert content["rankings"] == 4
    listed = json.loads(attune("prompts", "--json").out)["prompts"]
    assert listed == content["prompts"]
    assert {"text", "score", "used", "outcomes"} <= set(listed[0])


def test_without_rankings_nothing_is_learned_and_the_reason_is_given(attune: Attune) -> None:
    refused = attune("learn", "--only", "prompts")
    assert refused.code == 1
    assert "at least 4 rankings" in refused.err


def test_an_empty_pool_says_how_to_fill_it(attune: Attune) -> None:
    assert "learn --only prompts" in attune("prompts").out
