"""Files whose agent is broken, of other shapes or not what the manifest says are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from agent_homes import exported, home
from profile_homes import Home, edited, without

from assistant.domain.errors import UsageProblem
from assistant.storage.archive import read_archive
from assistant.usecases.agent import agent_versions
from assistant.usecases.profile_file import import_profile, imports


def broken(state: bytes, kind: str) -> bytes:
    """An adapter that is none."""
    tensors = {name: values.copy() for name, values in safetensors.numpy.load(state).items()}
    first = next(iter(tensors))
    if kind == "nan":
        tensors[first][0, 0] = np.nan
    elif kind == "shape":
        tensors[first] = tensors[first][:, :-1].copy()
    elif kind == "dtype":
        tensors[first] = tensors[first].astype(np.float64)
    elif kind == "truncated":
        return state[: len(state) // 2]
    elif kind == "header":
        return (1 << 40).to_bytes(8, "little") + state[8:]
    return safetensors.numpy.save(tensors, {"alpha": "16"})


@pytest.mark.parametrize("kind", ["nan", "shape", "dtype", "truncated", "header"])
def test_a_broken_agent_is_refused_and_nothing_comes_in(
    make_home: Home, tmp_path: Path, kind: str
) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    file = exported(old, tmp_path / "a.attune")
    edited(file, "adapter.safetensors", broken(read_archive(file)["adapter.safetensors"], kind))
    with pytest.raises(UsageProblem):
        import_profile(new, file=file)
    assert imports(new) == {}
    assert agent_versions(new) == ()


def test_an_agent_of_other_shapes_than_its_model_is_refused(
    make_home: Home, tmp_path: Path
) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    file = exported(old, tmp_path / "a.attune", wider=1)
    with pytest.raises(UsageProblem, match="does not fit the model"):
        import_profile(new, file=file)
    assert imports(new) == {}


@pytest.mark.parametrize(
    "facts",
    [
        {"rank": 9},
        {"parameters": 1},
        {"model_sha256": "../../x"},
        {"model_sha256": "AB"},
        {"created_at": -1},
        {"created_at": "now"},
        {"rankings": -1},
        {"rankings": 10**12},
    ],
)
def test_a_manifest_that_says_something_else_is_refused(
    make_home: Home, tmp_path: Path, facts: dict[str, Any]
) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    file = exported(old, tmp_path / "a.attune")
    manifest = json.loads(read_archive(file)["manifest.json"])
    manifest["adapter"] |= facts
    with pytest.raises(UsageProblem, match="damaged"):
        import_profile(new, file=edited(file, "manifest.json", manifest))
    assert imports(new) == {}


def test_manifest_and_agent_belong_together(make_home: Home, tmp_path: Path) -> None:
    old, new = home(make_home, "old"), home(make_home, "new")
    for part in ("adapter.safetensors", "manifest"):
        file = exported(old, tmp_path / "a.attune")
        manifest = json.loads(read_archive(file)["manifest.json"])
        if part == "manifest":
            del manifest["adapter"]
            edited(file, "manifest.json", manifest)
        else:
            without(file, part)
        with pytest.raises(UsageProblem, match="damaged"):
            import_profile(new, file=file)
