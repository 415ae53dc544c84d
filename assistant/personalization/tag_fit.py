"""Fitting the tag model to rankings: first without topics, then with those that may matter.

If the first fit shows that the taste has changed, older rankings count less from there on.

Of the weights that a tag has with one topic only, those that the rankings speak for by themselves
join the fit; all others are judged one by one, with everything else as it is. So a fit costs
little more than one without topics.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.personalization.query_topics import find_topics, nearest_topic
from assistant.personalization.sparse_posterior import (
    Mixture,
    Posterior,
    Start,
    alone,
    felt,
    infer,
)
from assistant.personalization.stages import Floats, Integers, Stages, weigh
from assistant.personalization.tag_features import TOPICS, Prepared, TagFeatures
from assistant.personalization.tag_state import TagState
from assistant.personalization.taste_change import rankings_count

NO_TOPIC = -1
TOPICS_FROM = 45  # rankings from which on queries have topics; from 30 on costs 3 points there
SURE = 0.9  # probability from which on a tag counts as liked
# Log odds of tastes by topic against one taste, from which on topics matter. Weights that join
# without need cost little, those that stay out where they are needed much: 0 finds fewer.
EVIDENCE = -1.0
JOINING = 0.0  # log odds of a weight by itself, from which on it joins the fit


@dataclass(frozen=True, slots=True)
class Rounds:
    """All rankings in their order."""

    ids: Integers
    prepared: Sequence[Prepared]
    stages: Stages
    queries: Sequence[Floats | None]  # the vector of each ranking's query, if it is known


@dataclass(frozen=True, slots=True)
class Fitted:
    """A state and the reasons for it; `joined` says which of its columns the posterior has."""

    state: TagState
    posterior: Posterior
    joined: NDArray[np.bool_]
    ids: Integers


def fit_tags(
    features: TagFeatures, rounds: Rounds, cancel: CancelToken
) -> Generator[Progress, None, Fitted | None]:
    """Fit to some rankings, a Progress at each step; None if cancelled."""
    none = np.zeros((0, features.dimensions))
    plain = np.full(len(rounds.ids), NO_TOPIC)
    columns, design = features.design(rounds.prepared, plain, rounds.stages.width)
    stages, prior = rounds.stages, features.prior(columns)
    fit = yield from _steps(design, stages, prior, Start.from_prior(prior), cancel)
    asked = features.asked(rounds.prepared, plain, columns[columns < features.width], stages.width)
    weights = None if fit is None else rankings_count(fit, prior, asked)
    if weights is not None:
        stages = weigh(stages, weights)
        fit = yield from _steps(design, stages, prior, Start.from_prior(prior), cancel)
    if fit is None:
        return None
    state = TagState.of(columns, fit.mean, fit.marginals, none)
    found = Fitted(state, fit, np.ones(len(columns), dtype=bool), rounds.ids)
    centres = _centres(rounds.queries)
    if centres is None:
        return found
    return (yield from _fit_topics(features, rounds, stages, found, centres, cancel))


def topic_of(query: Floats | None, centres: Floats) -> int:
    """The number of a query's topic, if it has one."""
    if query is None or not len(centres):
        return NO_TOPIC
    return int(nearest_topic(query[None, :], centres)[0])


def _fit_topics(
    features: TagFeatures,
    rounds: Rounds,
    stages: Stages,
    plain: Fitted,
    centres: Floats,
    cancel: CancelToken,
) -> Generator[Progress, None, Fitted | None]:
    """Go on from a fit without topics; that fit if topics do not matter."""
    topics = _topics(rounds.queries, centres)
    columns, design = features.design(rounds.prepared, topics, stages.width)
    prior = features.prior(columns)
    told = felt(plain.posterior, design)
    fitted = (columns < features.width) | (columns >= features.first_term)
    if _topic_evidence(features, plain.posterior, columns, told, prior) <= EVIDENCE:
        return plain
    joined = fitted | (prior.evidence(*told) > JOINING)
    some = prior.take(joined)
    start = Start.from_prior(some).after(plain.posterior, fitted[joined])
    fit = yield from _steps(design[:, joined], stages, some, start, cancel)
    if fit is None:
        return None
    marginals = alone(prior, *felt(fit, design))
    marginals.put(joined, fit.marginals)
    mean = marginals.moments()[0]
    mean[joined] = fit.mean
    return Fitted(TagState.of(columns, mean, marginals, centres), fit, joined, rounds.ids)


def _topic_evidence(
    features: TagFeatures,
    fit: Posterior,
    columns: Integers,
    told: tuple[Floats, Floats],
    prior: Mixture,
) -> float:
    """Log Bayes factor of a taste of its own for each topic, against one for all topics.

    `fit` is without topics, `told` is what is felt of each column beside it. Tags are judged one by
    one, the others as they are in the fit. No ranking has two topics, so to second order the
    log-likelihood is a sum over the topics: of one weight, or of a weight for each topic that is
    drawn from the same prior.
    """
    topical = (columns >= features.width) & (columns < features.first_term)
    tag = np.searchsorted(columns, columns[topical] % features.width)
    pull, information = (of[topical] for of in told)
    pull = pull + information * fit.mean[tag]  # as if the tag had no weight yet
    tags = np.unique(tag)
    sums = [np.bincount(tag, of).astype(np.float64)[tags] for of in (pull, information)]
    together = prior.take(tags).evidence(*sums)
    return float(prior.take(tag).evidence(pull, information).sum() - together.sum())


def _steps(
    design: Floats, stages: Stages, prior: Mixture, start: Start, cancel: CancelToken
) -> Generator[Progress, None, Posterior | None]:
    """The last posterior; None if cancelled."""
    found: Posterior | None = None
    for step, found in enumerate(infer(design, stages, prior, start)):  # noqa: B007 (the last one counts)
        if cancel.cancelled:
            return None
        yield Progress("Fitting the tag weights", step + 1, start.steps)
    return None if cancel.cancelled else found


def _centres(queries: Sequence[Floats | None]) -> Floats | None:
    """Centres of the queries' topics, None if there are too few queries."""
    known = [query for query in queries if query is not None]
    if len(known) < TOPICS_FROM:
        return None
    return find_topics(np.stack(known), TOPICS)


def _topics(queries: Sequence[Floats | None], centres: Floats) -> Integers:
    """The topic of each query that has a vector."""
    topics = np.full(len(queries), NO_TOPIC)
    known = [i for i, query in enumerate(queries) if query is not None]
    vectors = [query for query in queries if query is not None]
    topics[known] = nearest_topic(np.stack(vectors), centres)
    return topics
