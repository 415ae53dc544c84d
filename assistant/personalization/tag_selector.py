"""The tag selector: a Bayesian Plackett-Luce model over tags, with Thompson sampling.

Utility of a reply = sum of the weights of its tags
                   + relevance weight x sum of cos(query, interest)        (frozen MiniLM)
                   + nuisance terms for guidance at all, place shown and length.
Prior: w ~ N(0, V), V = similar tags together (kernel over tag embeddings), opposite styles apart.
Posterior: Laplace approximation, MAP by Newton's method (METHODS Part II section 1). The state is
a pure function of the library and the examples: undoing a ranking restores it bit for bit.
Not covered yet: forgetting for changing taste, weights that depend on the query's topic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import safetensors.numpy

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Tag, TagKind
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Example, Reply
from assistant.personalization.stages import (
    Floats,
    Sparse,
    build_stages,
    competitions,
    curvature,
    gradient,
    residuals,
    win_probabilities,
)

NEWTON_STEPS = 25
TOLERANCE = 1e-9  # largest change of a weight at which Newton's method stops
TAG_SD = 1.0
SHARED = 0.3  # share of a tag's prior variance that it has in common with similar tags
OPPOSITE = -0.5  # prior correlation of opposite styles
# Terms behind the tags: prior mean and sd of their weights.
RELEVANCE, GUIDED, PLACE, LENGTH = range(4)
TERM_MEAN = np.array([1.0, 0.0, 0.0, 0.0])
TERM_SD = np.array([1.0, 1.0, 0.3, 0.3])


class TagSelector:
    """Learns which tags the user likes. `vectors` has one row for each tag."""

    name = "selector"

    def __init__(self, tags: Sequence[Tag], vectors: Vectors) -> None:
        self.tags = tuple(tags)
        self._place = {tag.name: i for i, tag in enumerate(self.tags)}
        self._vectors = vectors.astype(np.float64)
        self._queries: dict[str, Floats] = {}
        self._prior = np.concatenate([np.zeros(len(self.tags)), TERM_MEAN])
        self._precision = np.linalg.inv(prior_covariance(self.tags, self._vectors))
        self.mean = self._prior.copy()
        self.covariance = np.linalg.inv(self._precision)
        self._examples: Mapping[int, Example] = {}

    def know_query(self, query: str, vector: Vectors) -> None:
        """Take over a query's vector; a query without one has no relevance to any tag."""
        self._queries[query] = vector.astype(np.float64)

    def relevance(self, query: str) -> Floats:
        """Cosine of the query with each interest, 0 for styles, shape (tags,)."""
        if query not in self._queries:
            return np.zeros(len(self.tags))
        interests = np.array([tag.kind is TagKind.INTEREST for tag in self.tags])
        return np.asarray(np.where(interests, self._vectors @ self._queries[query], 0.0))

    def learn(self, examples: Mapping[int, Example], cancel: CancelToken) -> Iterator[Progress]:
        """Fit to exactly these examples, a Progress at each Newton step.

        A cancelled fit leaves the old state.
        """
        stages = build_stages(self._rows(examples))
        size = len(self._prior)
        weights = self._prior.copy()
        for step in range(NEWTON_STEPS):
            if cancel.cancelled:
                return
            chance = win_probabilities(stages, weights)
            slope = gradient(stages, chance, size) - self._precision @ (weights - self._prior)
            change = np.linalg.solve(self._precision + curvature(stages, chance, size), slope)
            weights = weights + change
            yield Progress("Fitting the tag weights", step + 1, NEWTON_STEPS)
            if np.abs(change).max() < TOLERANCE:
                break
        chance = win_probabilities(stages, weights)
        self.covariance = np.linalg.inv(self._precision + curvature(stages, chance, size))
        self.mean = weights
        self._examples = dict(examples)

    def utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """Expected utility of each reply; the place shown plays no part in it."""
        return self._utilities(self.mean, query, replies)

    def prior_utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """What `utilities` would be with nothing learned."""
        return self._utilities(self._prior, query, replies)

    def influences(self, tag: str) -> tuple[int, ...]:
        """Rankings behind a tag's weight, most influential first.

        First order: the covariance times the gradient of each ranking's log-likelihood.
        """
        stages = build_stages(self._rows(self._examples))
        if not len(stages.owner):
            return ()
        parts = residuals(stages, win_probabilities(stages, self.mean))
        pull = (parts * self.covariance[self._place[tag]][stages.index]).sum(axis=(1, 2))
        owners, at = np.unique(stages.owner, return_inverse=True)
        moved = np.bincount(at, pull, minlength=len(owners))
        ordered = np.argsort(-np.abs(moved), kind="stable")
        return tuple(int(owners[i]) for i in ordered if abs(moved[i]) > 1e-3)

    def dump(self) -> bytes:
        """Mean and covariance as a safetensors file."""
        state = {"mean": self.mean, "covariance": self.covariance}
        return safetensors.numpy.save(state, metadata={"tags": str(len(self.tags))})

    def load(self, state: bytes) -> None:
        """Take over a dumped state; ValueError if it does not fit this library or is not finite."""
        arrays = safetensors.numpy.load(state)
        mean, covariance = arrays.get("mean"), arrays.get("covariance")
        if mean is None or covariance is None or mean.shape != self.mean.shape:
            raise ValueError("the state belongs to another tag library")
        if covariance.shape != self.covariance.shape:
            raise ValueError("the state's covariance has the wrong shape")
        if not (np.isfinite(mean).all() and np.isfinite(covariance).all()):
            raise ValueError("the state has values that are not finite")
        self.mean, self.covariance = mean, covariance

    def _utilities(
        self, weights: Floats, query: str, replies: Sequence[Reply]
    ) -> tuple[float, ...]:
        """Utility of each reply under given weights, without its place."""
        found = []
        for reply in replies:
            features = self._features(query, reply)
            kept = [(i, v) for i, v in features if i != len(self.tags) + PLACE]
            found.append(float(sum(weights[i] * v for i, v in kept)))
        return tuple(found)

    def _features(self, query: str, reply: Reply) -> Sparse:
        """The sparse features of one reply; tags no longer in the library play no part."""
        places = [self._place[name] for name in reply.tags if name in self._place]
        first_term = len(self.tags)
        relevance = self.relevance(query)
        return (
            *((place, 1.0) for place in places),
            (first_term + RELEVANCE, float(sum(relevance[place] for place in places))),
            (first_term + GUIDED, float(bool(reply.tags))),
            (first_term + PLACE, float(reply.place)),
            (first_term + LENGTH, float(np.log1p(reply.length))),
        )

    def _rows(self, examples: Mapping[int, Example]) -> list[tuple[int, list[Sparse]]]:
        """Every stage of every example, in the order of the rankings."""
        rows: list[tuple[int, list[Sparse]]] = []
        for example in sorted(examples.values(), key=lambda e: e.ranking_id):
            features = [self._features(example.query, reply) for reply in example.replies]
            for stage in competitions(example):
                replies: list[Sparse] = [() if i is None else features[i] for i in stage]
                if stage[0] is None:  # all bad: it is the guidance that lost, not length or place
                    tags_only = [tuple(f for f in r if f[0] < len(self.tags)) for r in replies]
                    replies = list(tags_only)
                rows.append((example.ranking_id, replies))
        return rows


def prior_covariance(tags: Sequence[Tag], vectors: Floats) -> Floats:
    """Prior covariance of all weights: tags, then the terms behind them.

    A Gram matrix mixed with the identity, so it is positive definite; opposite styles are 2 x 2
    blocks of correlation -0.5.
    """
    size = len(tags)
    interest = np.array([tag.kind is TagKind.INTEREST for tag in tags], dtype=float)
    kernel = (vectors @ vectors.T) * np.outer(interest, interest)
    tag_part = (1 - SHARED) * np.eye(size) + SHARED * kernel
    place = {tag.name: i for i, tag in enumerate(tags)}
    for i, tag in enumerate(tags):
        if tag.kind is TagKind.STYLE:
            tag_part[i, i] = 1.0
            if tag.opposite in place:
                tag_part[i, place[tag.opposite]] = OPPOSITE
    covariance = np.zeros((size + len(TERM_MEAN), size + len(TERM_MEAN)))
    covariance[:size, :size] = TAG_SD**2 * tag_part
    covariance[size:, size:] = np.diag(TERM_SD**2)
    return covariance
