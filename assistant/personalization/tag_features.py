"""From replies to numbers: the columns of the tag model, and what is believed of their weights.

Columns, in this order: one for each interest and one for each pair of opposite styles (+1 for the
one, -1 for the other); the same once more for each topic, for what is liked with some queries
only; the terms; directions in the space of tag embeddings, which similar tags share.

An interest counts for a reply that was asked to follow it, and for what the reply's text shows of
it: how much nearer it is to the interest than the other replies to the same query are. So a
ranking speaks of every interest, also of those that nobody asked for. For one topic only what was
asked for counts: with what is shown too, expected orders were no better (24 simulated people).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.domain.model import Tag, TagKind
from assistant.personalization.learner import Example, Reply
from assistant.personalization.sparse_posterior import Mixture
from assistant.personalization.stages import Floats, Integers, competitions
from assistant.personalization.tag_columns import DIRECTIONS, columns_of, directions_of
from assistant.personalization.tag_state import TagState

# Prior, before anything is known. Which numbers hardly matters: on simulated users the effect may
# be 1.2 to 2, its sd 0.4 to 1, and twice or half as many tags liked.
LIKED, DISLIKED = 3.0, 1.0  # interests that a user likes and dislikes
STYLED = 3.0  # style pairs of which a user likes the one, and as many the other
LIKELIEST = 0.25  # highest prior probability that a tag is liked
# Prior chances that a style is liked and disliked of which the user says so. By Bayes from those of
# other styles (.13 each), if who likes it says so in 95 of 100 cases, who does not care, and could
# have skipped the question, in 10, and who dislikes it in 2.
STATED = 0.6, 0.01
EFFECT, EFFECT_SD = 1.5, 1.0  # of a liked tag, in nats; one more wins 82 of 100 pairs
INDIFFERENT_SD = 0.1
TOPICS = 3
TOPIC_SHARE = 0.5  # how likely a tag matters for one topic only, relative to mattering at all
SHARED_SD = 0.12  # of a tag's weight, from what it shares with similar tags; 0.25 costs accuracy
# What a text shows of an interest, beside 1 for being asked to: SHOWN for each UNIT of cosine that
# it is nearer than the other replies, which is what replies typically differ by (MiniLM, replies of
# 48 tokens). Between .2 and .7 the share hardly matters for what is expected; from .3 on what is
# only shown would count as much as what was asked for, and a ranking speak for nobody's tag.
SHOWN, UNIT, CUT = 0.2, 0.05, 3.0
# Terms: prior mean and sd of their weights. Guidance costs: with the embedded model a reply guided
# by tags of unknown liking was worth .2 less to simulated people, since it keeps less to the query.
RELEVANCE, GUIDED, PLACE, LENGTH = range(4)
TERM_MEAN = np.array([1.0, -0.2, 0.0, 0.0])
TERM_SD = np.array([1.0, 1.0, 0.3, 0.3])
TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Prepared:
    """One ranking's replies as numbers, and its competitions."""

    reply: Integers  # which reply each tag belongs to
    tag: Integers  # the tags of all replies, as indices into the library
    terms: Floats  # (replies, terms + directions)
    replies: int
    stages: list[tuple[int | None, ...]]
    shown: NDArray[np.float32] | None  # (replies, interests): what the texts show of each


