"""Bad input: exit code 1, one sentence on standard error, nothing lost."""

from __future__ import annotations

import json
import os
import sqlite3

import pytest

from assistant.generation.scripted import ScriptedBackend
from assistant.storage.backups import back_up
from assistant.storage.database import open_database


def refused(outcome, *words):
    assert outcome.code == 1
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert "Traceback" not in outcome.err
    for word in words:
        assert word in outcome.err


def test_an_empty_query_is_refused_and_leaves_no_conversation(attune):
    refused(attune("ask", "  ", "--json"), "empty")
    assert json.loads(attune("conversations", "list", "--json").out)["conversations"] == []


@pytest.mark.parametrize("command", [["rank", "7", "A"], ["undo", "7"], ["why", "7"]])
def test_an_unknown_query_is_refused(attune, command):
    refused(attune(*command, "--json"), "no query 7")
    assert json.loads(attune("profile", "show", "--json").out)["rankings"] == 0


@pytest.mark.parametrize(("order", "word"), [("B>X", "X"), ("B>A=B", "twice"), ("B>>A", "read")])
def test_a_wrong_order_is_refused_and_nothing_is_stored(attune, order, word):
    attune("ask", "Hello")
    refused(attune("rank", "1", order, "--json"), word)
    assert json.loads(attune("profile", "show", "--json").out)["rankings"] == 0


def test_undo_without_a_ranking_is_refused(attune):
    attune("ask", "Hello")
    refused(attune("undo", "1"), "no ranking")
    assert json.loads(attune("profile", "show", "--json").out)["rankings"] == 0


def test_an_unknown_conversation_is_refused(attune):
    refused(attune("ask", "Hello", "--conversation", "5"), "no conversation 5")
    assert json.loads(attune("conversations", "list", "--json").out)["conversations"] == []


@pytest.mark.parametrize("command", [["settings", "set", "model"], ["models", "use"]])
@pytest.mark.parametrize("kind", ["missing", "other", "truncated"])
def test_a_model_file_that_cannot_be_used_is_refused_and_the_old_one_stays(
    attune, tmp_path, embedded_model, command, kind
):
    file = tmp_path / "model.gguf"
    if kind == "other":
        file.write_bytes(b"PK\x03\x04" + bytes(100))
    if kind == "truncated":
        with embedded_model.open("rb") as whole:
            file.write_bytes(whole.read(100_000))
    refused(attune(*command, str(file)), str(file))
    assert json.loads(attune("settings", "list", "--json").out)["settings"]["model"] == ""


def test_a_second_instance_is_refused_and_the_first_goes_on(attune):
    attune("ask", "Hello")
    first = open_database(attune.paths.database)
    try:
        refused(attune("rank", "1", "A"), "already running")
        assert first.run(lambda db: db.rankings.count()) == 0
    finally:
        first.close()


def damage(attune):
    with attune.paths.database.open("r+b") as file:
        file.write(b"damaged!" * 512)
    return attune.paths.database.read_bytes()


def test_a_damaged_data_file_is_left_alone_and_the_remedy_is_named(attune):
    attune("ask", "Hello")
    before = damage(attune)
    refused(attune("conversations", "list"), "damaged", "attune doctor --start-new")
    assert attune.paths.database.read_bytes() == before


def test_restore_puts_the_backup_in_place_and_keeps_the_damaged_file(attune):
    attune("ask", "Hello")
    connection = sqlite3.connect(attune.paths.database)
    back_up(connection, attune.paths.backups, "20260101T000000")
    connection.close()
    before = damage(attune)
    refused(attune("conversations", "list"), "damaged", "attune doctor --restore")
    content = json.loads(attune("doctor", "--restore", "--json").out)
    assert content["kept"] is not None
    kept = list(attune.home.glob("attune.db.damaged-*"))
    assert [file.read_bytes() for file in kept] == [before]
    listed = json.loads(attune("conversations", "list", "--json").out)
    assert [c["title"] for c in listed["conversations"]] == ["Hello"]


def test_begun_anew_the_damaged_file_is_kept(attune):
    attune("ask", "Hello")
    before = damage(attune)
    refused(attune("doctor", "--restore"), "no intact backup")
    assert attune("doctor", "--start-new").code == 0
    kept = list(attune.home.glob("attune.db.damaged-*"))
    assert [file.read_bytes() for file in kept] == [before]
    assert json.loads(attune("conversations", "list", "--json").out)["conversations"] == []


@pytest.mark.parametrize("option", ["--restore", "--start-new"])
def test_a_sound_data_file_is_never_replaced(attune, option):
    attune("ask", "Hello")
    refused(attune("doctor", option), "sound")
    assert json.loads(attune("conversations", "list", "--json").out)["conversations"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions work differently here")
def test_a_home_that_cannot_be_written_is_refused(attune, tmp_path):
    if os.geteuid() == 0:
        attune.home = tmp_path / "file" / "home"  # permissions do not bind root; this does
        (tmp_path / "file").write_text("not a folder")
    else:
        attune.home.mkdir(mode=0o500)
    refused(attune("conversations", "list"), "cannot be written", "--home")
    assert not (attune.home / "attune.db").exists()


def test_a_query_longer_than_the_context_is_refused_and_kept(attune):
    attune.backend = lambda: ScriptedBackend(context=64)
    refused(attune("ask", "word " * 100, "--json"), "context")
    content = json.loads(attune("conversations", "show", "1", "--json").out)
    assert content["rounds"][0]["text"] == ("word " * 100).strip()


def test_bytes_that_are_no_characters_do_not_end_the_program(attune):
    assert attune("ask", "caf\udce9").code == 0


def test_a_missing_model_is_not_measured(attune, tmp_path):
    model = tmp_path / "none.gguf"
    refused(attune("bench", "generation", "--model", str(model)), "missing")
    assert not model.exists()


def test_wrong_usage_is_exit_code_2(attune):
    assert attune("ask").code == 2
    assert attune("nonsense").code == 2
    assert attune("rank", "one", "A").code == 2
