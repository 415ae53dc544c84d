"""Which column of the tag model each tag has, and where it lies among similar ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.domain.model import Tag, TagKind
from assistant.personalization.stages import Floats, Integers

DIRECTIONS = 8  # of the tag embeddings, by principal components


def columns_of(tags: Sequence[Tag], place: dict[str, int]) -> tuple[Integers, Floats]:
    """The column and the sign of each tag: opposites share one."""
    column = np.zeros(len(tags), dtype=np.int64)
    sign = np.ones(len(tags))
    used = 0
    for i, tag in enumerate(tags):
        other = place.get(tag.opposite or "", i)
        if tag.kind is TagKind.STYLE and other < i and tags[other].opposite == tag.name:
            column[i], sign[i] = column[other], -1.0
        else:
            column[i], used = used, used + 1
    return column, sign


def directions_of(vectors: Floats, interest: NDArray[np.bool_]) -> Floats:
    """Coordinates of each tag in the main directions of all, of mean square 1; 0 for styles."""
    found = np.zeros((len(vectors), DIRECTIONS))
    if interest.sum() < 2:
        return found
    centred = vectors[interest] - vectors[interest].mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    coordinates = centred @ axes[:, ::-1][:, :DIRECTIONS]
    scale = np.sqrt((coordinates**2).sum(axis=1).mean())
    found[interest, : coordinates.shape[1]] = coordinates / max(float(scale), 1e-9)
    return found
