"""The Gaussian whose precision is a diagonal plus the curvature of rankings: mean and variances.

Its precision is diag(precision) + design' blocks design, its linear part `target`. Solved in the
space of weights or in that of replies (Woodbury), whichever is smaller, so the work is linear in
the number of weights. Products of a matrix with its own transpose take half the time of others,
and a triangle is inverted by halves, since numpy has no solver for triangles.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from assistant.personalization.stages import Floats

JITTER = 1e-10  # added to curvatures, which have at least one direction of none
NARROWEST = 1e-8  # a squared length below this is a direction that no ranking speaks of
STRIPS = 4  # in which a triangle is multiplied
SMALL = 48  # rows from which on a triangle is inverted by halves


def gaussian(
    precision: Floats, design: Floats, blocks: Floats, target: Floats
) -> tuple[Floats, Floats]:
    """Mean and variances."""
    rows = _rows(design, blocks)
    if len(rows) >= len(precision):
        inverse = invert_lower(_cholesky(_plus(rows.T @ rows, precision)))
        return inverse.T @ (inverse @ target), (inverse**2).sum(axis=0)
    sd = 1 / np.sqrt(precision)
    rows *= sd
    narrowing = _times(invert_lower(_cholesky(_plus(rows @ rows.T, 1.0))), rows)
    pull = target * sd
    mean = sd * (pull - (narrowing @ pull) @ narrowing)
    return mean, (1 - np.einsum("rw,rw->w", narrowing, narrowing)) / precision


def gaussian_mean(precision: Floats, design: Floats, blocks: Floats, target: Floats) -> Floats:
    """The mean alone, in a third of the time."""
    rows = _rows(design, blocks)
    if len(rows) >= len(precision):
        return np.asarray(np.linalg.solve(_plus(rows.T @ rows, precision), target))
    sd = 1 / np.sqrt(precision)
    rows *= sd
    pull = target * sd
    found = np.linalg.solve(_plus(rows @ rows.T, 1.0), rows @ pull)
    return np.asarray(sd * (pull - found @ rows))


def invert_lower(lower: Floats) -> Floats:
    """The inverse of a lower triangle."""
    size = len(lower)
    if size <= SMALL:
        return np.asarray(np.linalg.inv(lower))
    half = size // 2
    found = np.zeros_like(lower)
    found[:half, :half] = first = invert_lower(lower[:half, :half])
    found[half:, half:] = last = invert_lower(lower[half:, half:])
    found[half:, :half] = -(last @ (lower[half:, :half] @ first))
    return found


def _cholesky(matrix: Floats) -> Floats:
    """The lower triangle of a positive definite matrix, or of each of several."""
    return np.asarray(np.linalg.cholesky(matrix))


def _plus(inner: Floats, diagonal: Floats | float) -> Floats:
    """A fresh square matrix with something added to its diagonal."""
    inner[np.diag_indices_from(inner)] += diagonal
    return inner


def _times(lower: Floats, rows: Floats) -> Floats:
    """A lower triangle times a matrix, without most of the corner that is zero."""
    found = np.empty_like(rows)
    ends = [len(lower) * strip // STRIPS for strip in range(STRIPS + 1)]
    for begin, end in pairwise(ends):
        np.matmul(lower[begin:end, :end], rows[:end], out=found[begin:end])
    return found


def _rows(design: Floats, blocks: Floats) -> Floats:
    """Rows whose products with themselves add up to design' blocks design."""
    count, width = blocks.shape[:2]
    factors = _cholesky(blocks + JITTER * np.eye(width))
    told = (factors**2).sum(axis=1) > NARROWEST
    rows = factors.transpose(0, 2, 1) @ design.reshape(count, width, -1)
    return np.asarray(rows[told])
