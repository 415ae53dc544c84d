"""attune measure."""

from __future__ import annotations

import json


def test_the_parts_of_a_prompt_are_counted(attune):
    found = json.loads(attune("measure", "How do I sail?", "--json").out)
    assert found["query"] == 6
    assert found["exact"] is True
    assert found["problem"] is None
    parts = found["conversation"] + found["query"] + found["documents"]
    assert found["left"] == found["context"] - parts - found["replies"] * found["guidance"]
    assert "left for the replies" in attune("measure", "How?", "--drafts", "1").out


def test_what_does_not_fit_is_refused_with_the_remedy(attune):
    done = attune("measure", "word " * 5000, "--json")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "shorten it" in done.err
    assert json.loads(done.out)["problem"] == done.err.strip()


def test_a_conversation_that_is_not_there_is_refused(attune):
    done = attune("measure", "How?", "--conversation", "9")
    assert done.code == 1
    assert "no conversation 9" in done.err
