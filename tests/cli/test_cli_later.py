"""attune continue, unranked, about."""

from __future__ import annotations

import json

from assistant import __version__
from assistant.generation.scripted import ScriptedBackend

LONG = "one two three four five six seven eight nine ten"


def test_a_reply_that_was_cut_off_is_gone_on_with(attune):
    attune.backend = lambda: ScriptedBackend([LONG])
    asked = json.loads(attune("ask", "Count", "--drafts", "2", "--max-tokens", "8", "--json").out)
    assert [c["finish"] for c in asked["candidates"]] == ["length", "length"]
    refused = attune("continue", "1")
    assert refused.code == 1
    assert "A, B" in refused.err
    done = json.loads(attune("continue", "1", "--letter", "b", "--json").out)
    assert [c["text"] for c in done["candidates"]] == [
        "one two three four five six seven eight",
        LONG,
    ]
    assert "B" in attune("continue", "1", "--letter", "B").err, "it came to its end"


def test_unranked_rounds_are_listed_ranked_and_passed_over(attune):
    for text in ("First?", "Second?"):
        attune("ask", text)
    found = json.loads(attune("unranked", "--json").out)
    assert found["count"] == 2
    assert [one["text"] for one in found["rounds"]] == ["Second?", "First?"]
    assert set(found["rounds"][0]["replies"]) == {"A", "B", "C"}
    attune("rank", "2", "A>B>C")
    assert "attune rank 1" in attune("unranked").out
    assert json.loads(attune("unranked", "--skip", "1", "--json").out)["count"] == 0
    assert "is ranked" in attune("unranked").out
    assert attune("unranked", "--skip", "99").code == 1


def test_about_names_version_licences_and_folder(attune):
    found = json.loads(attune("about", "--json").out)
    assert found["version"] == __version__
    assert found["home"] == str(attune.home)
    assert {model["licence"] for model in found["models"]} == {"Apache-2.0"}
    assert str(attune.home) in attune("about").out


def test_the_version_is_said_at_once_and_touches_nothing(attune):
    done = attune("--version")
    assert done.out.split() == ["Attune", __version__]
    assert done.code == 0
    assert not attune.home.exists()
