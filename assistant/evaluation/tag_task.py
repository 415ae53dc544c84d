"""What a tag experiment is about: its set-up, tags, queries, and their vectors.

A Task is a pure function of its Setup, the tag library and the queries. Interests come first (the
real ones in a seeded order, then invented ones for libraries larger than the shipped one), then
the style pairs, pair by pair. Vectors are MiniLM's, cached as one npz file for each set of texts.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Tag, TagKind
from assistant.evaluation.sample_queries import sample_queries
from assistant.personalization.embedder import MiniLmEmbedder, Vectors

SHUFFLE = 20261121  # which interests a small library holds; the same for all users and methods
TESTS = 40  # test queries, as many as the paper has
CLUSTERS = 3  # topics that queries of a file are divided into
CLUSTER_STEPS = 20


@dataclass(frozen=True, slots=True)
class Setup:
    """One experiment's conditions; 0 for what does not happen."""

    library: int = 50  # interests at first
    tags: int = 3  # interests of one draft, and liked ones of a user
    drafts: int = 3
    interactions: int = 112
    beta: float = 1.0  # utility of one liked tag, in nats
    contextual: bool = False  # liked tags depend on the query's topic
    change_after: int = 0  # interactions after which all liked tags but one change
    grow_after: int = 0  # interactions after which the library grows
    grow_to: int = 0  # interests from then on, one more liked one among the new
    pairs: int = 0  # style pairs; each draft carries one style of each
    pairwise: bool = False  # two drafts a round, whatever `drafts` says

    @property
    def shown(self) -> int:
        """Drafts of one round."""
        return 2 if self.pairwise else self.drafts


@dataclass(frozen=True, slots=True)
class Task:
    """What a method is told: everything but the user. A tag is named by its index in `tags`."""

    setup: Setup
    tags: tuple[Tag, ...]
    tag_vectors: Vectors  # (tags, d), rows of length one
    queries: tuple[str, ...]
    query_vectors: Vectors  # (queries, d)
    topics: tuple[int, ...]  # of each query; users may depend on it, methods must not look
    train: tuple[int, ...]
    test: tuple[int, ...]
    models: Path = Path("models")  # where methods with encoders of their own find them

    @property
    def interests(self) -> int:
        """Interests in the whole library, grown or not."""
        return sum(tag.kind is TagKind.INTEREST for tag in self.tags)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The style pairs as indices."""
        first = self.interests
        return tuple((i, i + 1) for i in range(first, len(self.tags), 2))


def make_task(
    setup: Setup,
    library: Sequence[Tag],
    embed: Callable[[Sequence[str]], Vectors],
    queries: Sequence[tuple[str, int]] | None = None,
    models: Path = Path("models"),
) -> Task:
    """The task of a set-up; `queries` are (text, topic), topic -1 for unknown."""
    tags = _choose_tags(setup, library)
    chosen = tuple(sample_queries() if queries is None else queries)
    if len(chosen) < 2 * TESTS:
        raise UsageProblem(f"At least {2 * TESTS} queries are needed, not {len(chosen)}.")
    texts = tuple(text for text, _ in chosen)
    vectors = embed([*(tag.instruction for tag in tags), *texts])
    query_vectors = vectors[len(tags) :]
    topics = tuple(topic for _, topic in chosen)
    if min(topics) < 0:
        topics = _cluster(query_vectors)
    order = np.random.default_rng(SHUFFLE).permutation(len(texts))
    return Task(
        setup=setup,
        tags=tags,
        tag_vectors=vectors[: len(tags)],
        queries=texts,
        query_vectors=query_vectors,
        topics=topics,
        train=tuple(int(i) for i in order[TESTS:]),
        test=tuple(int(i) for i in order[:TESTS]),
        models=models,
    )


def read_queries(path: Path) -> tuple[tuple[str, int], ...]:
    """The prompts of a .jsonl file (keys prompt, instruction or turns) or a .json list."""
    try:
        if path.suffix == ".json":
            rows = json.loads(path.read_text(encoding="utf-8"))
        else:
            lines = path.read_text(encoding="utf-8").splitlines()
            rows = [json.loads(line) for line in lines if line.strip()]
        texts = [_text_of(row) for row in rows]
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise UsageProblem(
            f"{path} is no list of queries: it must be a .json list of texts or a .jsonl file "
            "with a prompt on each line."
        ) from error
    return tuple((text, -1) for text in texts)


def _text_of(row: object) -> str:
    """The query in one row of a file."""
    if isinstance(row, str):
        return row
    if not isinstance(row, dict):
        raise TypeError("a row must be a text or an object")
    for key in ("prompt", "instruction"):
        if key in row:
            return str(row[key])
    return str(row["turns"][0])


def cached_embed(models: Path, cache: Path) -> Callable[[Sequence[str]], Vectors]:
    """MiniLM in a child process, with the vectors kept under `cache`."""

    def embed(texts: Sequence[str]) -> Vectors:
        name = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]
        file = cache / f"vectors-{name}.npz"
        if file.is_file():
            with np.load(file) as kept:
                return np.asarray(kept["vectors"], dtype=np.float32)
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
            vectors = pool.submit(MiniLmEmbedder(models).embed, list(texts)).result()
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(file, vectors=vectors)
        return vectors

    return embed


def _choose_tags(setup: Setup, library: Sequence[Tag]) -> tuple[Tag, ...]:
    """Interests, then style pairs, for a set-up."""
    real = [tag for tag in library if tag.kind is TagKind.INTEREST]
    styles = {tag.name: tag for tag in library if tag.kind is TagKind.STYLE}
    wanted = max(setup.library, setup.grow_to)
    order = np.random.default_rng(SHUFFLE).permutation(len(real))
    interests = [real[i] for i in order][:wanted]
    interests += [_invented(number, real) for number in range(wanted - len(interests))]
    pairs: list[Tag] = []
    for tag in styles.values():
        if len(pairs) < 2 * setup.pairs and tag not in pairs and tag.opposite in styles:
            pairs += [tag, styles[tag.opposite]]
    if len(pairs) < 2 * setup.pairs:
        raise UsageProblem(f"The tag library has only {len(pairs) // 2} style pairs.")
    return (*interests, *pairs)


def _invented(number: int, real: Sequence[Tag]) -> Tag:
    """An interest made from two real ones, for libraries larger than the shipped one."""
    count = len(real)
    first = real[number % count]
    second = real[(number % count + 1 + number // count) % count]
    name = f"{first.name} and {second.name} {number}"
    return Tag(name, TagKind.INTEREST, f"{first.instruction} together with {second.name.lower()}")


def _cluster(vectors: Vectors) -> tuple[int, ...]:
    """Topics of queries by spherical k-means, started from far-apart queries."""
    centres = [vectors[0]]
    while len(centres) < CLUSTERS:
        nearest = np.max(vectors @ np.stack(centres).T, axis=1)
        centres.append(vectors[int(np.argmin(nearest))])
    found = np.stack(centres)
    topic = np.zeros(len(vectors), dtype=int)
    for _ in range(CLUSTER_STEPS):
        topic = np.argmax(vectors @ found.T, axis=1)
        for c in range(CLUSTERS):
            total = vectors[topic == c].sum(axis=0)
            found[c] = total / max(float(np.linalg.norm(total)), 1e-9)
    return tuple(int(t) for t in topic)
