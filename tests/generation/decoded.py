"""What a context evaluates from now on."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from assistant.generation.llama_context import Context, Item


def decoded_in(context: Context, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that gets the number of tokens of each evaluation."""
    decode, sizes = context.decode, list[int]()

    def counted(items: Iterable[Item]) -> None:
        sizes.append(len(batch := list(items)))
        decode(batch)

    monkeypatch.setattr(context, "decode", counted)
    return sizes
