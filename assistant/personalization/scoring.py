"""The reply scorer's seat in the learner process: vectors first, then a fit, then words.

Utilities of different learners are all in nats and speak of different things (the tags of a reply
and what it is about; its manner), so the order that is shown as expected uses their sum.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Example, Reason, Reply, Taste, Update
from assistant.personalization.reply_scorer import ReplyScorer
from assistant.personalization.scorer_prior import ScorerPrior

Utilities = tuple[float, ...]
BATCH = 16  # texts read between two points at which training can pause


class Scoring:
    """Owns the scorer.

    `prior` is read when first needed; `embed` makes sure that texts have a vector in `vectors`.
    """

    def __init__(
        self,
        prior: Callable[[], ScorerPrior],
        vectors: Mapping[str, Vectors],
        embed: Callable[[Sequence[str]], None],
    ) -> None:
        self._prior = prior
        self._vectors = vectors
        self._embed = embed
        self._scorer: ReplyScorer | None = None

    def reset(self) -> None:
        """Forget the state; the next question fits it anew."""
        self._scorer = None

    def expect(
        self, query: str, replies: Sequence[Reply], examples: Mapping[int, Example]
    ) -> tuple[Utilities, Utilities]:
        """Utility of each reply as learned, and with nothing learned."""
        scorer = self._ready(examples)
        self._embed(_texts(query, replies))
        return scorer.utilities(query, replies), scorer.prior_utilities(query, replies)

    def update(self, examples: Mapping[int, Example], changed: Example | None) -> Update:
        """Fit to these examples, of which one may be new."""
        started = time.perf_counter()
        if changed is not None:
            self._embed(_texts(changed.query, changed.replies))
        scorer = self._ready(examples, fit=False)
        for _ in scorer.learn(examples, CancelToken()):
            pass
        return _update_of(scorer, len(examples), started)

    def train(
        self, examples: Mapping[int, Example], cancel: CancelToken
    ) -> Iterator[Progress | Update]:
        """Read all texts, fit from nothing; ends with the Update unless cancelled."""
        started = time.perf_counter()
        texts = [text for e in examples.values() for text in _texts(e.query, e.replies)]
        for done in range(0, len(texts), BATCH):
            if cancel.cancelled:
                return
            self._embed(texts[done : done + BATCH])
            yield Progress("Reading replies", done, len(texts))
        scorer = ReplyScorer(self._prior(), self._vectors)
        yield from scorer.learn(examples, cancel)
        if not cancel.cancelled:
            self._scorer = scorer
            yield _update_of(scorer, len(examples), started)

    def reasons(
        self, query: str, replies: Sequence[Reply], examples: Mapping[int, Example]
    ) -> tuple[tuple[Reason, ...], ...]:
        """What speaks for and against each reply."""
        scorer = self._ready(examples)
        self._embed(_texts(query, replies))
        return scorer.explain(query, replies)

    def tastes(self, examples: Mapping[int, Example]) -> tuple[Taste, ...]:
        """The clear preferences in style."""
        return self._ready(examples).tastes()

    def _ready(self, examples: Mapping[int, Example], fit: bool = True) -> ReplyScorer:
        """The scorer, built if it is not yet, and then fitted."""
        if self._scorer is None:
            for example in examples.values():
                self._embed(_texts(example.query, example.replies))
            self._scorer = ReplyScorer(self._prior(), self._vectors)
            if fit:
                for _ in self._scorer.learn(examples, CancelToken()):
                    pass
        return self._scorer


def _texts(query: str, replies: Sequence[Reply]) -> list[str]:
    """All texts of one query."""
    return [query, *(reply.text for reply in replies)]


def _update_of(scorer: ReplyScorer, rankings: int, started: float) -> Update:
    """The scorer's state as an update."""
    seconds = time.perf_counter() - started
    return Update(scorer.name, scorer.dump(), rankings, seconds, {"tau": scorer.tau})
