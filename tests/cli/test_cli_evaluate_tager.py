"""attune evaluate tager on small experiments, with vectors already in the cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from attune_program import Attune

from assistant.evaluation.tag_task import Setup, make_task
from assistant.storage.tag_library import read_tag_library

SMALL = ("evaluate", "tager", "--library", "20", "--interactions", "10", "--users", "2")


@pytest.fixture
def tager(attune: Attune, tmp_path: Path) -> Attune:
    """The program, with made-up vectors in the cache, so that no embedding model is loaded."""

    def keep(texts: Sequence[str]) -> np.ndarray:
        vectors = np.random.default_rng(1).normal(size=(len(texts), 16)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        name = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]
        folder = attune.paths.cache / "evaluate"
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(folder / f"vectors-{name}.npz", vectors=vectors)
        return vectors

    library = read_tag_library(attune.paths.resources / "tags.toml")
    for setup in (Setup(library=20), Setup(library=20, grow_after=104, grow_to=25)):
        make_task(setup, library, keep)
    return attune


def test_one_object_holds_the_curves_of_all_methods(tager: Attune) -> None:
    told = json.loads(tager(*SMALL, "--method", "ours", "--method", "random", "--json").out)
    assert told["method"] == "ours"
    assert [other["method"] for other in told["others"]] == ["random"]
    assert [point["interactions"] for point in told["curve"]] == [10]
    assert 0 <= told["curve"][0]["low"] <= told["curve"][0]["high"] <= 1
    assert told["cpu_seconds"] > 0


def test_the_picture_is_put_where_it_was_asked_for(tager: Attune, tmp_path: Path) -> None:
    told = tager(*SMALL, "--method", "random", "--out", str(tmp_path / "curves"))
    assert told.code == 0
    (picture,) = (tmp_path / "curves").iterdir()
    assert picture.name == "tager-3-20-3-1.svg"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (("--drafts", "8"), "a larger library than 20"),
        (("--change", "--grow"), "--change or --grow"),
        (("--method", "best"), "no method best"),
        (("--annotator", "text", "--jobs", "2"), "jobs must be 1"),
        (("--annotator", "text", "--model", "no.gguf"), "no.gguf"),
    ],
)
def test_impossible_experiments_are_refused(
    attune: Attune, wrong: tuple[str, ...], named: str
) -> None:
    told = attune(*SMALL, *wrong)
    assert told.code != 0
    assert named in told.err


def test_a_library_grows_by_as_many_tags_as_asked_for(tager: Attune) -> None:
    grown = (*SMALL[:4], "--interactions", "109", "--grow", "--new-tags", "5", "--users", "1")
    done = tager(*grown, "--method", "random", "--json")
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert (told["grow_after"], told["grow_to"]) == (104, 25)
    assert [p["interactions"] for p in told["curve"]][-2:] == [104, 109]
