"""The reply scorer: which of some finished replies the user will like, from the texts alone.

Utility of a reply = sum over terms of weight x term (see `reply_terms`), Plackett-Luce likelihood.
Prior: what many people have in common (`scorer_prior`), plus how much one person differs from
them, tau, chosen from TAUS by evidence on the user's own rankings: no departure without reason.
Posterior: Laplace. The state is a pure function of the prior, the vectors and the examples, so an
undo restores it bit for bit. A ranking "all bad" compares no two replies and so teaches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import safetensors.numpy

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import (
    LEAST_REASON,
    REASONS,
    Example,
    Reason,
    Reply,
    Taste,
)
from assistant.personalization.listwise import DenseStages, Fit, dense_stages, fit_steps
from assistant.personalization.reply_terms import effective, key_of, terms_of, words_for
from assistant.personalization.scorer_prior import PLACE_SD, TEXT_TERMS, Floats, ScorerPrior
from assistant.personalization.stages import competitions

# How far one person's weights may lie from the crowd's, and how likely that is before any ranking.
# Public raters hardly differ (their own rankings help little or not), people with tastes of their
# own do by about .1: even odds between the two cost the first nothing that can be measured.
TAUS = (0.02, 0.1, 0.2, 0.4)
ODDS = (0.5, 0.35, 0.1, 0.05)
ROWS_KEPT = 5000  # queries whose terms are kept in memory, about 2 kB each
CLEAR = 2.0  # standard deviations from 0 at which a taste is called clear


class ReplyScorer:
    """Learns from texts and rankings. `vectors` may grow while this lives."""

    name = "scorer"

    def __init__(self, prior: ScorerPrior, vectors: Mapping[str, Vectors]) -> None:
        self._prior = prior
        self._vectors = vectors
        self._rows: dict[tuple[str, tuple[Reply, ...], bool], tuple[Floats, float]] = {}
        self.mean = prior.mean.copy()
        self.covariance = _with_tau(prior, TAUS[0])
        self.tau = TAUS[0]
        self._lean = 0.0

    def learn(self, examples: Mapping[int, Example], cancel: CancelToken) -> Iterator[Progress]:
        """Fit to exactly these examples at each tau; a cancelled fit leaves the old state."""
        ordered = sorted(examples.values(), key=lambda example: example.ranking_id)
        stages, lean = self._stages(ordered)
        best: tuple[float, float, Fit] | None = None
        start = self._prior.mean
        for number, (tau, odds) in enumerate(zip(TAUS, ODDS, strict=True)):
            precision = np.asarray(np.linalg.inv(_with_tau(self._prior, tau)))
            for outcome in fit_steps(stages, self._prior.mean, precision, start):
                if cancel.cancelled:
                    return
                if outcome is None:
                    yield Progress("Fitting the reply scorer", number, len(TAUS))
                    continue
                start = outcome.mode
                likely = outcome.evidence + float(np.log(odds))
                if best is None or likely > best[0]:
                    best = (likely, tau, outcome)
        assert best is not None, "every tau ends with a fit"
        _, self.tau, found = best
        self.mean, self.covariance = found.mode, np.asarray(np.linalg.inv(found.precision))
        self._lean = lean

    def utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """Expected utility of each reply; the place shown plays no part in it."""
        return self._utilities(self.mean, query, replies)

    def prior_utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """What `utilities` would be with nothing learned."""
        return self._utilities(self._prior.mean, query, replies)

    def explain(self, query: str, replies: Sequence[Reply]) -> tuple[tuple[Reason, ...], ...]:
        """For each reply the features that speak most for or against it."""
        if not replies:
            return ()
        rows, lean = self._terms(query, replies)
        parts = rows[:, :TEXT_TERMS] * effective(self.mean, lean)
        return tuple(
            tuple(
                Reason(
                    key_of(int(term)),
                    words_for(int(term))[int(rows[i, term] < 0)],
                    float(amounts[term]),
                )
                for term in np.argsort(-np.abs(amounts), kind="stable")[:REASONS]
                if abs(amounts[term]) >= LEAST_REASON
            )
            for i, amounts in enumerate(parts)
        )

    def tastes(self) -> tuple[Taste, ...]:
        """The clear preferences, the strongest first, for the kind of queries the user asks."""
        chosen = np.hstack([np.eye(TEXT_TERMS), self._lean * np.eye(TEXT_TERMS)])
        width = 2 * TEXT_TERMS
        sd = np.sqrt(np.diag(chosen @ self.covariance[:width, :width] @ chosen.T))
        weight = effective(self.mean, self._lean)
        own = weight - effective(self._prior.mean, self._lean)
        return tuple(
            Taste(
                key_of(int(t)),
                words_for(int(t))[int(weight[t] < 0)],
                float(weight[t]),
                float(sd[t]),
                float(own[t]),
            )
            for t in np.argsort(-np.abs(weight), kind="stable")
            if abs(weight[t]) > CLEAR * sd[t]
        )

    def dump(self) -> bytes:
        """The state as a safetensors file."""
        state = {
            "mean": self.mean,
            "covariance": self.covariance,
            "rest": np.array([self.tau, self._lean]),
        }
        return safetensors.numpy.save(state)

    def load(self, state: bytes) -> None:
        """Take over a dumped state; ValueError if it has other terms or is not finite."""
        arrays = safetensors.numpy.load(state)
        if set(arrays) != {"mean", "covariance", "rest"}:
            raise ValueError("the state is not that of a reply scorer")
        if arrays["mean"].shape != self.mean.shape:
            raise ValueError("the state belongs to other text features")
        if arrays["covariance"].shape != self.covariance.shape or arrays["rest"].shape != (2,):
            raise ValueError("the state's parts do not fit together")
        if not all(np.isfinite(array).all() for array in arrays.values()):
            raise ValueError("the state has values that are not finite")
        self.mean, self.covariance = arrays["mean"], arrays["covariance"]
        self.tau, self._lean = (float(value) for value in arrays["rest"])

    def _utilities(
        self, weights: Floats, query: str, replies: Sequence[Reply]
    ) -> tuple[float, ...]:
        """Utility of each reply under given weights, without its place."""
        if not replies:
            return ()
        rows, _ = self._terms(query, replies)
        return tuple(float(value) for value in rows[:, :-1] @ weights[:-1])

    def _terms(self, query: str, replies: Sequence[Reply]) -> tuple[Floats, float]:
        """Rows and lean of one query, kept: texts do not change, but vectors may come later."""
        known = query in self._vectors and all(r.text in self._vectors for r in replies)
        key = (query, tuple(replies), known)
        if key not in self._rows:
            if len(self._rows) >= ROWS_KEPT:
                self._rows.clear()
            self._rows[key] = terms_of(self._prior, query, replies, self._vectors)
        return self._rows[key]

    def _stages(self, examples: Sequence[Example]) -> tuple[DenseStages, float]:
        """Every stage of every example, and the mean lean."""
        winners_first: list[Floats] = []
        leans = [0.0]
        for example in examples:
            rows, lean = self._terms(example.query, example.replies)
            leans.append(lean)
            winners_first += [
                rows[[i for i in stage if i is not None]]
                for stage in competitions(example)
                if stage[0] is not None
            ]
        return dense_stages(winners_first, self._prior.size), sum(leans) / len(leans)


def _with_tau(prior: ScorerPrior, tau: float) -> Floats:
    """The prior's covariance for a person who differs from the crowd by tau in each weight."""
    own = np.full(prior.size, tau**2)
    own[-1] = PLACE_SD**2
    return np.asarray(prior.covariance + np.diag(own))
