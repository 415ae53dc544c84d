"""attune documents."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def file(attune, tmp_path):
    path = tmp_path / "tides.md"
    path.write_text("# Tides\n\nHigh water at Skarholm is at noon.\n")
    return path


def test_a_document_is_attached_found_and_removed(attune, file):
    added = json.loads(attune("documents", "add", "new", str(file), "--json").out)
    assert added["document"]["name"] == "tides.md"
    number = str(added["conversation_id"])
    listed = json.loads(attune("documents", "list", "--json").out)["documents"]
    assert listed == [added["document"]]
    found = json.loads(attune("documents", "find", "high water", "--json").out)["passages"]
    assert "Skarholm" in found[0]["text"]
    assert found[0]["document"] == "tides.md"
    in_it = attune("documents", "find", "high water", "--conversation", number)
    assert in_it.out.startswith("tides.md: # Tides High water")
    removed = attune("documents", "remove", str(added["document"]["id"]))
    assert (removed.code, "removed" in removed.out) == (0, True)
    assert "No document" in attune("documents", "list").out
    assert "No document" in attune("documents", "find", "water").out
    assert file.is_file()


def test_replies_name_their_sources(attune, file):
    added = json.loads(attune("documents", "add", "new", str(file), "--json").out)
    number = str(added["conversation_id"])
    asked = json.loads(attune("ask", "When?", "--conversation", number, "--json").out)
    assert [source["document"] for source in asked["sources"]] == ["tides.md"]
    assert "Drawn on: tides.md" in attune("ask", "Where?", "--conversation", number).out
    why = attune("why", str(asked["query_id"]))
    assert "from tides.md: # Tides High water" in why.out
    shown = json.loads(attune("conversations", "show", number, "--json").out)
    assert shown["rounds"][0]["sources"] == asked["sources"]
    assert "*Drawn on: tides.md*" in attune("conversations", "show", number).out


def test_what_cannot_be_attached_is_refused_with_its_reason(attune, file, tmp_path):
    broken = tmp_path / "book.pdf"
    broken.write_bytes(b"%PDF-1.4 and nothing behind it")
    for arguments, said in (
        (("add", "new", str(broken)), "broken PDF"),
        (("add", "x", str(file)), "“x” is no conversation"),
        (("add", "7", str(file)), "no conversation 7"),
        (("add", "new", str(tmp_path / "none")), "no file"),
        (("remove", "3"), "no document 3"),
        (("list", "--conversation", "7"), "no conversation 7"),
        (("find", "x", "--conversation", "7"), "no conversation 7"),
    ):
        done = attune("documents", *arguments)
        assert (done.code, done.err.count("\n")) == (1, 1)
        assert said in done.err
