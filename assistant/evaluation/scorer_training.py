"""From many people's rankings to the reply scorer's prior: only numbers come out.

Scales and axes come from the texts alone, the gate from which data set they belong to, the prior's
mean and covariance from one Plackett-Luce fit over everybody (weights ~ N(0, CROWD_SD)).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from assistant.evaluation.ranking_data import Comparison
from assistant.personalization.embedder import Vectors
from assistant.personalization.listwise import dense_stages, fit
from assistant.personalization.reply_terms import raw_terms, rows_from
from assistant.personalization.scorer_prior import (
    PLACE_SD,
    TEXT_TERMS,
    Floats,
    Gate,
    ScorerPrior,
)
from assistant.personalization.stages import competitions
from assistant.personalization.text_features import FEATURES

CROWD_SD = 0.025  # best of .01 to 1 on people and items kept apart; flat from .01 to .05
# Replies that stray from their query are rare among public ones, but not among those of a small
# model: the unit is a clear difference in cosine, and the weight is free to be as large as it is.
STRAYING, STRAYING_UNIT, STRAYING_SD = len(FEATURES), 0.2, 0.25
AXES = 8  # components of meaning; 16 and 32 were no better, 0 a point worse
GATE_RIDGE = 10.0
FOLDS = 4  # of people, to find the prior's strength
STRENGTH_SD = 1.0
AGREEMENT_SD = 0.3  # how differently strongly people agree with the crowd
SMALLEST = 1e-3  # a scale below this means that no two replies differed


class ScorerTraining:
    """Builds priors from parts of the same comparisons; what depends on texts is made once."""

    def __init__(self, comparisons: Sequence[Comparison], vectors: Mapping[str, Vectors]) -> None:
        self._comparisons = comparisons
        known: dict[tuple[str, tuple[str, ...]], tuple[Floats, Floats]] = {}
        self._raw: list[Floats] = []
        self._vectors: list[Floats] = []
        for comparison in comparisons:
            texts = tuple(reply.text for reply in comparison.example.replies)
            key = (comparison.example.query, texts)
            if key not in known:
                known[key] = (raw_terms(*key, vectors), _rows_of(texts, vectors))
            raw, rows = known[key]
            self._raw.append(raw)
            self._vectors.append(rows)

    def prior(self, among: Sequence[int], about: dict[str, Any] | None = None) -> ScorerPrior:
        """The prior from the comparisons with these numbers."""
        groups = self._by_kind(among)
        scale = _scale([[self._raw[i] for i in group] for group in groups])
        scale[STRAYING] = STRAYING_UNIT
        axes = self._axes(among)
        meanings = {i: self._vectors[i] @ axes.T for i in among}
        flat = np.zeros(2 * TEXT_TERMS + len(axes) + 1)
        shaped = ScorerPrior(
            scale=scale,
            gate=self._gate(among),
            axes=axes,
            axis_scale=_scale([[meanings[i] for i in group] for group in groups]),
            mean=flat,
            covariance=np.diag(flat),
            about=about or {},
        )
        rows = {
            i: rows_from(shaped, self._raw[i], meanings[i], self._comparisons[i].example.replies)[0]
            for i in among
        }
        strength = self._strength(rows)
        mean, covariance = self._fit(rows)
        mean, covariance = strength * mean, strength**2 * covariance
        covariance += AGREEMENT_SD**2 * np.outer(mean, mean)
        return replace(shaped, mean=mean, covariance=covariance)

    def _by_kind(self, among: Sequence[int]) -> list[list[int]]:
        """The numbers that tell and those that inform; no empty group."""
        tells = [i for i in among if self._comparisons[i].tells]
        informs = [i for i in among if not self._comparisons[i].tells]
        return [group for group in (tells, informs) if group]

    def _axes(self, among: Sequence[int]) -> Floats:
        """Directions in which the meanings of replies to one query differ most."""
        rows = np.concatenate([self._vectors[i] - self._vectors[i].mean(axis=0) for i in among])
        if not rows.any():
            return np.zeros((0, rows.shape[1]))
        values, directions = np.linalg.eigh(rows.T @ rows)
        found = directions[:, np.argsort(-values)[:AXES]].T
        signs = np.sign(found[np.arange(len(found)), np.abs(found).argmax(axis=1)])
        return np.asarray(found * signs[:, None])

    def _gate(self, among: Sequence[int]) -> Gate:
        """Ridge logistic regression on the mean features of a query's replies."""
        groups = self._by_kind(among)
        rows = np.array([self._raw[i][:, : len(FEATURES)].mean(axis=0) for i in among])
        mean, sd = rows.mean(axis=0), np.maximum(rows.std(axis=0), SMALLEST)
        if len(groups) < 2:  # nothing to tell apart
            return Gate(mean, sd, np.zeros(len(mean)), 0.0)
        z = np.hstack([np.clip((rows - mean) / sd, -3, 3), np.ones((len(rows), 1))])
        tells = np.array([float(self._comparisons[i].tells) for i in among])
        weights = np.zeros(z.shape[1])
        for _ in range(30):
            likely = 1 / (1 + np.exp(-z @ weights))
            slope = z.T @ (tells - likely) - GATE_RIDGE * weights
            bent = (z * (likely * (1 - likely))[:, None]).T @ z + GATE_RIDGE * np.eye(len(weights))
            weights = weights + np.linalg.solve(bent, slope)
        return Gate(mean, sd, weights[:-1], float(weights[-1]))

    def _strength(self, rows: Mapping[int, Floats]) -> float:
        """By how much to multiply what some people teach to fit others best.

        A strong prior ranks best but is too modest about it; found over folds of people.
        """
        people = sorted({self._comparisons[i].person for i in rows})
        certain: list[Floats] = []
        for fold in range(FOLDS):
            left_out = set(people[fold::FOLDS])
            known = {i: r for i, r in rows.items() if self._comparisons[i].person not in left_out}
            mean, _ = self._fit(known)
            for i in rows.keys() - known.keys():
                certain += [stage[:, :-1] @ mean[:-1, None] for stage in self._stages(i, rows[i])]
        stages = dense_stages(certain, 1)
        found = fit(stages, np.ones(1), np.eye(1) * STRENGTH_SD**-2.0)
        return max(1.0, float(found.mode[0]))

    def _fit(self, rows: Mapping[int, Floats]) -> tuple[Floats, Floats]:
        """Mean and covariance over everybody; the place shown is each person's own matter."""
        winners_first = [stage for i, r in rows.items() for stage in self._stages(i, r)]
        size = next(iter(rows.values())).shape[1]
        spread = np.full(size, CROWD_SD)
        spread[STRAYING], spread[-1] = STRAYING_SD, PLACE_SD
        found = fit(dense_stages(winners_first, size), np.zeros(size), np.diag(spread**-2.0))
        mean, covariance = found.mode, np.asarray(np.linalg.inv(found.precision))
        mean[-1] = 0.0
        covariance[-1, :] = covariance[:, -1] = 0.0
        return mean, covariance

    def _stages(self, number: int, rows: Floats) -> list[Floats]:
        """The rows of each stage of one comparison, the winner's first."""
        return [
            rows[[c for c in stage if c is not None]]
            for stage in competitions(self._comparisons[number].example)
            if stage[0] is not None
        ]


def _rows_of(texts: Sequence[str], vectors: Mapping[str, Vectors]) -> Floats:
    """The vectors of some texts; without them, a single zero for each."""
    if not all(text in vectors for text in texts):
        return np.zeros((len(texts), 1))
    return np.stack([vectors[text] for text in texts]).astype(np.float64)


def _scale(groups: Sequence[Sequence[Floats]]) -> Floats:
    """Root mean square of centred values, each group counting alike."""
    squares = [
        np.mean([((rows - rows.mean(axis=0)) ** 2).mean(axis=0) for rows in group], axis=0)
        for group in groups
    ]
    return np.asarray(np.maximum(np.sqrt(np.mean(squares, axis=0)), SMALLEST))