class TagFeatures:
    """The columns of one library; `vectors` has one row for each tag."""

    def __init__(self, tags: Sequence[Tag], vectors: Floats) -> None:
        self.tags = tuple(tags)
        self.place = {tag.name: i for i, tag in enumerate(self.tags)}
        self.interest: NDArray[np.bool_] = np.array(
            [tag.kind is TagKind.INTEREST for tag in self.tags], dtype=bool
        )
        self.interests = np.flatnonzero(self.interest)
        self._vectors = vectors
        self.column, self.sign = columns_of(self.tags, self.place)
        self.width = int(self.column.max(initial=-1)) + 1
        self.kin = directions_of(vectors, self.interest)
        self.first_term = self.width * (1 + TOPICS)
        self.size = self.first_term + len(TERM_MEAN) + DIRECTIONS
        self.dimensions = vectors.shape[1]
        self._chance = self._prior_chance()
        self._stated = self._stated_signs()
        self._term_mean = np.concatenate([TERM_MEAN, np.zeros(DIRECTIONS)])
        self._term_sd = np.concatenate([TERM_SD, np.full(DIRECTIONS, SHARED_SD)])

    def relevance(self, query: Floats | None) -> Floats:
        """Cosine of the query with each interest, 0 for styles, shape (tags,)."""
        if query is None:
            return np.zeros(len(self.tags))
        return np.asarray(np.where(self.interest, self._vectors @ query, 0.0))

    def prepare(self, example: Example, query: Floats | None, texts: Floats | None) -> Prepared:
        """A ranking as numbers; `texts` has a row for each reply.

        All bad: it is the tags that lost, not length or place, and no text is nearer than another.
        """
        places = [self.places(reply) for reply in example.replies]
        width = len(TERM_MEAN) + DIRECTIONS
        terms = np.zeros((len(places), width))
        if example.tiers:
            terms = np.stack(
                [self.terms(r, p, query) for r, p in zip(example.replies, places, strict=True)]
            )
        return Prepared(
            reply=np.array([i for i, at in enumerate(places) for _ in at], dtype=np.int64),
            tag=np.array([tag for at in places for tag in at], dtype=np.int64),
            terms=terms,
            replies=len(places),
            stages=competitions(example),
            shown=self.shown(texts) if texts is not None and example.tiers else None,
        )

    def shown(self, texts: Floats) -> NDArray[np.float32]:
        """What the texts of all replies to a query show of each interest."""
        near = texts @ self._vectors[self.interests].T
        near -= near.mean(axis=0)
        return (SHOWN * np.clip(near / UNIT, -CUT, CUT)).astype(np.float32)

    def places(self, reply: Reply) -> list[int]:
        """The reply's tags as indices; those no longer in the library play no part."""
        return [self.place[name] for name in reply.tags if name in self.place]

    def terms(self, reply: Reply, places: list[int], query: Floats | None) -> Floats:
        """Values of the terms and directions of one reply."""
        interests = [i for i in places if self.interest[i]]
        near = float((self._vectors[interests] @ query).sum()) if query is not None else 0.0
        own = [near, float(bool(reply.tags)), float(reply.place), float(np.log1p(reply.length))]
        return np.concatenate([own, self.kin[places].sum(axis=0)])

    def prior(self, columns: Integers) -> Mixture:
        """What is believed of some columns before any ranking; tags have mean 0 unless stated."""
        tags = columns < self.first_term
        chance = np.zeros((len(columns), 2))
        chance[tags] = self._chance[columns[tags] % self.width]
        chance[tags & (columns >= self.width)] *= TOPIC_SHARE
        share = np.column_stack([1 - chance.sum(axis=1), chance])
        # Only differences show in a ranking, so what is liked more makes the indifferent less.
        centred = -EFFECT * (chance[:, 0] - chance[:, 1]) / share[:, 0]
        term = np.maximum(columns - self.first_term, 0)
        mean = np.tile([0.0, EFFECT, -EFFECT], (len(columns), 1))
        mean[:, 0] = np.where(tags, centred, self._term_mean[term])
        sd = np.tile([INDIFFERENT_SD, EFFECT_SD, EFFECT_SD], (len(columns), 1))
        sd[:, 0] = np.where(tags, INDIFFERENT_SD, self._term_sd[term])
        for sign, chances in ((1, STATED), (-1, STATED[::-1])):
            said = columns < self.width
            said[said] = self._stated[columns[said]] == sign
            share[said], mean[said, 0] = (1 - sum(chances), *chances), 0.0
        with np.errstate(divide="ignore"):
            return Mixture(np.log(share), mean, sd**2)

    def design(
        self, prepared: Sequence[Prepared], topics: Integers, width: int
    ) -> tuple[Integers, Floats]:
        """The columns that occur, ascending, and their values in each slot: (slots, columns)."""
        tag, topic = _tags(prepared), np.repeat(topics, [len(p.tag) for p in prepared])
        in_topic = self.column[tag] + (1 + topic) * self.width
        told = np.concatenate([self.column[tag], in_topic[topic >= 0]])
        read = self.column[self.interests]
        columns = np.union1d(told, read if any(p.shown is not None for p in prepared) else [])
        columns = columns.astype(np.int64)
        terms = np.arange(self.first_term, self.size)
        design = np.zeros((len(prepared) * width, len(columns) + len(terms)))
        design[:, : len(columns)] = self.asked(prepared, topics, columns, width)
        seen = _places(np.searchsorted(columns, read))
        for r, p in enumerate(prepared):
            rows = design[r * width : r * width + p.replies]
            rows[:, len(columns) :] = p.terms
            if p.shown is not None:
                rows[:, seen] += p.shown
        return np.concatenate([columns, terms]), design

    def asked(
        self, prepared: Sequence[Prepared], topics: Integers, columns: Integers, width: int
    ) -> Floats:
        """What the replies were asked for, in some columns of tags: (slots, columns)."""
        tag, topic = _tags(prepared), np.repeat(topics, [len(p.tag) for p in prepared])
        slot = np.concatenate(
            [*(p.reply + r * width for r, p in enumerate(prepared)), np.zeros(0, dtype=np.int64)]
        )
        own, some = self.column[tag], topic >= 0
        in_topic = (own + (1 + topic) * self.width)[some]
        slot = np.concatenate([slot, slot[some]])
        at = np.searchsorted(columns, np.concatenate([own, in_topic]))
        value = np.concatenate([self.sign[tag], self.sign[tag][some]])
        found = np.zeros((len(prepared) * width, len(columns)))
        np.add.at(found, (slot, at), value)
        return found

    def unlearned(self) -> TagState:
        """The state before any ranking."""
        terms = np.arange(self.first_term, self.size)
        prior = self.prior(terms)
        centres = np.zeros((0, self.dimensions))
        return TagState.of(terms, prior.moments()[0], prior, centres)

    def tag_weights(self, state: TagState, topics: Floats) -> Floats:
        """Expected weight of each tag by itself, with these shares of topics."""
        weights = state.values(0, self.width)
        for topic, share in enumerate(topics):
            first = (1 + topic) * self.width
            weights += share * state.values(first, first + self.width)
        return weights[self.column] * self.sign

    def weights(self, state: TagState, topics: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of each tag's weight, with what it shares with similar tags."""
        shared = state.values(self.first_term + len(TERM_MEAN), self.size)
        mean = self.tag_weights(state, topics) + self.kin @ shared
        variance = np.zeros(self.width)
        for block, share in enumerate((1.0, *topics)):
            if share:
                variance += share**2 * self._marginals(state, block).moments()[1]
        return mean, variance[self.column]

    def liked(self, state: TagState, topic: int) -> Floats:
        """Probability that each tag is liked at all or for a topic, and not disliked."""
        share = self._outcomes(state, 0)
        topics = [topic] if topic >= 0 else range(len(state.centres))
        by_topic = [self._outcomes(state, 1 + t) for t in topics]
        liked = share[:, 1]
        if by_topic:  # a query of unknown topic is as likely of one as of another
            both = [share[:, 1] * (1 - o[:, 2]) + share[:, 0] * o[:, 1] for o in by_topic]
            liked = np.mean(both, axis=0)
        shared = self.kin @ state.values(self.first_term + len(TERM_MEAN), self.size)
        odds = liked / np.maximum(1 - liked, TINY) * np.exp(EFFECT * shared)
        return np.asarray(odds / (1 + odds))

    def _outcomes(self, state: TagState, block: int) -> Floats:
        """Probability of each tag to be indifferent, liked, disliked, shape (tags, outcomes).

        What likes the one style of a pair dislikes the other.
        """
        share = np.exp(self._marginals(state, block).log_share)[self.column]
        return np.where(self.sign[:, None] > 0, share, share[:, [0, 2, 1]])

    def direction(self, tag: str, state: TagState) -> Floats:
        """A tag's weight, topics mixed, as a combination of the state's columns."""
        at = self.place[tag]
        own = (state.columns < self.first_term) & (state.columns % self.width == self.column[at])
        share = np.where(state.columns < self.width, 1.0, 1 / max(1, len(state.centres)))
        direction = np.where(own, share * self.sign[at], 0.0)
        direction[-DIRECTIONS:] += self.kin[at]
        return np.asarray(direction)

    def _marginals(self, state: TagState, block: int) -> Mixture:
        """The marginals of all columns of a block, from the prior where nothing is known."""
        first = block * self.width
        found = self.prior(np.arange(first, first + self.width))
        at = (state.columns >= first) & (state.columns < first + self.width)
        own = state.columns[at] - first
        found.log_share[own] = state.log_share[at]
        found.mean[own] = state.outcome_mean[at]
        found.variance[own] = state.outcome_variance[at]
        return found

    def _stated_signs(self) -> Floats:
        """1 for each column whose style the user wants by the interview, -1 for its opposite."""
        found = np.zeros(self.width)
        for i, tag in enumerate(self.tags):
            found[self.column[i]] += self.sign[i] * tag.stated
        return np.sign(found)

    def _prior_chance(self) -> Floats:
        """Prior probabilities that each tag column is liked and disliked."""
        found = np.zeros((self.width, 2))
        kinds = ((self.interest, (LIKED, DISLIKED)), (~self.interest, (STYLED, STYLED)))
        for kind, expected in kinds:
            columns = np.unique(self.column[kind])
            if len(columns):
                found[columns] = np.minimum(LIKELIEST, np.array(expected) / len(columns))
        return found


def _places(at: Integers) -> Integers | slice:
    """The same places as a slice if they are in a row, which is ten times as fast to add to."""
    if len(at) and at[-1] - at[0] == len(at) - 1:
        return slice(int(at[0]), int(at[-1]) + 1)
    return at


def _tags(prepared: Sequence[Prepared]) -> Integers:
    """The tags of all replies of all rankings."""
    return np.concatenate([*(p.tag for p in prepared), np.zeros(0, dtype=np.int64)])
