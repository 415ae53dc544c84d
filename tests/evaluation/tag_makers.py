"""A small tag task with word vectors, for the tests of the tag experiments."""

from __future__ import annotations

from assistant.domain.model import Tag, TagKind
from assistant.evaluation.tag_task import Setup, Task, make_task
from tests.personalization.word_embedder import WordEmbedder

LIBRARY = (
    *(Tag(f"Tag {i}", TagKind.INTEREST, f"speak of thing{i}") for i in range(30)),
    Tag("Brief", TagKind.STYLE, "be brief", opposite="Thorough"),
    Tag("Thorough", TagKind.STYLE, "be thorough", opposite="Brief"),
)
QUERIES = tuple((f"query number{i} about subject{i % 7}", i % 3) for i in range(90))


def small_task(**options: float) -> Task:
    """Twenty tags, strong tastes, 30 interactions, unless told otherwise."""
    setup = Setup(**({"library": 20, "interactions": 30, "beta": 2.0} | options))
    return make_task(setup, LIBRARY, WordEmbedder(64).embed, QUERIES)
