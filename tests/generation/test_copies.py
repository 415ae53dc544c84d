"""A converted copy is made only where it pays, atomically, and never stands in the way."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.errors import ModelProblem
from assistant.generation.backend import EngineOptions
from assistant.generation.copies import Fingerprint, copy_type, fast_copy
from assistant.generation.gguf import read_header

AVX512 = frozenset({"AVX2", "F16C", "FMA", "AVX512_BF16"})
AVX2 = frozenset({"AVX2", "F16C", "FMA"})


def test_the_format_follows_the_processor(embedded_model: Path) -> None:
    header, options = read_header(embedded_model), EngineOptions()
    assert copy_type(header, options, lambda: AVX512, 1 << 34) == "BF16"
    assert copy_type(header, options, lambda: AVX2, 1 << 34) == "F16"
    assert copy_type(header, options, frozenset, 1 << 34) == ""


def test_models_that_are_fast_or_large_are_left_alone(embedded_model: Path) -> None:
    header, options = read_header(embedded_model), EngineOptions()
    fast = replace(header, tensor_types={"Q4_K": 100, "Q5_0": 20})
    large = replace(header, parameters=7_000_000_000)
    assert copy_type(fast, options, lambda: AVX512, 1 << 40) == ""
    assert copy_type(large, options, lambda: AVX512, 1 << 40) == ""
    assert copy_type(header, options, lambda: AVX512, 1 << 29) == ""


def test_an_unknown_format_is_refused(embedded_model: Path) -> None:
    with pytest.raises(ModelProblem, match="copy format Q9"):
        copy_type(read_header(embedded_model), EngineOptions(copy_type="Q9"), frozenset, 1)


def test_the_fingerprint_is_the_sha256(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    assert Fingerprint(path).result() == hashlib.sha256(b"abc").hexdigest()
    assert Fingerprint(path, "known").result() == "known"


def test_a_copy_is_made_once_and_reused(tmp_path: Path, embedded_model: Path) -> None:
    calls: list[str] = []

    def convert(source: Path, target: Path, type_name: str) -> None:
        calls.append(type_name)
        shutil.copy(source, target)

    def ask() -> Path:
        options = EngineOptions(cache=tmp_path / "new", copy_type="F16")
        fingerprint = Fingerprint(embedded_model, "f" * 64)
        header = read_header(embedded_model)
        return fast_copy(header, fingerprint, options, features=frozenset, convert=convert)

    first = ask()
    assert first.parent == tmp_path / "new"
    assert ask() == first
    assert calls == ["F16"]
    assert list(first.parent.iterdir()) == [first], "nothing half-written is left"


def test_the_original_is_used_when_the_copy_fails(tmp_path: Path, embedded_model: Path) -> None:
    def convert(source: Path, target: Path, type_name: str) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    options = EngineOptions(cache=tmp_path, copy_type="F16")
    header, fingerprint = read_header(embedded_model), Fingerprint(embedded_model, "f" * 64)
    used = fast_copy(header, fingerprint, options, features=frozenset, convert=convert)
    assert used == embedded_model
    assert list(tmp_path.iterdir()) == []


def test_the_original_is_used_when_the_cache_is_not_a_directory(
    tmp_path: Path, embedded_model: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    options = EngineOptions(cache=tmp_path / "file", copy_type="F16")
    header, fingerprint = read_header(embedded_model), Fingerprint(embedded_model, "f" * 64)

    def convert(source: Path, target: Path, type_name: str) -> None:
        raise AssertionError("nothing to convert into")

    used = fast_copy(header, fingerprint, options, features=frozenset, convert=convert)
    assert used == embedded_model


def test_a_damaged_copy_is_made_again(tmp_path: Path, embedded_model: Path) -> None:
    damaged = tmp_path / ("f" * 32 + ".f16.gguf")
    damaged.write_bytes(b"GGUF" + b"\0" * 100)
    options = EngineOptions(cache=tmp_path, copy_type="F16")
    header, fingerprint = read_header(embedded_model), Fingerprint(embedded_model, "f" * 64)

    def convert(source: Path, target: Path, type_name: str) -> None:
        shutil.copy(source, target)

    used = fast_copy(header, fingerprint, options, features=frozenset, convert=convert)
    assert used == damaged
    assert read_header(used).parameters == header.parameters
