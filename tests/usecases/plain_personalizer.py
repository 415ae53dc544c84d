"""A Personalizer that learns nothing but remembers what it was told; exact and instant."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.domain.model import Origin, Tag, TagKind, TagWeight
from assistant.personalization.learner import (
    Choice,
    ChosenTags,
    Policy,
    Reply,
)
from tests.personalization.still_learner import StillLearner

LIBRARY = (
    Tag("Brief", TagKind.STYLE, "Be brief.", area="Style", opposite="Thorough"),
    Tag("Thorough", TagKind.STYLE, "Be thorough.", area="Style", opposite="Brief"),
    Tag("Sailing", TagKind.INTEREST, "The user likes sailing.", area="Sport"),
)


class PlainPersonalizer(StillLearner):
    """Gives draft i the i-th tag of the library; expects the tags' order in the library."""

    def __init__(self, failure: Exception | None = None) -> None:
        super().__init__()
        self.failure = failure  # raised by `expect`
        self.library = LIBRARY

    def begin_choice(self, query: str, policy: Policy, seed: int) -> Callable[[], Choice]:
        names = [tag.name for tag in self.library]
        sets = tuple(
            ChosenTags((names[i],), Origin.EXPLOIT, 0.5)
            if i < len(names)
            else ChosenTags((), Origin.PLAIN, 0.5)
            for i in range(policy.drafts)
        )
        return lambda: Choice(sets, {query: b"\0\0\0\0"})

    def expect(self, query: str, replies: Sequence[Reply]) -> dict[str, tuple[float, ...]]:
        if self.failure is not None:
            raise self.failure
        names = [tag.name for tag in self.library]
        learned = tuple(-float(names.index(r.tags[0])) if r.tags else -9.0 for r in replies)
        return {"selector": learned, "prior": tuple(0.0 for _ in replies)}

    def weights_after(self, count: int) -> tuple[TagWeight, ...]:
        return tuple(TagWeight(t.name, t.kind, float(count), 1.0) for t in self.library)
