"""Sentence embeddings; the only module that imports sentence_transformers, in the learner process.

Vectors are float32, of length one, so that a dot product is a cosine. Everyday embedding goes
through `minilm.py`; the library's own model is loaded only where it is to be trained.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.domain.errors import ModelProblem
from assistant.personalization.learner import EMBEDDER
from assistant.personalization.minilm import MiniLm

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length one for each text."""


def load_minilm(models: Path) -> Any:  # noqa: ANN401 (sentence_transformers has no types)
    """A new trainable copy, by sentence-transformers; ModelProblem if its files are missing."""
    folder = models / EMBEDDER
    if not (folder / "model.safetensors").is_file():
        raise ModelProblem(
            f"The embedding model is missing from {folder}; "
            "run `python3 models/fetch.py` to put it there."
        )
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


class MiniLmEmbedder:
    """all-MiniLM-L6-v2 from a plain folder, loaded at the first use."""

    def __init__(self, models: Path) -> None:
        self._folder = models / EMBEDDER
        self._model: MiniLm | None = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row (384) for each text; ModelProblem if the model's files are missing."""
        if self._model is None:
            self._model = MiniLm(self._folder)
        return self._model.embed(texts)
