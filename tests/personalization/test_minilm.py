"""The numpy model gives the vectors of sentence-transformers, and refuses what is no model."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.domain.errors import ModelProblem
from assistant.personalization.embedder import load_minilm
from assistant.personalization.learner import EMBEDDER
from assistant.personalization.minilm import MiniLm

MODELS = Path(__file__).resolve().parents[2] / "models"
TEXTS = [
    "",
    "a",
    "How do I relax after work?",
    "日本語と English mixed – “quoted”, naïve café 🙂",
    "One line\nand another\tone.",
    "word " * 400,
    *(f"number {i}, which is {i * i} squared" for i in range(20)),
]


def test_the_vectors_are_those_of_sentence_transformers() -> None:
    library = load_minilm(MODELS).encode(TEXTS, normalize_embeddings=True)
    ours = MiniLm(MODELS / EMBEDDER).embed(TEXTS)
    assert ours.dtype == np.float32
    assert ours.shape == (len(TEXTS), 384)
    assert np.abs(ours - library).max() < 1e-5


def test_a_vector_does_not_depend_on_what_is_embedded_with_it() -> None:
    model = MiniLm(MODELS / EMBEDDER)
    alone = np.concatenate([model.embed([text]) for text in TEXTS])
    assert np.abs(model.embed(TEXTS) - alone).max() < 1e-6


@pytest.mark.parametrize("missing", ["model.safetensors", "tokenizer.json", "config.json"])
@pytest.mark.parametrize("damaged", [False, True])
def test_a_missing_or_damaged_file_is_told_with_the_remedy(
    tmp_path: Path, missing: str, damaged: bool
) -> None:
    for file in (MODELS / EMBEDDER).glob("*.json"):
        shutil.copy(file, tmp_path)
    (tmp_path / "model.safetensors").symlink_to(MODELS / EMBEDDER / "model.safetensors")
    (tmp_path / missing).unlink()
    if damaged:
        (tmp_path / missing).write_bytes(b"{ damaged")
    with pytest.raises(ModelProblem, match=r"models/fetch\.py"):
        MiniLm(tmp_path)
