"""Short texts come whole, in the order they were asked for."""

from __future__ import annotations

from assistant.domain.cancel import CancelToken
from assistant.generation.backend import Draft, Sampling, Turn
from assistant.generation.held import write_held
from assistant.generation.scripted import ScriptedBackend

TURNS = (Turn("user", "Name a tag."),)
DRAFTS = [Draft("first", 1, 'root ::= "Tea"'), Draft("second", 2, 'root ::= "Go"')]


def test_each_draft_has_its_own_text() -> None:
    backend = ScriptedBackend(["Street Food", "Go"])
    texts = write_held(backend, TURNS, DRAFTS, Sampling(), CancelToken())
    assert [text.strip() for text in texts] == ["Street Food", "Go"]
    assert backend.requests[0].drafts == tuple(DRAFTS)


def test_a_text_that_is_cut_short_is_handed_over_as_far_as_it_came() -> None:
    backend = ScriptedBackend(["Street Food Markets", "Go"], die_after=2)
    texts = write_held(backend, TURNS, DRAFTS, Sampling(), CancelToken())
    assert [text.split() for text in texts] == [["Street", "Food"], ["Go"]]


def test_nothing_is_written_once_it_is_taken_back() -> None:
    cancel = CancelToken()
    cancel.cancel()
    assert write_held(ScriptedBackend(), TURNS, DRAFTS, Sampling(), cancel) == ["", ""]
