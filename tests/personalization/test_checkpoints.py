"""A checkpoint is read back exactly or not at all."""

from __future__ import annotations

from pathlib import Path

import torch

from assistant.personalization.checkpoints import read_checkpoint, write_checkpoint


def test_tensors_and_notes_come_back_exactly_and_the_newer_replaces_the_older(tmp_path: Path):
    file = tmp_path / "deep" / "run.safetensors"
    write_checkpoint(file, {"a": torch.zeros(2)}, {"done": "1"})
    write_checkpoint(file, {"a": torch.tensor([1.5, -2.0])}, {"done": "2"})
    found = read_checkpoint(file)
    assert found is not None
    tensors, notes = found
    assert tensors["a"].tolist() == [1.5, -2.0]
    assert notes["done"] == "2"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_missing_or_damaged_checkpoint_counts_as_none(tmp_path: Path):
    file = tmp_path / "run.safetensors"
    assert read_checkpoint(file) is None
    write_checkpoint(file, {"a": torch.zeros(9)}, {})
    file.write_bytes(file.read_bytes()[:-10])
    assert read_checkpoint(file) is None
    file.write_bytes(b"rubbish")
    assert read_checkpoint(file) is None
