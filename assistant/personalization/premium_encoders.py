"""The networks of PREMIUM-Embed: from texts to vectors whose weights can be trained.

Both are torch modules called with a list of texts. Fine-tuned: all weights of MiniLM, mean-pooled
and left at their own length (about 6; the paper's dot product is of such vectors). Frozen: one
matrix on top of fixed vectors, a cheap variant.
Nothing is dropped out in training, so that equal examples give equal weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from assistant.personalization.embedder import Vectors, load_minilm

Lookup = Callable[[Sequence[str]], Vectors]


class FineTunedEncoder(nn.Module):
    """MiniLM with all its weights to train."""

    def __init__(self, models: Path) -> None:
        super().__init__()
        self._model: Any = load_minilm(models)
        self.eval()

    def forward(self, texts: Sequence[str]) -> Tensor:
        """One row (384) for each text, not normalised."""
        transformer, pooling = self._model[0], self._model[1]
        rows: Tensor = pooling(transformer(self._model.preprocess(list(texts))))[
            "sentence_embedding"
        ]
        return rows


class FrozenEncoder(nn.Module):
    """A square matrix, the identity at first, on top of fixed vectors."""

    def __init__(self, lookup: Lookup, size: int) -> None:
        super().__init__()
        self._lookup = lookup
        self.head = nn.Parameter(torch.eye(size))

    def forward(self, texts: Sequence[str]) -> Tensor:
        """One row for each text."""
        return torch.from_numpy(self._lookup(texts)) @ self.head
