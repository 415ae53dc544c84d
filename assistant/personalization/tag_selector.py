"""The tag selector: a Bayesian Plackett-Luce model over tags that expects few of them to matter.

Utility of a reply = sum of the weights of its tags, each with a part for the query's topic
                   + the weights of all interests, as far as its text shows them (tag_features.py)
                   + relevance weight x sum of cos(query, interest)        (frozen MiniLM)
                   + what similar tags share + nuisance: guidance at all, place shown, length.
Prior: a tag is indifferent, liked or disliked; few are liked (tag_features.py). Posterior:
expectation propagation (sparse_posterior.py). The state is a pure function of the library and the
examples: undoing a ranking restores it bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Tag, TopicWeight
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import (
    LEAST_REASON,
    REASONS,
    Example,
    PlacePull,
    Reason,
    Reply,
)
from assistant.personalization.stages import Floats, build_stages
from assistant.personalization.tag_features import PLACE, Prepared, TagFeatures
from assistant.personalization.tag_fit import Fitted, Rounds, fit_tags, topic_of
from assistant.personalization.tag_state import TagState

LEAST_INFLUENCE = 1e-3  # in nats; below it a ranking is not named as a reason


class TagSelector:
    """Learns which tags the user likes. `vectors` has one row for each tag.

    `texts` has the vectors of replies and may grow, at the latest before their ranking is learned
    from; a ranking of which a reply has none, or no text, shows nothing.
    """

    name = "selector"

    def __init__(
        self,
        tags: Sequence[Tag],
        vectors: Vectors,
        texts: Mapping[str, Vectors] = MappingProxyType({}),
    ) -> None:
        self.tags = tuple(tags)
        self.features = TagFeatures(tags, vectors.astype(np.float64))
        self._texts = texts
        self._queries: dict[str, Floats] = {}
        self._prepared: dict[int, tuple[Example, Prepared]] = {}
        self._state = self._unlearned = self.features.unlearned()
        self._fitted: Fitted | None = None  # the last fit, as long as nothing was loaded

    @property
    def mean(self) -> Floats:
        """Expected weight of each tag, over all topics, in nats."""
        return self.features.weights(self._state, self._state.topics_mixed)[0]

    @property
    def sd(self) -> Floats:
        """Standard deviation of each tag's weight."""
        return np.sqrt(self.features.weights(self._state, self._state.topics_mixed)[1])

    def know_query(self, query: str, vector: Vectors) -> None:
        """Take over a query's vector; a query without one has no relevance and no topic.

        Nor has one without text, as lessons have it that came without texts.
        """
        if query and query not in self._queries:
            self._prepared = {i: p for i, p in self._prepared.items() if p[0].query != query}
            self._queries[query] = vector.astype(np.float64)

    def learn(self, examples: Mapping[int, Example], cancel: CancelToken) -> Iterator[Progress]:
        """Fit to exactly these examples, a Progress at each step.

        A cancelled fit leaves the old state.
        """
        rounds = self._rounds(examples)
        if not len(rounds.stages.slots):
            self._state, self._fitted = self._unlearned, None
            return
        found = yield from fit_tags(self.features, rounds, cancel)
        if found is not None:
            self._state, self._fitted = found.state, found

    def relevance(self, query: str) -> Floats:
        """Cosine of the query with each interest, 0 for styles, shape (tags,)."""
        return self.features.relevance(self._queries.get(query))

    def liked(self, query: str) -> Floats:
        """Probability that the user likes each tag with this query, shape (tags,)."""
        topic = topic_of(self._queries.get(query), self._state.centres)
        return self.features.liked(self._state, topic)

    def utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """Expected utility of each reply; the place shown plays no part in it."""
        return self._utilities(self._state, query, replies)

    def prior_utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """What `utilities` would be with nothing learned."""
        return self._utilities(self._unlearned, query, replies)

    def reasons(self, query: str, replies: Sequence[Reply]) -> tuple[tuple[Reason, ...], ...]:
        """For each reply the interests that its text shows more or less than the others do.

        Those with the largest part in its expected utility; none where a text was not read.
        """
        rows = self._rows_of(replies)
        if rows is None:
            return tuple(() for _ in replies)
        at = self.features.interests
        shown = self.features.shown(rows)
        parts = shown * self._tag_weights(self._state, query)[at]
        return tuple(
            tuple(
                _reason(self.tags[at[i]].name, float(shown[r, i]), float(part[i]))
                for i in np.argsort(-np.abs(part), kind="stable")[:REASONS]
                if abs(part[i]) >= LEAST_REASON
            )
            for r, part in enumerate(parts)
        )

    def influences(self, tag: str) -> tuple[int, ...]:
        """Rankings behind a tag's weight, most influential first.

        First order: the covariance times the gradient of each ranking's log-likelihood.
        """
        if self._fitted is None:
            return ()
        fit, ids = self._fitted.posterior, self._fitted.ids
        direction = self.features.direction(tag, self._state)[self._fitted.joined]
        felt = fit.design @ fit.covariances(direction)
        moved = (fit.pull * felt).reshape(len(ids), -1).sum(axis=1)
        ordered = np.argsort(-np.abs(moved), kind="stable")
        return tuple(int(ids[i]) for i in ordered if abs(moved[i]) > LEAST_INFLUENCE)

    def topics(self, tag: str) -> tuple[TopicWeight, ...]:
        """A tag's weight with the queries of each topic, named by the query nearest its middle."""
        known = [
            (e.query, self._queries[e.query])
            for e, _ in self._prepared.values()
            if e.query in self._queries
        ]
        if not known or tag not in self.features.place:
            return ()
        vectors, at = np.stack([vector for _, vector in known]), self.features.place[tag]
        found = []
        for topic, centre in enumerate(self._state.centres):
            mean, variance = self.features.weights(self._state, self._state.topics_of(topic))
            nearest = known[int(np.argmax(vectors @ centre))][0]
            found.append(TopicWeight(nearest, float(mean[at]), float(np.sqrt(variance[at]))))
        return tuple(found)

    def place_pull(self) -> PlacePull:
        """How the place shown sways the user: the posterior of that term."""
        at = int(np.flatnonzero(self._state.columns == self.features.first_term + PLACE)[0])
        spread = float(np.sqrt(self._state.marginals.moments()[1][at]))
        speak = sum(bool(e.tiers) and len(e.replies) > 1 for e, _ in self._prepared.values())
        return PlacePull(float(self._state.mean[at]), spread, speak)

    def dump(self) -> bytes:
        """The state as a safetensors file."""
        return self._state.dump(len(self.tags))

    def load(self, state: bytes) -> None:
        """Take over a dumped state; ValueError if it does not fit this library or is not finite."""
        self._state = TagState.load(state, len(self.tags), self.features.size)
        self._fitted = None

    def _rounds(self, examples: Mapping[int, Example]) -> Rounds:
        """The rankings in their order, as numbers; each is prepared once, for all fits."""
        ranked = sorted(examples.values(), key=lambda e: e.ranking_id)
        kept = self._prepared
        self._prepared = {}
        for example in ranked:
            before = kept.get(example.ranking_id)
            if before is None or before[0] != example:
                before = example, self._prepare(example)
            self._prepared[example.ranking_id] = before
        prepared = [self._prepared[example.ranking_id][1] for example in ranked]
        width = max((p.replies for p in prepared), default=1)
        return Rounds(
            ids=np.array([example.ranking_id for example in ranked], dtype=np.int64),
            prepared=prepared,
            stages=build_stages([p.stages for p in prepared], width),
            queries=[self._queries.get(example.query) for example in ranked],
        )

    def _prepare(self, example: Example) -> Prepared:
        """One ranking as numbers."""
        query = self._queries.get(example.query)
        return self.features.prepare(example, query, self._rows_of(example.replies))

    def _rows_of(self, replies: Sequence[Reply]) -> Floats | None:
        """The vectors of the texts of replies, None if one has none or says nothing."""
        if not replies or not all(r.text and r.text in self._texts for r in replies):
            return None
        return np.stack([self._texts[reply.text] for reply in replies]).astype(np.float64)

    def _utilities(
        self, state: TagState, query: str, replies: Sequence[Reply]
    ) -> tuple[float, ...]:
        """Utility of each reply under a state, without its place."""
        weights = self._tag_weights(state, query)
        terms = self._terms(state)
        terms[PLACE] = 0.0
        vector = self._queries.get(query)
        rows, seen = self._rows_of(replies), np.zeros(len(replies))
        if rows is not None:
            seen = self.features.shown(rows) @ weights[self.features.interests]
        found = []
        for reply, shown in zip(replies, seen, strict=True):
            places = self.features.places(reply)
            values = self.features.terms(reply, places, vector)
            found.append(float(weights[places].sum() + values @ terms + shown))
        return tuple(found)

    def _tag_weights(self, state: TagState, query: str) -> Floats:
        """Expected weight of each tag with this query, by itself."""
        topic = topic_of(self._queries.get(query), state.centres)
        return self.features.tag_weights(state, state.topics_of(topic))

    def _terms(self, state: TagState) -> Floats:
        """Means of the terms and directions."""
        return state.values(self.features.first_term, self.features.size)


def _reason(interest: str, shown: float, amount: float) -> Reason:
    """An interest's part in a reply's expected utility, in words."""
    if shown > 0:
        return Reason(f"interest:{interest}", f"what it says of {interest}", amount)
    return Reason(f"interest:{interest}", f"saying little of {interest}", amount)
