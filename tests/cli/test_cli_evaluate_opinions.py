from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from attune_program import Attune

from assistant.evaluation.opinions_data import KNOWN

QUESTIONS = 24


def write_survey(folder: Path) -> Path:
    """Six people who all agree."""
    folder.mkdir()
    questions = [
        {"qid": f"q{i}", "question": f"What about {i}?", "choices": ["for", "against"]}
        for i in range(QUESTIONS)
    ]
    people = [
        {"topic": "T", "user_id": n, "profile": {}, "answers": [[f"q{i}", 0] for i in range(24)]}
        for n in range(6)
    ]
    for name, rows in (("questions", questions), ("users", people)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    return folder


def keep_vectors(attune: Attune) -> None:
    """Vectors in the cache, so that no embedding model is loaded."""
    texts = [f"What about {i}?" for i in range(QUESTIONS)]
    name = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]
    attune.paths.cache.mkdir(parents=True)
    np.savez(attune.paths.cache / f"vectors-{name}.npz", vectors=np.eye(QUESTIONS))


def test_methods_are_reported_with_intervals(attune: Attune, tmp_path: Path) -> None:
    keep_vectors(attune)
    folder = write_survey(tmp_path / "survey")
    told = attune("evaluate", "opinions", "--data", str(folder), "--no-model", "--json")
    assert told.code == 0
    content = json.loads(told.out)
    rows = {row["name"]: row for row in content["methods"]}
    assert rows["majority"]["accuracy"] == 1.0
    assert rows["uniform"]["accuracy"] == 0.5
    assert rows["uniform"]["questions"] == 6 * (QUESTIONS - KNOWN)
    assert {"name", "accuracy", "low", "high", "seconds"} <= set(rows["stack without the model"])


def test_a_folder_without_a_survey_is_refused(attune: Attune, tmp_path: Path) -> None:
    told = attune("evaluate", "opinions", "--data", str(tmp_path), "--no-model")
    assert told.code == 1
    assert "cannot be read" in told.err
