"""Models are found where they are, and judged by what they need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.errors import ModelProblem
from assistant.generation.gguf import read_header
from assistant.generation.library import Verdict, check_fit, embedded_model, find_models

MANIFEST = '[[model]]\nname = "m"\nrole = "chat"\n[[model.file]]\npath = "m.gguf"\n'


def test_the_embedded_model_is_the_one_in_the_manifest(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text(MANIFEST)
    (tmp_path / "m.gguf").write_bytes(b"")
    assert embedded_model(tmp_path) == tmp_path / "m.gguf"


def test_a_missing_model_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text(MANIFEST)
    with pytest.raises(ModelProblem, match=r"m\.gguf is missing; run"):
        embedded_model(tmp_path)


@pytest.mark.parametrize("content", [None, "", "model = 3", "[[model]]\nrole = 'chat'", "]["])
def test_a_damaged_manifest_is_named(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "manifest.toml").write_text(content)
    with pytest.raises(ModelProblem, match=r"manifest\.toml is missing or damaged"):
        embedded_model(tmp_path)


def test_models_are_found_once_and_by_name(tmp_path: Path) -> None:
    for name in ("b.gguf", "A.gguf", "c.txt"):
        (tmp_path / name).write_bytes(b"")
    found = find_models([tmp_path, tmp_path, tmp_path / "none"])
    assert [path.name for path in found] == ["A.gguf", "b.gguf"]


def test_the_verdict_follows_memory(embedded_model: Path) -> None:
    header = read_header(embedded_model)
    assert check_fit(header, 4096).needed == check_fit(header, 4096, 1).needed
    needed = check_fit(header, 4096, 1 << 40).needed
    assert header.size_bytes + 4096 * 23_040 < needed < 500e6
    assert check_fit(header, 4096, 2 * needed).verdict is Verdict.FITS
    assert check_fit(header, 4096, needed).verdict is Verdict.SLOW
    assert check_fit(header, 4096, needed // 2).verdict is Verdict.TOO_LARGE
    assert check_fit(replace(header, context=512), 4096).needed < needed
