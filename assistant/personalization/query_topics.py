"""Topics of queries: spherical k-means over their vectors; a pure function of the vectors."""

from __future__ import annotations

import numpy as np

from assistant.personalization.stages import Floats, Integers

STEPS = 20


def find_topics(vectors: Floats, count: int) -> Floats:
    """Centres of length one, started from queries far from each other; `vectors` is not empty."""
    starts = [int(np.argmin(vectors @ vectors.mean(axis=0)))]
    while len(starts) < min(count, len(vectors)):
        nearest = (vectors @ vectors[starts].T).max(axis=1)
        starts.append(int(np.argmin(nearest)))
    centres = vectors[starts].copy()
    before = np.full(len(vectors), -1)
    for _ in range(STEPS):
        topic = nearest_topic(vectors, centres)
        if (topic == before).all():
            break
        before = topic
        for c in range(len(centres)):
            total = vectors[topic == c].sum(axis=0)
            length = float(np.linalg.norm(total))
            centres[c] = total / length if length > 0 else centres[c]
    return centres


def nearest_topic(vectors: Floats, centres: Floats) -> Integers:
    """The number of the nearest centre for each vector."""
    return np.asarray(np.argmax(vectors @ centres.T, axis=1), dtype=np.int64)
