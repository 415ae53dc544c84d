"""The tag selector: a Bayesian Plackett-Luce model over tags that expects few of them to matter.

Utility of a reply = sum of the weights of its tags, each with a part for the query's topic
                   + relevance weight x sum of cos(query, interest)        (frozen MiniLM)
                   + what similar tags share + nuisance: guidance at all, place shown, length.
Prior: a tag is indifferent, liked or disliked; few are liked (tag_features.py). Posterior:
expectation propagation (sparse_posterior.py). The state is a pure function of the library and the
examples: undoing a ranking restores it bit for bit.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Tag
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Example, Reply
from assistant.personalization.query_topics import find_topics, nearest_topic
from assistant.personalization.sparse_posterior import STEPS, Posterior, gains, infer
from assistant.personalization.stages import Floats, Integers, Stages, build_stages
from assistant.personalization.tag_features import PLACE, RELEVANCE, TOPICS, Prepared, TagFeatures
from assistant.personalization.tag_state import TagState

TOPICS_FROM = 12  # different queries from which on they are divided into topics
NO_TOPIC = -1
SURE = 0.9  # probability from which on a tag counts as liked
TOPIC_EVIDENCE = 1.0  # log odds of a tag to be liked with one topic: topics stay in the model
LEAST_INFLUENCE = 1e-3  # in nats; below it a ranking is not named as a reason


_Found = tuple[TagState, tuple[Posterior, Integers] | None]  # a state and the reasons for it


@dataclass(frozen=True, slots=True)
class _Rounds:
    """All rankings in their order."""

    ranked: list[Example]
    prepared: list[Prepared]
    stages: Stages


class TagSelector:
    """Learns which tags the user likes. `vectors` has one row for each tag."""

    name = "selector"

    def __init__(self, tags: Sequence[Tag], vectors: Vectors) -> None:
        self.tags = tuple(tags)
        self.features = TagFeatures(tags, vectors.astype(np.float64))
        self._queries: dict[str, Floats] = {}
        self._prepared: dict[int, tuple[Example, Prepared]] = {}
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
            self._prepared = {i: p for i, p in self._prepared.items() if p[0].query != query}
            self._queries[query] = vector.astype(np.float64)

    def learn(self, examples: Mapping[int, Example], cancel: CancelToken) -> Iterator[Progress]:
        """Fit to exactly these examples, a Progress at each step.

        A cancelled fit leaves the old state.
        """
        rounds = self._rounds(examples)
        found: _Found | None = (self._unlearned, None)
        if len(rounds.stages.slots):
            none = self._unlearned.centres
            found = yield from self._fit(rounds, none, cancel)
            centres = self._centres(rounds.ranked)
            if found is not None and self._topics_matter(rounds, found, centres):
                found = yield from self._fit(rounds, centres, cancel)
        if found is not None:
            self._state, self._reasons = found

    def relevance(self, query: str) -> Floats:
        """Cosine of the query with each interest, 0 for styles, shape (tags,)."""
        return self.features.relevance(self._queries.get(query))

    def expected_weights(self, query: str) -> Floats:
        """What each tag is expected to add to a reply to this query, in nats, shape (tags,)."""
        shares = self._state.topics_of(self._topic(query, self._state.centres))
        weights = self.features.weights(self._state, shares)[0]
        return np.asarray(weights + self._terms(self._state)[RELEVANCE] * self.relevance(query))

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

    def _rounds(self, examples: Mapping[int, Example]) -> _Rounds:
        """The rankings in their order, as numbers; each is prepared once, for all fits."""
        ranked = sorted(examples.values(), key=lambda e: e.ranking_id)
        kept = self._prepared
        self._prepared = {}
        for example in ranked:
            before = kept.get(example.ranking_id)
            if before is None or before[0] != example:
                vector = self._queries.get(example.query)
                before = example, self.features.prepare(example, vector)
            self._prepared[example.ranking_id] = before
        prepared = [self._prepared[example.ranking_id][1] for example in ranked]
        width = max((p.replies for p in prepared), default=1)
        return _Rounds(ranked, prepared, build_stages([p.stages for p in prepared], width))

    def _fit(
        self, rounds: _Rounds, centres: Floats, cancel: CancelToken
    ) -> Generator[Progress, None, _Found | None]:
        """Fit with these topics; None if cancelled."""
        columns, design = self._design(rounds, centres)
        ids = np.array([example.ranking_id for example in rounds.ranked], dtype=np.int64)
        found: _Found | None = None
        for step, fit in enumerate(infer(design, rounds.stages, self.features.prior(columns))):
            if cancel.cancelled:
                return None
            yield Progress("Fitting the tag weights", step + 1, STEPS)
            found = TagState.of(columns, fit.mean, fit.marginals, centres), (fit, ids)
        return None if cancel.cancelled else found

    def _topics_matter(self, rounds: _Rounds, found: _Found, centres: Floats) -> bool:
        """Whether tags may be liked with some topics only: always, until the rankings speak.

        They speak against it once a tag is surely liked with all topics and none more with one.
        """
        if not len(centres) or found[1] is None:
            return False
        if self.features.liked(found[0], NO_TOPIC).max() < SURE:
            return True
        columns, design = self._design(rounds, centres)
        new = (columns >= self.features.width) & (columns < self.features.first_term)
        found_gains = gains(found[1][0], design[:, new], self.features.prior(columns[new]))
        return bool(found_gains.max(initial=0.0) > TOPIC_EVIDENCE)

    def _design(self, rounds: _Rounds, centres: Floats) -> tuple[Integers, Floats]:
        """The columns that occur, and their values for each reply."""
        queries = [example.query for example in rounds.ranked]
        topics = np.full(len(queries), NO_TOPIC)
        known = [i for i, query in enumerate(queries) if query in self._queries]
        if known and len(centres):
            vectors = np.stack([self._queries[queries[i]] for i in known])
            topics[known] = nearest_topic(vectors, centres)
        return self.features.design(rounds.prepared, topics, rounds.stages.width)

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
