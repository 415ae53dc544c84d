"""The real program, model and learner from the command line: it learns, explains and undoes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PROJECT_COMMAND = [sys.executable, "-m", "assistant"]


def attune(home, *arguments):
    ran = subprocess.run(
        [*PROJECT_COMMAND, *arguments, "--json", "--home", str(home)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.fixture
def home(embedded_model, tmp_path):
    assert embedded_model.is_file()
    return tmp_path / "home"


def test_three_rounds_change_what_is_chosen_and_undo_restores_it(home):
    query = "How do I relax after work?"
    asked = attune(home, "ask", query, "--drafts", "3", "--max-tokens", "12", "--seed", "5")
    first = next(c for c in asked["candidates"] if c["guidance"]["tags"])
    before = {t["name"]: t for t in attune(home, "profile", "show")["tags"]}
    ranked = attune(home, "rank", str(asked["query_id"]), first["letter"])
    assert ranked["updated"] == ["selector", "scorer"]
    after = {t["name"]: t for t in attune(home, "profile", "show")["tags"]}
    liked = max(first["guidance"]["tags"], key=lambda name: after[name]["probability"])
    assert after[liked]["weight"] > before[liked]["weight"]
    assert after[liked]["probability"] > 2 * before[liked]["probability"]
    again = attune(home, "ask", query, "--drafts", "2", "--max-tokens", "12")
    assert any(liked in c["guidance"]["tags"] for c in again["candidates"])
    explained = attune(home, "why", str(asked["query_id"]))
    behind = [w for c in explained["candidates"] for w in c["weights"] if w["name"] == liked]
    assert behind[0]["rankings"]
    attune(home, "undo", str(asked["query_id"]))
    restored = {t["name"]: t for t in attune(home, "profile", "show")["tags"]}
    assert restored == before
