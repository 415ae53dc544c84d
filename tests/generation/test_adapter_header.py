"""The check of an adapter's header accepts what fits the model and names what does not."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain.errors import ModelProblem
from assistant.generation.adapter_header import read_adapter
from assistant.generation.gguf import Header, read_header

pytest.importorskip("gguf", reason="the adapters are written with the gguf package")
from tests.generation.adapter_files import weights, write_adapter

Q_A, Q_B = "blk.0.attn_q.weight.lora_a", "blk.0.attn_q.weight.lora_b"


@pytest.fixture(scope="module")
def base(embedded_model: Path) -> Header:
    return read_header(embedded_model)


@pytest.mark.parametrize("kind", [np.float16, np.float32])
def test_what_fits_is_described(base: Header, tmp_path: Path, kind: type) -> None:
    header = read_adapter(write_adapter(tmp_path / "a.gguf", weights(0.1, kind=kind)), base)
    assert len(header.tensors) == 240
    assert header.tensors[Q_A].shape == (576, 4)
    assert header.tensors[Q_B].shape == (4, 576)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({Q_A: None}, "no half of a pair"),
        ({"blk.0.attn_q.weight": np.zeros((4, 4), np.float32)}, "no half of a pair"),
        ({Q_B: np.zeros((192, 4), np.float32)}, "another model .*another shape"),
        ({Q_A: np.zeros((4, 512), np.float32)}, "another model .*another shape"),
        ({Q_A: np.zeros((8, 576), np.float32)}, "do not fit each other"),
        ({Q_A: np.zeros(576, np.float32)}, "do not fit each other"),
        (
            {Q_A: np.zeros((300, 576), np.float32), Q_B: np.zeros((576, 300), np.float32)},
            "rank is 300",
        ),
        ({Q_A: np.zeros((4, 576), np.int32)}, "not 16 or 32 bits"),
        (
            {
                "blk.99.attn_q.weight.lora_a": np.zeros((4, 576), np.float32),
                "blk.99.attn_q.weight.lora_b": np.zeros((576, 4), np.float32),
            },
            "no tensor blk.99.attn_q.weight",
        ),
        (
            {
                "token_embd.weight.lora_a": np.zeros((4, 576), np.float32),
                "token_embd.weight.lora_b": np.zeros((49152, 4), np.float32),
            },
            "no tensor token_embd",
        ),
    ],
)
def test_what_does_not_fit_is_named(
    base: Header, tmp_path: Path, changes: dict[str, np.ndarray | None], reason: str
) -> None:
    tensors = {name: w for name, w in (weights(0.1) | changes).items() if w is not None}
    with pytest.raises(ModelProblem, match=reason):
        read_adapter(write_adapter(tmp_path / "a.gguf", tensors), base)


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"architecture": "qwen2"}, "another model .*architecture qwen2"),
        ({"kind": "control"}, "not a LoRA adapter"),
        ({"alpha": float("nan")}, "alpha is not a finite number"),
    ],
)
def test_another_kind_of_file_is_named(
    base: Header, tmp_path: Path, keys: dict[str, object], reason: str
) -> None:
    with pytest.raises(ModelProblem, match=reason):
        read_adapter(write_adapter(tmp_path / "a.gguf", weights(0.1), **keys), base)  # type: ignore[arg-type]


def test_a_model_an_empty_and_a_missing_file_are_no_adapters(
    base: Header, embedded_model: Path, tmp_path: Path
) -> None:
    with pytest.raises(ModelProblem, match="not a LoRA adapter"):
        read_adapter(embedded_model, base)
    with pytest.raises(ModelProblem, match="holds no weights"):
        read_adapter(write_adapter(tmp_path / "empty.gguf", {}), base)
    with pytest.raises(ModelProblem, match=r"adapter file .* is missing"):
        read_adapter(tmp_path / "none.gguf", base)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 12_000), st.integers(0, 255), st.booleans())
def test_a_spoilt_byte_or_a_cut_is_refused_or_harmless(
    base: Header, tmp_path: Path, at: int, value: int, cut: bool
) -> None:
    sound = tmp_path / "sound.gguf"
    if not sound.exists():
        write_adapter(sound, dict(list(weights(0.1).items())[:8]))
    content = bytearray(sound.read_bytes())
    at %= len(content)
    spoilt = tmp_path / "spoilt.gguf"
    content[at] = value
    spoilt.write_bytes(content[:at] if cut else content)
    with suppress(ModelProblem):
        header = read_adapter(spoilt, base)
        assert not cut or at > header.start
