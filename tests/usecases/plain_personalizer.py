"""A Personalizer that learns nothing but remembers what it was told; exact and instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Origin, Tag, TagKind, TagWeight
from assistant.personalization.embedder import WordEmbedder
from assistant.personalization.learner import (
    DEFAULT,
    Choice,
    ChosenTags,
    Example,
    Policy,
    Reason,
    Reply,
    Selected,
    Taste,
    Update,
)

LIBRARY = (
    Tag("Brief", TagKind.STYLE, "Be brief.", area="Style", opposite="Thorough"),
    Tag("Thorough", TagKind.STYLE, "Be thorough.", area="Style", opposite="Brief"),
    Tag("Sailing", TagKind.INTEREST, "The user likes sailing.", area="Sport"),
)


class PlainPersonalizer:
    """Gives draft i the i-th tag of the library; expects the tags' order in the library."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure  # raised by `expect`
        self.library: tuple[Tag, ...] = LIBRARY
        self.examples: dict[int, Example] = {}
        self.pauses: list[bool] = []
        self.selected = DEFAULT

    def start(
        self,
        library: Sequence[Tag],
        examples: Mapping[int, Example],
        vectors: Mapping[str, bytes],
        selected: Selected = DEFAULT,
    ) -> None:
        self.library, self.examples = tuple(library), dict(examples)
        self.selected = selected

    def texts_to_embed(self) -> tuple[str, ...]:
        return ()

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

    def update(self, query_id: int, example: Example | None) -> Update:
        self.examples.pop(query_id, None)
        if example is not None:
            self.examples[query_id] = example
        return Update("selector", b"state of %d" % len(self.examples), len(self.examples), 0.0)

    def weights(self) -> tuple[TagWeight, ...]:
        return self.explain([tag.name for tag in self.library])

    def weights_after(self, count: int) -> tuple[TagWeight, ...]:
        return tuple(TagWeight(t.name, t.kind, float(count), 1.0) for t in self.library)

    def explain(self, tags: Sequence[str]) -> tuple[TagWeight, ...]:
        return tuple(TagWeight(t.name, t.kind, 0.0, 1.0) for t in self.library if t.name in tags)

    def reasons(self, query: str, replies: Sequence[Reply]) -> tuple[tuple[Reason, ...], ...]:
        return tuple(() for _ in replies)

    def tastes(self) -> tuple[Taste, ...]:
        return ()

    def vectors(self, texts: Sequence[str]) -> Mapping[str, bytes]:
        rows = WordEmbedder().embed(texts)
        return {text: row.tobytes() for text, row in zip(texts, rows, strict=True)}

    def train(self, cancel: CancelToken, only: str = "") -> Iterator[Progress | Update]:
        yield Update("selector", b"state", len(self.examples), 0.0)

    def pause(self, paused: bool) -> None:
        self.pauses.append(paused)

    def close(self) -> None:
        pass
