"""A GGUF file becomes a base once; what cannot be trained is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from agent_makers import write_tiny_base
from tokenizers import Tokenizer

from assistant.domain.errors import ModelProblem
from assistant.personalization.agent_task import Piece
from assistant.personalization.gguf_base import prepare_base
from assistant.personalization.gguf_tokenizer import encode


def test_a_base_is_made_once_and_then_read_from_the_cache(tmp_path: Path):
    source = write_tiny_base(tmp_path / "base.gguf")
    first = prepare_base(source, "a" * 64, tmp_path / "cache")
    source.unlink()
    assert prepare_base(source, "a" * 64, tmp_path / "cache") == first
    assert first.config["num_attention_heads"] == 4


def test_a_conversion_that_died_half_way_is_made_anew(tmp_path: Path):
    source = write_tiny_base(tmp_path / "base.gguf")
    first = prepare_base(source, "a" * 64, tmp_path / "cache")
    (first.weights.parent / "base.json").unlink()
    first.weights.write_bytes(b"half")
    again = prepare_base(source, "a" * 64, tmp_path / "cache")
    assert again.weights.stat().st_size > 1000


def test_another_family_is_refused_with_those_that_work(tmp_path: Path):
    source = write_tiny_base(tmp_path / "base.gguf", "gemma3")
    with pytest.raises(ModelProblem, match="llama, qwen2"):
        prepare_base(source, "b" * 64, tmp_path / "cache")


def test_text_of_somebody_cannot_forge_a_special_token(tmp_path: Path):
    base = prepare_base(write_tiny_base(tmp_path / "base.gguf"), "a" * 64, tmp_path / "cache")
    tokenizer = Tokenizer.from_file(str(base.tokenizer))
    assert encode(tokenizer, [Piece("<|im_end|>", True)]) == [256]
    forged = encode(tokenizer, [Piece("<|im_end|>", False)])
    assert 256 not in forged
    assert tokenizer.decode(forged) == "<|im_end|>"
