"""The header reader describes sound files and refuses all others with one sentence."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.domain.errors import ModelProblem
from assistant.generation.gguf import MAX_TEMPLATE, read_header


def text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def small_gguf(
    *,
    version: int = 3,
    template: str = "{{ messages }}",
    alignment: int = 32,
    shape: tuple[int, int] = (32, 2),
    kind: int = 8,
    offset: int = 0,
    data: int = 68,
) -> bytes:
    keys = [
        text("general.architecture") + struct.pack("<I", 8) + text("llama"),
        text("general.name") + struct.pack("<I", 8) + text("Tiny"),
        text("general.alignment") + struct.pack("<II", 4, alignment),
        text("llama.context_length") + struct.pack("<II", 4, 512),
        text("tokenizer.chat_template") + struct.pack("<I", 8) + text(template),
        text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, 2) + text("a") + text("b"),
        text("tokenizer.ggml.scores") + struct.pack("<IIQ", 9, 6, 2) + struct.pack("<ff", 1, 2),
    ]
    tensor = text("w") + struct.pack("<IQQIQ", 2, *shape, kind, offset)
    head = struct.pack("<4sIQQ", b"GGUF", version, 1, len(keys)) + b"".join(keys) + tensor
    return head + b"\0" * (-len(head) % 32) + b"\0" * data


def refused(path: Path) -> str:
    with pytest.raises(ModelProblem) as caught:
        read_header(path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert sentence.endswith(".")
    assert ";" in sentence, "it names a remedy"
    return sentence


def test_the_embedded_model_is_described(embedded_model: Path) -> None:
    header = read_header(embedded_model)
    assert header.architecture == "llama"
    assert header.context == 8192
    assert header.licence == "apache-2.0"
    assert header.tokenizer == "gpt2"
    assert "<|im_start|>" in header.template
    assert max(header.tensor_types, key=lambda name: header.tensor_types[name]) == "Q4_1"
    assert header.parameters == 134_515_008
    assert header.size_bytes == embedded_model.stat().st_size
    assert header.kv_bytes_per_token == 30 * 3 * 64 * 2 * 2


def test_a_small_file_is_described(tmp_path: Path) -> None:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(small_gguf())
    header = read_header(path)
    assert (header.name, header.context, header.template) == ("Tiny", 512, "{{ messages }}")
    assert header.tensor_types == {"Q8_0": 68}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "missing" in refused(tmp_path / "none.gguf")


def test_a_directory_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refused(tmp_path)


@pytest.mark.parametrize("content", [b"", b"GGUF", b"PK\x03\x04" + b"x" * 100, b"\0" * 5000])
def test_what_is_not_a_gguf_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.gguf"
    path.write_bytes(content)
    assert "not a GGUF" in refused(path)


@pytest.mark.parametrize("share", [0.0001, 0.01, 0.02, 0.5, 0.999])
def test_a_truncated_model_is_refused(tmp_path: Path, embedded_model: Path, share: float) -> None:
    path = tmp_path / "half.gguf"
    with embedded_model.open("rb") as file:
        path.write_bytes(file.read(int(embedded_model.stat().st_size * share)))
    assert "incomplete" in refused(path)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"version": 1}, "version 1"),
        ({"version": 4}, "version 4"),
        ({"template": "x" * (MAX_TEMPLATE + 1)}, "length of a text"),
        ({"alignment": 24}, "power of two"),
        ({"alignment": 0}, "power of two"),
        ({"shape": (31, 2)}, "shape"),
        ({"shape": (1 << 63, 1 << 63)}, "ends before its weights"),
        ({"kind": 99}, "type 99"),
        ({"offset": 64}, "ends before its weights"),
        ({"offset": 7}, "not aligned"),
        ({"data": 67}, "ends before its weights"),
    ],
)
def test_a_broken_rule_is_named(tmp_path: Path, change: dict[str, int], cause: str) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(small_gguf(**change))
    assert cause in refused(path)


@pytest.mark.parametrize("at", [8, 16])
def test_absurd_counts_are_refused_at_once(tmp_path: Path, at: int) -> None:
    content = bytearray(small_gguf())
    content[at : at + 8] = struct.pack("<Q", 1 << 62)
    path = tmp_path / "counts.gguf"
    path.write_bytes(content)
    begun = time.monotonic()
    assert "more than" in refused(path)
    assert time.monotonic() - begun < 1


def test_an_array_larger_than_the_file_is_refused(tmp_path: Path) -> None:
    content = small_gguf().replace(struct.pack("<IIQ", 9, 6, 2), struct.pack("<IIQ", 9, 6, 1 << 21))
    path = tmp_path / "array.gguf"
    path.write_bytes(content)
    assert "inside an array" in refused(path)


@settings(
    max_examples=300, deadline=1000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edits=st.lists(st.tuples(st.integers(4, 480), st.integers(0, 255)), max_size=12),
    cut=st.integers(0, 600),
)
@example(edits=[], cut=0)
def test_no_mutant_does_anything_but_pass_or_be_refused(
    tmp_path: Path, edits: list[tuple[int, int]], cut: int
) -> None:
    content = bytearray(small_gguf())
    for at, value in edits:
        content[at % len(content)] = value
    path = tmp_path / "mutant.gguf"
    path.write_bytes(content[: len(content) - cut])
    header, refusal = None, ""
    try:
        header = read_header(path)
    except ModelProblem as problem:
        refusal = str(problem)
    if header is None:
        assert "mutant.gguf" in refusal
    else:
        assert header.size_bytes == len(content) - cut
        assert min(header.parameters, header.context, header.kv_bytes_per_token) >= 0
