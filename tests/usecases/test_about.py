"""What the program says about itself is true of this machine and of what came along."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant import __version__
from assistant.paths import find_paths
from assistant.usecases.about import about


def test_version_licences_folder_and_processor_are_told(tmp_path: Path) -> None:
    cpu = tmp_path / "cpuinfo"
    cpu.write_text("processor\t: 0\nmodel name\t: Quick One\n", encoding="utf-8")
    found = about(find_paths(tmp_path), cpu)
    assert found.version == __version__
    assert found.home == tmp_path
    assert found.processor == "Quick One"
    assert found.cores >= 1
    assert found.memory_gb > 0
    assert {(model.role, model.licence) for model in found.models} == {
        ("chat", "Apache-2.0"),
        ("embedder", "Apache-2.0"),
    }


def test_the_licence_told_is_the_one_in_the_file() -> None:
    text = (find_paths().project / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0" in text
    assert about(find_paths()).licence == "Apache-2.0"


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    found = about(replace(find_paths(tmp_path), project=tmp_path), tmp_path / "nothing")
    assert found.models == ()
    assert found.processor
