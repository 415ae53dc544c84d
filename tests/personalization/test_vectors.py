"""Vectors of any text, for those who look for texts by their meaning."""

from __future__ import annotations

import math
import struct
from pathlib import Path

import pytest

from assistant.domain.model import Tag, TagKind
from assistant.personalization.learner import Policy
from assistant.personalization.service import LearnerService
from assistant.personalization.worker import LearnerClient
from tests.personalization.word_embedder import WordEmbedder

ROOT = Path(__file__).resolve().parents[2]


def floats(vector):
    return struct.unpack(f"<{len(vector) // 4}f", vector)


def test_each_text_gets_a_vector_of_length_one(tmp_path):
    service = LearnerService(WordEmbedder(), tmp_path)
    found = service.vectors(["one text", "another", "one text"])
    assert list(found) == ["one text", "another"]
    for vector in found.values():
        assert math.hypot(*floats(vector)) == pytest.approx(1, abs=1e-5)
    assert service.vectors([]) == {}


def test_vectors_given_out_are_not_kept(tmp_path):
    service = LearnerService(WordEmbedder(), tmp_path)
    service.start((Tag("Brief", TagKind.STYLE, "Be brief."),), {}, {})
    service.vectors(["a passage of a document"])
    choice = service.begin_choice("Why?", Policy(drafts=2), 1)()
    assert "a passage of a document" not in choice.vectors
    known = {"Why?": service.vectors(["Why?"])["Why?"]}
    assert known["Why?"] == choice.vectors["Why?"], "the same vector as the learners use"


def test_the_learner_process_embeds_by_meaning():
    if not (ROOT / "models" / "all-MiniLM-L6-v2" / "model.safetensors").is_file():
        pytest.skip("the embedding model is not in models/")
    client = LearnerClient(ROOT / "models", ROOT / "resources" / "scorer_prior.json")
    try:
        texts = ["The ferry leaves at eight.", "When does the boat depart?", "Bread needs yeast."]
        ferry, boat, bread = (floats(client.vectors(texts)[text]) for text in texts)
    finally:
        client.close()
    assert _dot(ferry, boat) > _dot(ferry, bread) + 0.2


def _dot(left, right):
    return sum(a * b for a, b in zip(left, right, strict=True))
