"""Cached vectors of texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from sqlite_utils import Database as Tables


class Embeddings:
    """Vectors of texts, kept so that none is computed twice."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, texts: Iterable[str], model: str) -> dict[str, bytes]:
        """Stored vectors (little-endian float32) of those texts that have one."""
        by_hash = {_hash(text): text for text in texts}
        rows = self._tables.query(
            "SELECT text_sha256, vector FROM embeddings WHERE model = ? "
            "AND text_sha256 IN (SELECT value FROM json_each(?))",
            [model, json.dumps(list(by_hash))],
        )
        return {by_hash[row["text_sha256"]]: row["vector"] for row in rows}

    def add(self, vectors: dict[str, bytes], model: str) -> None:
        """Store vectors by text."""
        for text, vector in vectors.items():
            self._tables.execute(
                "INSERT OR IGNORE INTO embeddings (text_sha256, model, vector) VALUES (?, ?, ?)",
                [_hash(text), model, vector],
            )


def _hash(text: str) -> str:
    """The key of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
