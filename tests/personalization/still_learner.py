"""What the Personalizers written for tests have in common: they keep what they are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Tag, TagWeight
from assistant.personalization.learner import (
    DEFAULT,
    Example,
    PlacePull,
    Reason,
    Reply,
    Selected,
    Taste,
    Update,
)
from tests.personalization.word_embedder import WordEmbedder


class StillLearner:
    """Half a Personalizer: what it chooses, expects and thinks of tags is for others to say."""

    def __init__(self) -> None:
        self.library: tuple[Tag, ...] = ()
        self.examples: dict[int, Example] = {}
        self.begun_with: dict[str, bytes] = {}  # vectors it was started with
        self.selected = DEFAULT
        self.pauses: list[bool] = []

    def start(
        self,
        library: Sequence[Tag],
        examples: Mapping[int, Example],
        vectors: Mapping[str, bytes],
        selected: Selected = DEFAULT,
    ) -> None:
        self.library, self.examples = tuple(library), dict(examples)
        self.begun_with, self.selected = dict(vectors), selected

    def texts_to_embed(self) -> tuple[str, ...]:
        return ()

    def update(self, query_id: int, example: Example | None) -> Update:
        self.examples.pop(query_id, None)
        if example is not None:
            self.examples[query_id] = example
        return self.state()

    def state(self) -> Update:
        return Update("selector", repr(self.examples).encode(), len(self.examples), 0.0)

    def weights(self) -> tuple[TagWeight, ...]:
        return self.explain([tag.name for tag in self.library])

    def explain(self, tags: Sequence[str]) -> tuple[TagWeight, ...]:
        return tuple(TagWeight(t.name, t.kind, 0.0, 1.0) for t in self.library if t.name in tags)

    def place_pull(self) -> PlacePull | None:
        return None

    def reasons(self, query: str, replies: Sequence[Reply]) -> tuple[tuple[Reason, ...], ...]:
        return tuple(() for _ in replies)

    def tastes(self) -> tuple[Taste, ...]:
        return ()

    def vectors(self, texts: Sequence[str]) -> Mapping[str, bytes]:
        rows = WordEmbedder().embed(texts)
        return {text: row.tobytes() for text, row in zip(texts, rows, strict=True)}

    def train(self, cancel: CancelToken, only: str = "") -> Iterator[Progress | Update]:
        yield Progress("counting", 1, 1)
        yield self.state()

    def pause(self, paused: bool) -> None:
        self.pauses.append(paused)

    def close(self) -> None:
        return
