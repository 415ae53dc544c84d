"""attune settings: what is stored has its type, what is not allowed is refused."""

from __future__ import annotations

import json

import pytest


def test_a_setting_is_stored_with_its_type(attune):
    content = json.loads(attune("settings", "set", "replies", "2", "--json").out)
    assert content == {"key": "replies", "value": 2}
    assert len(json.loads(attune("ask", "Hello", "--json").out)["candidates"]) == 2
    assert "replies = 2" in attune("settings", "list").out


@pytest.mark.parametrize(("key", "value"), [("replies", "9"), ("replies", "x"), ("none", "1")])
def test_a_setting_that_is_not_allowed_is_refused(attune, key, value):
    done = attune("settings", "set", key, value)
    assert (done.code, key in done.err) == (1, True)


def test_the_window_knows_a_language_set_here_at_its_next_start(attune, tmp_path):
    assert attune("settings", "set", "language", "german").code == 0
    notes = list(tmp_path.rglob("cache/language"))
    assert [note.read_text() for note in notes] == ["german"]
    assert attune("settings", "set", "language", "french").code == 1
