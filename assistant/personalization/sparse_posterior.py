"""A posterior that expects few weights to matter: expectation propagation for Plackett-Luce.

Each weight's prior is a mixture of Gaussians (near zero, liked, disliked). Expectation
propagation puts one Gaussian in the place of each prior, chosen so that mean and variance of the
weight under the true prior are right; the likelihood is expanded to second order at the mean.
The work of a step is linear in the number of weights that occur in any ranking: systems are
solved in the space of weights or of replies, whichever is smaller.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from assistant.personalization.stages import (
    Floats,
    Stages,
    curvature,
    slope,
    win_probabilities,
)

STEPS = 6  # more change nothing that can be measured (accuracy after 4, 6, 12 or 25 steps)
FLATTEST = 0.05  # smallest precision of a Gaussian that stands for a prior
SHARPEST = 1e4
NARROWEST = 1e-9  # an eigenvalue below this is a direction that no ranking speaks of


@dataclass(frozen=True, slots=True)
class Mixture:
    """Priors of weights: log shares, means and variances, each of shape (weights, components)."""

    log_share: Floats
    mean: Floats
    variance: Floats

    def moments(self) -> tuple[Floats, Floats]:
        """Mean and variance of each weight."""
        return _moments(np.exp(self.log_share), self.mean, self.variance)

    def given(self, mean: Floats, variance: Floats) -> Mixture:
        """The mixture after an observation of each weight with this mean and variance."""
        spread = variance[:, None] + self.variance
        log = (
            self.log_share - 0.5 * np.log(spread) - 0.5 * (mean[:, None] - self.mean) ** 2 / spread
        )
        log -= log.max(axis=1, keepdims=True)
        log -= np.log(np.exp(log).sum(axis=1, keepdims=True))
        narrowed = self.variance * variance[:, None] / spread
        middle = (self.mean * variance[:, None] + mean[:, None] * self.variance) / spread
        return Mixture(log, middle, narrowed)

    def take(self, at: Floats) -> Mixture:
        """Some of the weights."""
        return Mixture(self.log_share[at], self.mean[at], self.variance[at])


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known after the rankings of the weights that occur in them."""

    mean: Floats
    marginals: Mixture
    precision: Floats  # of the Gaussians that stand for the priors
    design: Floats  # (slots, weights)
    root: Floats  # (weights, directions): the likelihood's curvature is root @ root.T
    pull: Floats  # (slots,): gradient of the log-likelihood at the mean

    def covariances(self, direction: Floats) -> Floats:
        """Posterior covariance of a combination of weights with every weight."""
        return _solve(self.precision, self.root, direction)


def infer(design: Floats, stages: Stages, prior: Mixture) -> Iterator[Posterior]:
    """Better and better posteriors, STEPS of them; `design` is (slots, weights)."""
    start, spread = prior.moments()
    precision = np.clip(1 / spread, FLATTEST, SHARPEST)
    shift = precision * start
    mean = start
    for _ in range(STEPS):
        for _ in range(2 if mean is start else 1):  # a first expansion is far from the mean
            root, target, pull = _expand(design, stages, mean)
            mean, variance = _gaussian(precision, root, target + shift)
        left = np.maximum(1 / variance - precision, 1e-6)  # what the rankings say by themselves
        cavity = (mean / variance - shift) / left
        marginals = prior.given(cavity, 1 / left)
        yield Posterior(mean, marginals, precision, design, root, pull)
        middle, spread = marginals.moments()
        precision = np.clip(1 / spread - left, FLATTEST, SHARPEST)
        shift = middle * (precision + left) - cavity * left


def _expand(design: Floats, stages: Stages, mean: Floats) -> tuple[Floats, Floats, Floats]:
    """Second-order expansion at a mean: root of the curvature, its linear part, the slope."""
    utilities = design @ mean
    chance = win_probabilities(stages, utilities)
    pull = slope(stages, chance)
    blocks = curvature(stages, chance)
    values, vectors = np.linalg.eigh(blocks)
    factors = vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :]
    pieces = design.reshape(stages.rankings, stages.width, -1)
    root = np.einsum("rwd,rwn->nrd", factors, pieces, optimize=True)
    root = root.reshape(len(mean), -1)[:, values.ravel() > NARROWEST]
    bent = np.einsum("rab,rb->ra", blocks, utilities.reshape(stages.rankings, -1)).ravel()
    return root, design.T @ (bent + pull), pull


def _gaussian(precision: Floats, root: Floats, target: Floats) -> tuple[Floats, Floats]:
    """Mean and variances of the Gaussian with precision diag + root root', and linear part."""
    if len(precision) <= root.shape[1]:
        covariance = np.linalg.inv(root @ root.T + np.diag(precision))
        return covariance @ target, np.diag(covariance).copy()
    scaled = root / precision[:, None]
    inner = np.linalg.cholesky(np.eye(root.shape[1]) + root.T @ scaled)
    narrowing = np.linalg.solve(inner, scaled.T)
    plain = target / precision
    mean = plain - narrowing.T @ (narrowing @ target)
    return mean, 1 / precision - (narrowing**2).sum(axis=0)


def _solve(precision: Floats, root: Floats, target: Floats) -> Floats:
    """(diag + root root')^-1 target."""
    if len(precision) <= root.shape[1]:
        return np.asarray(np.linalg.solve(root @ root.T + np.diag(precision), target))
    scaled = root / precision[:, None]
    inner = np.eye(root.shape[1]) + root.T @ scaled
    return np.asarray(target / precision - scaled @ np.linalg.solve(inner, scaled.T @ target))


def _moments(share: Floats, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of mixtures."""
    middle = (share * mean).sum(axis=1)
    return middle, (share * (variance + mean**2)).sum(axis=1) - middle**2
