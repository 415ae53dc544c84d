"""attune models server, attune models preset."""

from __future__ import annotations

import json

from tests.usecases.server_of_models import offering

URL = "http://127.0.0.1:1/v1"


def test_a_server_is_used_only_after_its_warning_was_accepted(attune):
    warned = attune("models", "server", URL)
    assert (warned.code, warned.err.count("\n")) == (1, 1)
    assert "leaves this program" in warned.err
    assert "--yes" in warned.err
    assert json.loads(attune("models", "server", "--json").out) == {"server": None}
    chosen = attune("models", "server", URL, "--model", "tiny", "--yes", "--json")
    assert chosen.code == 0
    assert "leaves this program" in chosen.err
    assert "cannot be reached" in chosen.err
    server = json.loads(chosen.out)["server"]
    assert (server["url"], server["model"]) == (URL, "tiny")
    assert "cannot be reached" in server["problem"]


def test_a_server_that_does_not_answer_is_never_said_to_write_the_replies(attune):
    used = attune("models", "server", URL, "--model", "tiny", "--yes")
    later = attune("models", "server")
    for said in (used, later):
        assert "No reply can be written now" in said.out
        assert "Replies are written" not in said.out
        assert "cannot be reached" in said.err


def test_a_server_that_answers_is_said_to_write_the_replies(attune):
    with offering("tiny") as url:
        done = attune("models", "server", url, "--yes")
        assert f"Replies are written by tiny at {url}, which answers." in done.out
        server = json.loads(attune("models", "server", "--json").out)["server"]
        assert server == {"url": url, "model": "tiny"}


def test_a_server_in_use_is_shown_everywhere(attune):
    attune("models", "server", URL, "--model", "tiny", "--key", "secret-1234", "--yes")
    listed = attune("models", "list")
    assert f"* tiny  at {URL}: text leaves this program" in listed.out
    assert "* Smol" not in listed.out
    doctor = json.loads(attune("doctor", "--json").out)
    assert [f["ok"] for f in doctor["findings"] if f["name"] == "server"] == [True]
    shown = attune("settings", "list")
    assert "secret-1234" not in shown.out
    assert "server_key = (set)" in shown.out
    assert attune("models", "server", "off").code == 0
    assert json.loads(attune("models", "list", "--json").out)["server"] is None
    assert "server" not in [
        f["name"] for f in json.loads(attune("doctor", "--json").out)["findings"]
    ]


def test_no_server_comes_in_by_way_of_the_settings(attune):
    for key in ("server_url", "server_model", "server_key"):
        done = attune("settings", "set", key, "http://localhost:1/v1")
        assert done.code == 1
        assert "attune models server" in done.err


def test_an_address_that_cannot_be_used_is_refused(attune):
    done = attune("models", "server", "localhost:8080", "--yes")
    assert (done.code, done.err.count("\n")) == (1, 1)


def test_a_preset_is_set_shown_and_cleared(attune, embedded_model):
    name = embedded_model.stem
    first = json.loads(attune("models", "preset", name, "--json").out)
    assert first["own"] == []
    done = attune("models", "preset", name, "--temperature", "0.2", "--system", "Rhyme.", "--json")
    content = json.loads(done.out)
    assert content["own"] == ["system_text", "temperature"]
    assert content["values"]["temperature"] == 0.2
    assert content["values"]["top_p"] == first["values"]["top_p"]
    assert "temperature = 0.2  (only this model)" in attune("models", "preset", "").out
    assert attune("models", "preset", name, "--clear", "--top-p", "0.5").code == 1
    cleared = json.loads(attune("models", "preset", name, "--clear", "--json").out)
    assert cleared == first


def test_a_value_out_of_bounds_is_refused(attune):
    done = attune("models", "preset", "", "--temperature", "7")
    assert (done.code, done.err.count("\n")) == (1, 1)
