"""attune snippets: kept, listed, changed, removed."""

from __future__ import annotations

import json


def test_snippets_are_kept_changed_and_removed(attune):
    assert "no snippets yet" in attune("snippets", "list").out
    assert attune("snippets", "add", "Greeting", "Dear all").code == 0
    assert "Dear both" in attune("snippets", "edit", "/greeting", "--text", "Dear both").out
    assert attune("snippets", "edit", "greeting", "--name", "Hello").code == 0
    found = json.loads(attune("snippets", "list", "--json").out)["snippets"]
    assert found == [{"name": "Hello", "text": "Dear both", "origin": ""}]
    assert attune("snippets", "remove", "HELLO").code == 0
    assert "no snippets yet" in attune("snippets", "list").out


def test_what_cannot_be_done_is_one_sentence(attune):
    assert "snippets list" in attune("snippets", "remove", "none").err
    assert "--text" in attune("snippets", "edit", "none").err
    assert attune("snippets", "add", " ", "text").code == 1
