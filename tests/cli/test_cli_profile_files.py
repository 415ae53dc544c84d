"""attune profile export, import, imports, remove; the prompts and the agent that come with it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from attune_program import Attune

from assistant.domain.model import QueryId
from assistant.storage.archive import read_archive
from assistant.storage.prompts import PromptOutcome, StoredPrompt
from assistant.usecases.agent import AGENT, model_mark
from tests.personalization.adapter_states import adapter_bytes, halves

MODEL = "ab" * 32  # another one than the scripted model


@pytest.fixture
def other(tmp_path: Path, attune: Attune) -> Attune:
    """The program of somebody else, who has learned a few things."""
    theirs = Attune(tmp_path / "other", attune.project, attune.capture)
    asked = json.loads(theirs("ask", "Question?", "--json").out)
    theirs("rank", str(asked["query_id"]), "A>B=C")
    outcome = PromptOutcome(QueryId(asked["query_id"]), 0.75, "said")
    pool = [StoredPrompt("Be brief.", 1.0, (outcome,))]
    metrics = {"model": model_mark(MODEL)}
    state = adapter_bytes()
    with theirs.open_services(theirs.paths) as services:
        services.store.run(lambda db: db.prompts.replace(pool))
        services.store.run(lambda db: db.snapshots.activate(AGENT, state, 1, metrics, 5.0))
    return theirs


@pytest.fixture
def file(other: Attune, tmp_path: Path) -> Path:
    path = tmp_path / "me.attune"
    assert other("profile", "export", str(path)).code == 0
    return path


def test_a_profile_is_exported_with_prompts_and_agent(other: Attune, tmp_path: Path) -> None:
    path = tmp_path / "me.attune"
    told = other("profile", "export", str(path))
    assert told.out.strip().endswith(
        "holds 1 lesson, 3 tags, 1 prompt and the agent, without texts."
    )
    as_json = json.loads(other("profile", "export", str(path), "--json").out)
    assert (as_json["prompts"], as_json["adapter"], as_json["lessons"]) == (1, True, 1)
    assert {"prompts.json", "adapter.safetensors"} < set(read_archive(path))


def test_a_preview_tells_all_and_changes_nothing(attune: Attune, file: Path) -> None:
    told = attune("profile", "import", str(file), "--dry-run")
    assert told.code == 0
    assert "1 lesson would come in, 0 were here already" in told.out
    assert "prompt, banned until you allow it: Be brief." in told.out
    assert "agent trained on 1 ranking: It was made for the model" in told.out
    assert "No profile was imported." in attune("profile", "imports").out
    content = json.loads(attune("profile", "import", str(file), "--dry-run", "--json").out)
    assert content["prompts"] == {
        "new": ["Be brief."],
        "updated": [],
        "changed": [],
        "known": 0,
    }
    assert content["adapter"]["known"] is False


def test_a_preview_of_replacing_counts_what_would_be_forgotten_as_new(
    other: Attune, file: Path
) -> None:
    told = other("profile", "import", str(file), "--dry-run")
    assert "0 lessons would come in, 1 was here already" in told.out
    told = other("profile", "import", str(file), "--dry-run", "--replace")
    assert "1 lesson would come in, 0 were here already" in told.out
    assert "prompt, banned until you allow it: Be brief." in told.out


def test_what_came_is_reviewed_and_taken_back(attune: Attune, file: Path) -> None:
    profile = json.loads(attune("profile", "import", str(file), "--json").out)["profile"]
    assert "(banned, came with a profile): Be brief." in attune("prompts").out
    assert "(used, came with a profile): Be brief." in attune("prompts", "allow", "1").out
    (prompt,) = json.loads(attune("prompts", "--json").out)["prompts"]
    assert (prompt["used"], prompt["score"], len(prompt["elsewhere"])) == (True, 0.75, 1)
    assert "(banned" in attune("prompts", "ban", "1").out
    assert "came with a profile. It was made for the model" in attune("agent", "list").out
    refused = attune("agent", "use", "1")
    assert (refused.code, refused.out) == (1, "")
    assert "choose that model to switch it on" in refused.err
    assert "1 prompt was here already" in attune("profile", "import", str(file)).out
    assert f"{profile}: 1 lesson" in attune("profile", "imports").out
    assert attune("profile", "remove", profile).code == 0
    assert json.loads(attune("prompts", "--json").out) == {"prompts": []}
    assert json.loads(attune("agent", "list", "--json").out) == {"versions": []}
    assert attune("profile", "remove", profile).code == 1


def test_a_number_that_no_prompt_has_is_refused(attune: Attune) -> None:
    refused = attune("prompts", "allow", "7")
    assert refused.code == 1
    assert "no prompt 7" in refused.err


def put(file: Path, name: str, content: bytes) -> None:
    """Replace one part of a file, or add it."""
    parts = {**read_archive(file), name: content}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, value in parts.items():
            archive.writestr(part, value)


def prompts(text: str) -> bytes:
    return json.dumps([{"text": text, "created_at": 1.0, "outcomes": []}]).encode()


def not_finite() -> bytes:
    tensors = halves()
    next(iter(tensors.values()))[0, 0] = float("nan")
    return adapter_bytes(tensors)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("adapter.safetensors", adapter_bytes()[:-100]),
        ("adapter.safetensors", not_finite()),
        ("adapter.safetensors", (1 << 62).to_bytes(8, "little") + adapter_bytes()[8:]),
        ("adapter.safetensors", adapter_bytes(halves(rank=9))),
        ("adapter.bin", b"\x80\x04."),
        ("../prompts.json", b"[]"),
        ("prompts.json", prompts("ring \u0007 the bell")),
        ("prompts.json", prompts("x" * (1 << 20))),
        ("prompts.json", b"{"),
        ("prompts.json", b"[5]"),
    ],
)
def test_a_hostile_file_is_refused_in_one_sentence_and_changes_nothing(
    attune: Attune, file: Path, name: str, content: bytes
) -> None:
    attune("profile", "show")  # the data file exists
    with attune.open_services(attune.paths) as services:
        before = services.store.run(lambda db: list(db.tables.conn.iterdump()))
    put(file, name, content)
    for options in ((), ("--dry-run",), ("--replace",)):
        refused = attune("profile", "import", str(file), *options)
        assert refused.code == 1
        assert refused.out == ""
        assert len(refused.err.strip().splitlines()) == 1
        assert len(refused.err) < 400
    with attune.open_services(attune.paths) as services:
        assert services.store.run(lambda db: list(db.tables.conn.iterdump())) == before
