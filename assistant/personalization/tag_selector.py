"""The tag selector: a Bayesian Plackett-Luce model over tags that expects few of them to matter.

Utility of a reply = sum of the weights of its tags, each with a part for the query's topic
                   + relevance weight x sum of cos(query, interest)        (frozen MiniLM)
                   + what similar tags share + nuisance: guidance at all, place shown, length.
Prior: a tag is indifferent, liked or disliked; few are liked (tag_features.py). Posterior:
expectation propagation (sparse_posterior.py). The state is a pure function of the library and the
examples: undoing a ranking restores it bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Tag
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Example, Reply
from assistant.personalization.query_topics import find_topics, nearest_topic
from assistant.personalization.sparse_posterior import STEPS, Posterior, infer
from assistant.personalization.stages import Floats, Integers, build_stages
from assistant.personalization.tag_features import PLACE, RELEVANCE, TOPICS, Prepared, TagFeatures
from assistant.personalization.tag_state import TagState

TOPICS_FROM = 12  # different queries from which on they are divided into topics
NO_TOPIC = -1
LEAST_INFLUENCE = 1e-3  # in nats; below it a ranking is not named as a reason


class TagSelector:
    """Learns which tags the user likes. `vectors` has one row for each tag."""

    name = "selector"

    def __init__(self, tags: Sequence[Tag], vectors: Vectors) -> None:
        self.tags = tuple(tags)
        self.features = TagFeatures(tags, vectors.astype(np.float64))
        self._queries: dict[str, Floats] = {}
        self._prepared: dict[Example, Prepared] = {}
        self._state = self._unlearned = self.features.unlearned()
        self._reasons: tuple[Posterior, Integers] | None = (
            None  # of the last fit, with its rankings
        )

    @property
    def mean(self) -> Floats:
        """Expected weight of each tag, over all topics, in nats."""
        return self.features.weights(self._state, self._state.topics_mixed)[0]

    @property
    def sd(self) -> Floats:
        """Standard deviation of each tag's weight."""
        return np.sqrt(self.features.weights(self._state, self._state.topics_mixed)[1])

    def know_query(self, query: str, vector: Vectors) -> None:
        """Take over a query's vector; a query without one has no relevance and no topic."""
        if query not in self._queries:
            self._prepared = {e: p for e, p in self._prepared.items() if e.query != query}
            self._queries[query] = vector.astype(np.float64)

    def learn(self, examples: Mapping[int, Example], cancel: CancelToken) -> Iterator[Progress]:
        """Fit to exactly these examples, a Progress at each step.

        A cancelled fit leaves the old state.
        """
        ranked = sorted(examples.values(), key=lambda e: e.ranking_id)
        prepared = [self._prepare(example) for example in ranked]
        centres = self._centres(ranked)
        topics = [self._topic(example.query, centres) for example in ranked]
        width = max((p.replies for p in prepared), default=1)
        stages = build_stages([p.stages for p in prepared], width)
        columns, design = self.features.design(prepared, topics, width)
        ids = np.array([example.ranking_id for example in ranked], dtype=np.int64)
        state, reasons = self._unlearned, None
        fits = infer(design, stages, self.features.prior(columns)) if len(stages.slots) else ()
        for step, fit in enumerate(fits):
            if cancel.cancelled:
                return
            yield Progress("Fitting the tag weights", step + 1, STEPS)
            state, reasons = TagState.of(columns, fit.mean, fit.marginals, centres), (fit, ids)
        if not cancel.cancelled:
            self._state, self._reasons = state, reasons

    def relevance(self, query: str) -> Floats:
        """Cosine of the query with each interest, 0 for styles, shape (tags,)."""
        return self.features.relevance(self._queries.get(query))

    def expected_weights(self, query: str) -> Floats:
        """What each tag is expected to add to a reply to this query, in nats, shape (tags,)."""
        shares = self._state.topics_of(self._topic(query, self._state.centres))
        weights = self.features.weights(self._state, shares)[0]
        return weights + self._terms(self._state)[RELEVANCE] * self.relevance(query)

    def liked(self, query: str) -> Floats:
        """Probability that the user likes each tag with this query, shape (tags,)."""
        topic = self._topic(query, self._state.centres)
        return self.features.liked(self._state, topic)

    def utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """Expected utility of each reply; the place shown plays no part in it."""
        return self._utilities(self._state, query, replies)

    def prior_utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """What `utilities` would be with nothing learned."""
        return self._utilities(self._unlearned, query, replies)

    def influences(self, tag: str) -> tuple[int, ...]:
        """Rankings behind a tag's weight, most influential first.

        First order: the covariance times the gradient of each ranking's log-likelihood.
        """
        if self._reasons is None:
            return ()
        fit, ids = self._reasons
        direction = self.features.direction(tag, self._state)
        if not direction.any():
            return ()
        felt = fit.design @ fit.covariances(direction)
        moved = (fit.pull * felt).reshape(len(ids), -1).sum(axis=1)
        ordered = np.argsort(-np.abs(moved), kind="stable")
        return tuple(int(ids[i]) for i in ordered if abs(moved[i]) > LEAST_INFLUENCE)

    def dump(self) -> bytes:
        """The state as a safetensors file."""
        return self._state.dump(len(self.tags))

    def load(self, state: bytes) -> None:
        """Take over a dumped state; ValueError if it does not fit this library or is not finite."""
        self._state = TagState.load(state, len(self.tags), self.features.size)
        self._reasons = None

    def _utilities(
        self, state: TagState, query: str, replies: Sequence[Reply]
    ) -> tuple[float, ...]:
        """Utility of each reply under a state, without its place."""
        topic = self._topic(query, state.centres)
        weights = self.features.tag_weights(state, state.topics_of(topic))
        terms = self._terms(state)
        terms[PLACE] = 0.0
        vector = self._queries.get(query)
        found = []
        for reply in replies:
            places = self.features.places(reply)
            values = self.features.terms(reply, places, vector)
            found.append(float(weights[places].sum() + values @ terms))
        return tuple(found)

    def _terms(self, state: TagState) -> Floats:
        """Means of the terms and directions."""
        return state.values(self.features.first_term, self.features.size)

    def _prepare(self, example: Example) -> Prepared:
        """A ranking as numbers, remembered, because every fit needs all of them."""
        if example not in self._prepared:
            vector = self._queries.get(example.query)
            self._prepared[example] = self.features.prepare(example, vector)
        return self._prepared[example]

    def _centres(self, ranked: Sequence[Example]) -> Floats:
        """Centres of the queries' topics, none if there are too few queries."""
        known = dict.fromkeys(e.query for e in ranked if e.query in self._queries)
        if len(known) < TOPICS_FROM:
            return self._unlearned.centres
        return find_topics(np.stack([self._queries[query] for query in known]), TOPICS)

    def _topic(self, query: str, centres: Floats) -> int:
        """The query's topic, if it has one."""
        if query not in self._queries or not len(centres):
            return NO_TOPIC
        return int(nearest_topic(self._queries[query][None, :], centres)[0])
