"""Vectors of texts, exact and instant: texts are near if they share words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from assistant.personalization.embedder import Vectors


class WordEmbedder:
    """An Embedder without a model."""

    def __init__(self, size: int = 64) -> None:
        self._size = size

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The normalised sum of one seeded random vector for each word."""
        rows = np.zeros((len(texts), self._size))
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split() or [""]:
                seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "little")
                row += np.random.default_rng(seed).normal(size=self._size)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
