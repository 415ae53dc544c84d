"""Interests in the agent's experiment: what there are, and how the program finds a user's.

Contract: the program's own tag selector over its whole library, fitted to a user's rankings. It
learns from the interests that replies were asked for, drawn at random as nobody's taste may decide
on a shared bank, and from what their texts show. The interests that it puts into the first draft
for a query are what a reply is guided by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Tag, TagKind
from assistant.evaluation.interest_measure import Floats, InterestMeasure
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Example, Policy, Reply
from assistant.personalization.tag_choice import choose_tag_sets
from assistant.personalization.tag_selector import TagSelector
from assistant.settings import INTERESTS, PLAIN_SHARE, REPLIES

# As the settings are at first, but for styles: what is hidden of these are the rules.
POLICY = Policy(REPLIES.default, INTERESTS.default, styles=0, plain_share=PLAIN_SHARE.default)
CHANCE = 1  # seed of what decides between interests that promise the same


class TextVectors:
    """Vectors of texts, each read once."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._embed = embed
        self.known: dict[str, Vectors] = {}

    def read(self, texts: Sequence[str]) -> Floats:
        """One row of length one for each of some texts."""
        missing = [text for text in dict.fromkeys(texts) if text not in self.known]
        if missing:
            self.known |= zip(missing, self._embed(missing), strict=True)
        return np.stack([self.known[text] for text in texts]).astype(np.float64)


@dataclass(frozen=True, slots=True)
class LearnedTags:
    """What one user's rankings taught of interests: nothing without a selector."""

    selector: TagSelector | None = None
    vectors: TextVectors | None = None  # those that the selector reads

    def chosen(self, query: str) -> tuple[Tag, ...]:
        """The interests of the first draft; none if none is expected to gain anything."""
        if self.selector is None:
            return ()
        names = choose_tag_sets(self.selector, query, POLICY, CHANCE)[0].tags
        return tuple(tag for tag in self.selector.tags if tag.name in names)

    def utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """What the selector expects of replies, by their texts."""
        if self.selector is None or self.vectors is None:
            return (0.0,) * len(replies)
        self.vectors.read([reply.text for reply in replies])
        return self.selector.utilities(query, replies)


class Interests:
    """A tag library; `embed` gives vectors of texts and is asked once for each."""

    def __init__(self, library: Sequence[Tag], embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._library = tuple(library)
        self.vectors = TextVectors(embed)

    def measure(self, unguided: Sequence[str]) -> InterestMeasure:
        """How interests show in texts, in standard units of unguided replies."""
        names = [tag.name for tag in self._library if tag.kind is TagKind.INTEREST]
        return InterestMeasure(self.vectors.read(unguided), names, self.vectors.read)

    def instructions(self, names: Sequence[str]) -> tuple[str, ...]:
        """How replies are asked for some interests."""
        return tuple(tag.instruction for tag in self._library if tag.name in names)

    def draw(self, chance: np.random.Generator) -> tuple[Tag, ...]:
        """As many interests as the program asks one reply for."""
        tags = [tag for tag in self._library if tag.kind is TagKind.INTEREST]
        places = chance.choice(len(tags), POLICY.interests, replace=False)
        return tuple(tags[int(i)] for i in places)

    def learn(self, rankings: Sequence[Example], queries: Mapping[str, Vectors]) -> LearnedTags:
        """Fit the selector; `queries` are the vectors of those ranked and of those to come."""
        rows = self.vectors.read([tag.instruction for tag in self._library])
        self.vectors.read([reply.text for ranking in rankings for reply in ranking.replies])
        selector = TagSelector(self._library, rows.astype(np.float32), self.vectors.known)
        for query, vector in queries.items():
            selector.know_query(query, vector)
        for _ in selector.learn({e.ranking_id: e for e in rankings}, CancelToken()):
            pass
        return LearnedTags(selector, self.vectors)
