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
from typing import Self

import numpy as np
from numpy.typing import NDArray

from assistant.personalization.ranking_gaussian import gaussian, gaussian_mean
from assistant.personalization.stages import (
    Floats,
    Integers,
    Stages,
    curvature,
    slope,
    win_probabilities,
)

STEPS = 4  # more change nothing that can be measured (accuracy after 4, 6, 12 or 25 steps)
STEPS_ON = 3  # the same, going on from a fit that lacked some of the weights
FLATTEST = 0.05  # smallest precision of a Gaussian that stands for a prior
SHARPEST = 1e4
LEAST = 1e-6  # precision that a weight's rankings are given at least


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

    def take(self, at: NDArray[np.bool_] | Integers) -> Mixture:
        """Some of the weights."""
        return Mixture(self.log_share[at], self.mean[at], self.variance[at])

    def put(self, at: NDArray[np.bool_], other: Mixture) -> None:
        """Replace some of the weights."""
        self.log_share[at] = other.log_share
        self.mean[at] = other.mean
        self.variance[at] = other.variance

    def evidence(self, pull: Floats, information: Floats) -> Floats:
        """Log of the mean of exp(pull w - information w^2 / 2) over each weight's prior."""
        spread = 1 + self.variance * information[:, None]
        moved = self.mean + self.variance * pull[:, None]
        log = self.log_share - 0.5 * np.log(spread)
        log += 0.5 * (moved**2 / spread - self.mean**2) / self.variance
        top = log.max(axis=1)
        return np.asarray(top + np.log(np.exp(log - top[:, None]).sum(axis=1)))


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known after the rankings of the weights that occur in them."""

    mean: Floats
    marginals: Mixture
    precision: Floats  # of the Gaussians that stand for the priors
    shift: Floats  # their precision times their mean
    design: Floats  # (slots, weights)
    blocks: Floats  # (rankings, width, width): curvature of the log-likelihood
    pull: Floats  # (slots,): gradient of the log-likelihood at the mean

    def covariances(self, direction: Floats) -> Floats:
        """Posterior covariance of a combination of weights with every weight."""
        return gaussian_mean(self.precision, self.design, self.blocks, direction)


@dataclass(frozen=True, slots=True)
class Start:
    """Where expectation propagation begins: at the prior, or at a fit of some of the weights."""

    mean: Floats
    precision: Floats
    shift: Floats
    fitted: bool = False

    @property
    def steps(self) -> int:
        """How many it takes."""
        return STEPS_ON if self.fitted else STEPS

    @classmethod
    def from_prior(cls, prior: Mixture) -> Self:
        """Nothing is known."""
        mean, spread = prior.moments()
        precision = np.clip(1 / spread, FLATTEST, SHARPEST)
        return cls(mean, precision, precision * mean)

    def after(self, fit: Posterior, at: NDArray[np.bool_]) -> Start:
        """The same with a fit of some of the weights taken over."""
        mean, precision, shift = self.mean.copy(), self.precision.copy(), self.shift.copy()
        mean[at], precision[at], shift[at] = fit.mean, fit.precision, fit.shift
        return Start(mean, precision, shift, fitted=True)


def infer(design: Floats, stages: Stages, prior: Mixture, start: Start) -> Iterator[Posterior]:
    """Better and better posteriors, as many as `start` says; `design` is (slots, weights)."""
    mean, precision, shift = start.mean, start.precision, start.shift
    if not start.fitted:  # a first expansion is far from the mean
        blocks, target, _ = _expand(design, stages, mean)
        mean = gaussian_mean(precision, design, blocks, target + shift)
    for _ in range(start.steps):
        blocks, target, pull = _expand(design, stages, mean)
        mean, variance = gaussian(precision, design, blocks, target + shift)
        left = np.maximum(1 / variance - precision, LEAST)  # what the rankings say by themselves
        cavity = (mean / variance - shift) / left
        marginals = prior.given(cavity, 1 / left)
        yield Posterior(mean, marginals, precision, shift, design, blocks, pull)
        middle, spread = marginals.moments()
        precision = np.clip(1 / spread - left, FLATTEST, SHARPEST)
        shift = middle * (precision + left) - cavity * left


def alone(prior: Mixture, pull: Floats, information: Floats) -> Mixture:
    """Posteriors of weights judged one by one beside a fit, from what is `felt` of each.

    The weights of the fit stay as they are, so this says too little rather than too much.
    """
    return prior.given(pull / information, 1 / information)


def felt(fit: Posterior, design: Floats) -> tuple[Floats, Floats]:
    """What the rankings say of each weight alone: slope and curvature of the log-likelihood."""
    pieces = design.reshape(*fit.blocks.shape[:2], -1)
    information = np.maximum(((fit.blocks @ pieces) * pieces).sum(axis=(0, 1)), LEAST)
    return fit.pull @ design, information


def _expand(design: Floats, stages: Stages, mean: Floats) -> tuple[Floats, Floats, Floats]:
    """Second-order expansion at a mean: blocks of the curvature, its linear part, the slope."""
    utilities = design @ mean
    chance = win_probabilities(stages, utilities)
    pull = slope(stages, chance)
    blocks = curvature(stages, chance)
    bent = (blocks @ utilities.reshape(stages.rankings, stages.width, 1)).ravel()
    return blocks, (bent + pull) @ design, pull


def _moments(share: Floats, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of mixtures."""
    middle = (share * mean).sum(axis=1)
    return middle, (share * (variance + mean**2)).sum(axis=1) - middle**2
