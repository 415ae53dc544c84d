"""attune models."""

from __future__ import annotations

import json


def test_the_embedded_model_is_listed_as_used(attune, embedded_model):
    listed = json.loads(attune("models", "list", "--json").out)["models"]
    used = [model for model in listed if model["used"]]
    assert [model["path"] for model in used] == [str(embedded_model)]
    assert "llama" in attune("models", "list").out


def test_check_says_whether_a_model_fits(attune, embedded_model):
    content = json.loads(attune("models", "check", str(embedded_model), "--json").out)
    assert content["architecture"] == "llama"
    assert content["verdict"] in ("fits", "may be slow", "won't fit")
    assert "MB" in attune("models", "check", str(embedded_model)).out


def test_an_added_model_is_used_by_name_and_given_up_again(attune, embedded_model, tmp_path):
    file = tmp_path / "mine.gguf"
    file.symlink_to(embedded_model)
    assert attune("models", "add", str(file)).code == 0
    assert attune("models", "add", str(file)).code == 1  # never replaced
    content = json.loads(attune("models", "use", "mine", "--json").out)
    assert content["model"] == str(attune.home / "models" / "mine.gguf")
    assert attune("models", "use", "").code == 0
    assert json.loads(attune("settings", "list", "--json").out)["settings"]["model"] == ""


def test_a_model_that_vanished_is_listed_with_its_problem(attune, embedded_model, tmp_path):
    file = tmp_path / "mine.gguf"
    file.symlink_to(embedded_model)
    attune("models", "use", str(file))
    file.unlink()
    listed = json.loads(attune("models", "list", "--json").out)["models"]
    assert [("missing" in m["problem"]) for m in listed if m["used"]] == [True]


def test_only_models_of_the_manifest_are_fetched(attune):
    done = attune("models", "fetch", "nonsense")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "smollm2" in done.err


def test_a_model_in_place_is_not_fetched_again(attune, embedded_model):
    done = attune("models", "fetch", embedded_model.stem, "--json")
    assert done.code == 0
    assert json.loads(done.out)["fetched"] is True
    assert "in place" in done.err
