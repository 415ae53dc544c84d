"""Models are loaded without the kernels that end the process on processors with AMX."""

from __future__ import annotations

import pytest

from assistant.generation import llama


@pytest.mark.parametrize(("features", "others"), [({"AVX2", "AMX_INT8"}, False), ({"AVX2"}, True)])
def test_kernels_for_amx_are_left_out(
    monkeypatch: pytest.MonkeyPatch, features: set[str], others: bool
) -> None:
    monkeypatch.setattr(llama, "cpu_features", lambda: frozenset(features))
    assert llama.model_parameters().use_extra_bufts is others
