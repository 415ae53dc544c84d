"""all-MiniLM-L6-v2 in plain numpy, for everyday embedding: no torch, ready in a tenth of a second.

Why not the library: importing sentence_transformers takes some six seconds and 170 MB, and every
query of every session needs a vector. The architecture is BERT's (Devlin et al. 2019) with mean
pooling; tests/personalization/test_minilm.py holds the vectors against sentence-transformers'.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from assistant.domain.errors import ModelProblem

Floats = NDArray[np.float32]

MAX_TOKENS = 256  # as the model was trained; what is longer is cut, as the library does
AT_ONCE = 512  # tokens computed together: more only costs memory
# Abramowitz & Stegun 7.1.26: erf to 1.5e-7, which is float32's own error here.
_ERF_P = 0.3275911
_ERF = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)


class MiniLm:
    """The model, read from its folder; ModelProblem if a file is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            file: Any = safe_open(folder / "model.safetensors", framework="np")
        except Exception as error:  # the Rust packages raise plain Exceptions
            raise ModelProblem(
                f"The embedding model in {folder} is missing or damaged; "
                "run `python3 models/fetch.py` to put it there."
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        # Rows of the vocabulary stay in the mapped file (47 MB) and are read as they occur.
        self._words: Any = file.get_slice("embeddings.word_embeddings.weight")
        names = [name for name in file.keys() if "word_embeddings" not in name]  # noqa: SIM118
        self._weights: dict[str, Floats] = {name: file.get_tensor(name) for name in names}
        self._layers = int(config["num_hidden_layers"])

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row (384) of length one for each text."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        rows = np.empty((len(texts), self._weights["embeddings.LayerNorm.weight"].shape[0]))
        for group in _groups(tokens):
            ids = np.array([tokens[i] for i in group])
            rows[group] = self._forward(ids).mean(axis=1)
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(length, 1e-12), dtype=np.float32)

    def _forward(self, ids: NDArray[np.int64]) -> Floats:
        """Hidden states of texts of equal length: from (texts, tokens) to (texts, tokens, 384)."""
        w = self._weights
        kinds = {int(i): self._words[int(i) : int(i) + 1][0] for i in np.unique(ids)}
        words = np.stack([kinds[int(i)] for i in ids.ravel()]).reshape(*ids.shape, -1)
        places = w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        hidden = words + places + w["embeddings.token_type_embeddings.weight"][0]
        hidden = self._norm(hidden, "embeddings.LayerNorm")
        for layer in range(self._layers):
            name = f"encoder.layer.{layer}"
            mixed = self._attend(hidden, f"{name}.attention.self")
            mixed = self._dense(mixed, f"{name}.attention.output.dense")
            hidden = self._norm(hidden + mixed, f"{name}.attention.output.LayerNorm")
            inner = _gelu(self._dense(hidden, f"{name}.intermediate.dense"))
            inner = self._dense(inner, f"{name}.output.dense")
            hidden = self._norm(hidden + inner, f"{name}.output.LayerNorm")
        return hidden

    def _attend(self, hidden: Floats, name: str) -> Floats:
        """Multi-head self-attention; every token sees every other, there is no padding."""
        texts, tokens, width = hidden.shape
        shape = (texts, tokens, self._heads, width // self._heads)
        query, key, value = (
            self._dense(hidden, f"{name}.{part}").reshape(shape).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(shape[-1]))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        return np.asarray((scores @ value).transpose(0, 2, 1, 3).reshape(hidden.shape))

    def _dense(self, x: Floats, name: str) -> Floats:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return np.asarray(x @ weight.T + bias)

    def _norm(self, x: Floats, name: str) -> Floats:
        x = x - x.mean(axis=-1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=-1, keepdims=True) + np.float32(self._epsilon))
        return np.asarray(x * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])


def _groups(tokens: list[list[int]]) -> list[list[int]]:
    """Indices of texts of equal length, at most AT_ONCE tokens together."""
    by_length: dict[int, list[int]] = {}
    for index, ids in enumerate(tokens):
        by_length.setdefault(len(ids), []).append(index)
    groups = []
    for length, members in by_length.items():
        step = max(1, AT_ONCE // max(length, 1))
        groups += [members[at : at + step] for at in range(0, len(members), step)]
    return groups


def _gelu(x: Floats) -> Floats:
    """x times the normal distribution function of x."""
    z = np.abs(x) * np.float32(np.sqrt(0.5))
    t = 1 / (1 + np.float32(_ERF_P) * z)
    series: Floats = np.zeros_like(x)
    for coefficient in _ERF:
        series = np.asarray((series + np.float32(coefficient)) * t)
    erf = np.sign(x) * (1 - series * np.exp(-z * z))
    result: Any = x * np.float32(0.5) * (1 + erf)
    return np.asarray(result)
