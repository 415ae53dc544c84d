"""The tag selectors that a user can choose between, behind one seam.

The learner process builds one:
"bayesian": tag_selector.py, the default. "premium-embed": premium_embed.py, which needs torch and
is only loaded if chosen. "premium-prompt" is the bayesian one here: the chat model then chooses the
tags (premium_prompt.py), and this one expects, explains and stands in for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from assistant.domain.model import Tag, TagWeight, TopicWeight
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import (
    PREMIUM_EMBED,
    ChosenTags,
    Learner,
    PlacePull,
    Policy,
    Reason,
    Reply,
)
from assistant.personalization.stages import Floats
from assistant.personalization.tag_choice import choose_tag_sets, probabilities
from assistant.personalization.tag_selector import TagSelector


class Selector(Learner, Protocol):
    """A learner that also chooses tag sets."""

    def know_query(self, query: str, vector: Vectors) -> None:
        """Take over a query's frozen vector."""

    def choose(self, query: str, policy: Policy, seed: int) -> tuple[ChosenTags, ...]:
        """Tag sets for all drafts of a query."""

    def prior_utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """What `utilities` would be with nothing learned."""

    def weights(self, policy: Policy) -> tuple[TagWeight, ...]:
        """What is known of every tag, in the library's order."""

    def topics(self, tag: str) -> tuple[TopicWeight, ...]:
        """A tag's weight with the queries of each topic; none where topics do not matter."""

    def reasons(self, query: str, replies: Sequence[Reply]) -> tuple[tuple[Reason, ...], ...]:
        """What of each reply's text speaks for or against it, as far as that can be said."""

    def place_pull(self) -> PlacePull | None:
        """How the place shown sways the user, if that is measured."""

    def influences(self, tag: str) -> tuple[int, ...]:
        """Rankings behind a tag's weight, most influential first, as far as that can be said."""


class BayesianSelector(TagSelector):
    """The tag selector with the choice that goes with it."""

    def choose(self, query: str, policy: Policy, seed: int) -> tuple[ChosenTags, ...]:
        """Tag sets for all drafts of a query."""
        return choose_tag_sets(self, query, policy, seed)

    def weights(self, policy: Policy) -> tuple[TagWeight, ...]:
        """Posterior of every tag's weight, in the library's order."""
        return tag_weights(self.tags, self.mean, self.sd, probabilities(self, policy))


def tag_weights(
    tags: Sequence[Tag], means: Floats, spread: Floats, likely: Floats
) -> tuple[TagWeight, ...]:
    """Numbers in the library's order as what is known of its tags."""
    return tuple(
        TagWeight(
            name=tag.name,
            kind=tag.kind.value,
            weight=float(means[i]),
            sd=float(spread[i]),
            probability=float(likely[i]),
            pinned=tag.pinned,
            banned=tag.banned,
        )
        for i, tag in enumerate(tags)
    )


def build_selector(
    name: str, tags: Sequence[Tag], vectors: Vectors, texts: Mapping[str, Vectors], models: Path
) -> Selector:
    """The selector of a name, with nothing learned.

    `vectors` has one row for each tag, `texts` one for each reply that is learned from.
    """
    if name == PREMIUM_EMBED:
        from assistant.personalization.premium_choice import build_premium

        return build_premium(tags, models)
    return BayesianSelector(tags, vectors, texts)
