"""All learners behind the one seam, inside the learner process (or a test)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Tag, TagWeight
from assistant.personalization.embedder import Embedder, Vectors
from assistant.personalization.learner import (
    DEFAULT,
    PREMIUM_EMBED,
    REASONS,
    Choice,
    Example,
    PlacePull,
    Policy,
    Reason,
    Reply,
    Selected,
    Taste,
    Update,
)
from assistant.personalization.scorer_prior import ScorerPrior, flat_prior
from assistant.personalization.scoring import Scoring
from assistant.personalization.selectors import Selector, build_selector
from assistant.personalization.tasks import Outcome, Task, begin_task, write_agent
from assistant.settings import INTERESTS, PLAIN_SHARE, STYLES

# What a round is asked for until one was; the chances shown beside tags are those of a round.
AT_FIRST = Policy(3, INTERESTS.default, STYLES.default, PLAIN_SHARE.default)


class LearnerService:
    """Implements Personalizer in this process.

    With each choice go the vectors to store: of its query, and once each of what is learned from.
    Other texts may be of a temporary chat, so their vectors never leave.
    """

    def __init__(
        self, embedder: Embedder, models: Path, prior: Callable[[], ScorerPrior] = flat_prior
    ) -> None:
        self._embedder = embedder
        self._models = models
        self._selected = DEFAULT
        self._library: tuple[Tag, ...] = ()
        self._examples: dict[int, Example] = {}
        self._vectors: dict[str, Vectors] = {}
        self._kept: set[str] = set()  # texts whose vectors are stored, or were handed out to be
        self._new: dict[str, bytes] = {}
        self._selector: Selector | None = None
        self._policy = AT_FIRST
        self._scoring = Scoring(prior, self._vectors, self._embed)

    def start(
        self,
        library: Sequence[Tag],
        examples: Mapping[int, Example],
        vectors: Mapping[str, bytes],
        selected: Selected = DEFAULT,
    ) -> None:
        """Take over tags, examples and known vectors; the fit happens at the first use."""
        self._library = tuple(library)
        self._examples = dict(examples)
        for text, vector in vectors.items():
            self._vectors[text] = np.frombuffer(vector, dtype="<f4")
        self._kept |= set(vectors)
        self._selected = selected
        self._selector = None
        self._scoring.reset()

    def begin_choice(self, query: str, policy: Policy, seed: int) -> Callable[[], Choice]:
        """Choose when asked for the result."""

        if policy.drafts > 1:
            self._policy = policy

        def choose() -> Choice:
            selector = self._ready()
            self._embed([query])
            selector.know_query(query, self._vectors[query])
            sets = selector.choose(query, policy, seed)
            new, self._new = self._new, {}
            return Choice(sets, {**new, query: self._bytes_of(query)})

        return choose

    def expect(self, query: str, replies: Sequence[Reply]) -> dict[str, tuple[float, ...]]:
        """Utilities by predictor."""
        selector = self._ready()
        self._embed([query, *(reply.text for reply in replies)])
        selector.know_query(query, self._vectors[query])  # it may have been asked long ago
        by_tags = selector.utilities(query, replies)
        unlearned = selector.prior_utilities(query, replies)
        by_text, text_prior = self._scoring.expect(query, replies, self._examples)
        return {
            "selector": by_tags,
            "scorer": by_text,
            "both": tuple(a + b for a, b in zip(by_tags, by_text, strict=True)),
            "prior": tuple(a + b for a, b in zip(unlearned, text_prior, strict=True)),
        }

    def update(self, query_id: int, example: Example | None) -> Update:
        """Fit anew with this example in the place of any earlier one of the query."""
        started = time.perf_counter()
        if example is None:
            self._examples.pop(query_id, None)
        else:
            self._examples[query_id] = example
            self._learn_of([example.query, *(reply.text for reply in example.replies)])
        selector = self._ready()
        if example is not None:  # perhaps of a query that was asked before this process began
            selector.know_query(example.query, self._vectors[example.query])
        for _ in selector.learn(self._examples, CancelToken()):
            pass
        others = (self._scoring.update(self._examples, example),)
        return replace(self._update_of(selector, started), others=others)

    def weights(self) -> tuple[TagWeight, ...]:
        """Every tag's weight with its probability."""
        return self._ready().weights(self._policy)

    def weights_after(self, count: int) -> tuple[TagWeight, ...]:
        """Fit a second selector to the oldest examples; the one in use is not touched."""
        if self._selected.name == PREMIUM_EMBED:
            return ()
        self._ready()
        past = self._build()
        oldest = sorted(self._examples.items(), key=lambda item: item[1].ranking_id)[:count]
        for _ in past.learn(dict(oldest), CancelToken()):
            pass
        return past.weights(self._policy)

    def explain(self, tags: Sequence[str]) -> tuple[TagWeight, ...]:
        """Some tags' weights with the rankings behind them."""
        selector = self._ready()
        known = {weight.name: weight for weight in self.weights()}
        return tuple(
            replace(known[name], rankings=selector.influences(name), topics=selector.topics(name))
            for name in tags
            if name in known
        )

    def place_pull(self) -> PlacePull | None:
        """How the place shown sways the user."""
        return self._ready().place_pull()

    def reasons(self, query: str, replies: Sequence[Reply]) -> tuple[tuple[Reason, ...], ...]:
        """What of each reply's text speaks for and against it: its manner, and what it is about."""
        manner = self._scoring.reasons(query, replies, self._examples)
        subjects = self._ready().reasons(query, replies)
        return tuple(
            tuple(sorted((*of_one, *of_other), key=lambda r: -abs(r.amount))[:REASONS])
            for of_one, of_other in zip(manner, subjects, strict=True)
        )

    def tastes(self) -> tuple[Taste, ...]:
        """Clear preferences in style."""
        return self._scoring.tastes(self._examples)

    def train(self, cancel: CancelToken, only: str = "") -> Iterator[Progress | Update]:
        """Embed what has no vector yet, then fit from nothing to all examples."""
        if only != "scorer":
            yield from self._train_selector(cancel)
        if only != "selector" and not cancel.cancelled:
            yield from self._scoring.train(self._examples, cancel)

    def _train_selector(self, cancel: CancelToken) -> Iterator[Progress | Update]:
        """The tag selector's part."""
        started = time.perf_counter()
        texts = [tag.instruction for tag in self._library]
        for example in self._examples.values():
            texts += [example.query, *(reply.text for reply in example.replies)]
        for done in range(0, len(texts), 32):
            if cancel.cancelled:
                return
            self._learn_of(texts[done : done + 32])
            yield Progress("Reading tags and rankings", done, len(texts))
        self._selector = None
        selector = self._ready(fit=False)
        yield from selector.learn(self._examples, cancel)
        if not cancel.cancelled:
            yield self._update_of(selector, started)

    def run_task(self, task: Task, cancel: CancelToken) -> Iterator[Progress | Outcome]:
        """Carry out a slow training run, step by step."""
        for step in begin_task(task, self._embedder):
            if cancel.cancelled:
                return
            yield step

    def write_agent(self, state: bytes, source: Path, sha256: str, cache: Path) -> Path:
        """An adapter as a GGUF file in the cache."""
        return write_agent(state, source, sha256, cache)

    def vectors(self, texts: Sequence[str]) -> Mapping[str, bytes]:
        """Vectors of any texts; those of documents would only fill this process's memory."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        rows = self._embedder.embed(missing) if missing else ()
        found = {**self._vectors, **dict(zip(missing, rows, strict=True))}
        return {text: found[text].astype("<f4").tobytes() for text in texts}

    def pause(self, paused: bool) -> None:
        """Nothing runs between two calls here."""

    def close(self) -> None:
        """Nothing to end here."""

    def _ready(self, fit: bool = True) -> Selector:
        """The selector, built and fitted if it is not yet."""
        if self._selector is None:
            self._selector = self._build()
            if fit and self._selected.state:
                with suppress(ValueError):  # of another library: it is built anew from the examples
                    self._selector.load(self._selected.state)
            if fit:
                for _ in self._selector.learn(self._examples, CancelToken()):
                    pass
        return self._selector

    def _build(self) -> Selector:
        """A selector that knows the tags and the queries, and has learned nothing."""
        self._learn_of([tag.instruction for tag in self._library])
        rows = np.stack([self._vectors[tag.instruction] for tag in self._library])
        made = build_selector(self._selected.name, self._library, rows, self._vectors, self._models)
        for example in self._examples.values():
            self._learn_of([example.query, *(reply.text for reply in example.replies)])
            made.know_query(example.query, self._vectors[example.query])
        return made

    def _embed(self, texts: Sequence[str]) -> None:
        """Make sure that each text has a vector."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if missing:
            for text, row in zip(missing, self._embedder.embed(missing), strict=True):
                self._vectors[text] = row

    def _learn_of(self, texts: Sequence[str]) -> None:
        """The same for texts that are stored: their vectors shall be too."""
        self._embed(texts)
        unkept = [text for text in texts if text not in self._kept]
        self._new |= {text: self._bytes_of(text) for text in unkept}
        self._kept |= set(unkept)

    def _bytes_of(self, text: str) -> bytes:
        """A vector as it is stored."""
        return self._vectors[text].astype("<f4").tobytes()

    def _update_of(self, selector: Selector, started: float) -> Update:
        """The selector's state as an update."""
        seconds = time.perf_counter() - started
        return Update(selector.name, selector.dump(), len(self._examples), seconds)
