"""PREMIUM-Embed as published: a query encoder and a tag encoder, all of their weights trained.

The chance to select a tag is the softmax over the library of the dot product of query and tag
(PREMIUM, section 4); one draft's tags are sampled from it, those of all others are uniformly
random (its m_r = m - 1). Trained with the preference loss and the entropy bonus on a replay buffer
(losses.py, replay.py). Deviations: MiniLM in place of DRAGON; no dropout; how pairs are drawn from
the buffer is our reading; interactions may go on after the published number of epochs.
The state is a pure function of library and examples, as long as it was not loaded in between
(premium_fit.py). Nothing is learned before the buffer is full: published, but slow to begin.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import safetensors.torch
import torch
from torch import nn

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Tag
from assistant.personalization.learner import PREMIUM_EMBED, Example, Reply
from assistant.personalization.losses import tag_scores
from assistant.personalization.premium_fit import PremiumFit
from assistant.personalization.replay import Schedule, epoch_batches
from assistant.personalization.stages import Floats


@dataclass(frozen=True, slots=True)
class _Trained:
    """Networks after some epochs; `seen` is a digest of the rankings they were trained on."""

    fit: PremiumFit
    epochs: int
    seen: str


class PremiumEmbed:
    """Learns which tags the user likes, the published way. `build` makes an untrained encoder."""

    name = PREMIUM_EMBED

    def __init__(
        self,
        tags: Sequence[Tag],
        build: Callable[[], nn.Module],
        schedule: Schedule,
        seed: int = 0,
    ) -> None:
        self.tags = tuple(tags)
        self._names = [tag.name for tag in tags]
        self.queries: tuple[str, ...] = ()  # distinct ones among the latest that were learned from
        self.place = {name: i for i, name in enumerate(self._names)}
        self._schedule = schedule
        self._seed = seed
        self._first = build()
        self._trained: _Trained | None = None
        self._dumped: bytes | None = None
        self._scores: dict[tuple[str, bool], Floats] = {}
        self._vectors: dict[bool, torch.Tensor] = {}

    @property
    def epochs(self) -> int:
        """Epochs trained so far."""
        return self._trained.epochs if self._trained else 0

    def learn(self, examples: Mapping[int, Example], cancel: CancelToken) -> Iterator[Progress]:
        """Train every epoch that these examples make due and that was not trained yet.

        A Progress at each step. A cancelled run leaves the old state. Examples that differ from
        those trained on (an undone ranking) mean training from the first weights.
        """
        rankings = sorted(examples.values(), key=lambda example: example.ranking_id)
        due = self._schedule.epochs_due(len(rankings))
        past = self._trained if self._continues(rankings, due) else None
        begun = past.epochs if past else 0
        kept = rankings[-self._schedule.buffer :]
        queries = tuple(dict.fromkeys(example.query for example in kept))
        if due == begun:
            if past is not self._trained:
                self._take(None)
            self.queries = queries
            return
        fit = past.fit if past else self._untrained()
        before = fit.checkpoint()
        finished = False
        try:
            yield from self._train(fit, rankings, range(begun, due), cancel)
            finished = not cancel.cancelled
        finally:  # also if the run is dropped between two steps
            if not finished:
                fit.return_to(before)
        if finished:
            self._take(_Trained(fit, due, self._digest(rankings, due)))
            self.queries = queries

    def scores(self, query: str, trained: bool = True) -> Floats:
        """Dot product of the query with every tag, in the library's order."""
        key = (query, trained)
        if key not in self._scores:
            fit = self._trained.fit if trained and self._trained else None
            with torch.no_grad():
                tags = self._tag_vectors(fit.tag if fit else self._first, trained)
                row = tag_scores((fit.query if fit else self._first)([query]), tags)[0]
            self._scores[key] = row.double().numpy()
        return self._scores[key]

    def utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """Summed dot products of each reply's tags."""
        return self._summed(self.scores(query), replies)

    def prior_utilities(self, query: str, replies: Sequence[Reply]) -> tuple[float, ...]:
        """What `utilities` would be with the untrained encoder."""
        return self._summed(self.scores(query, trained=False), replies)

    def dump(self) -> bytes:
        """The trained weights as differences to the first ones (premium_fit.py)."""
        if self._dumped is None:
            about = {"library": self._library(), "epochs": self.epochs}
            kept = self._trained.fit.differences(self._first) if self._trained else {}
            about["seen"] = self._trained.seen if self._trained else ""
            letters = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)
            kept["about"] = torch.from_numpy(letters.copy())
            self._dumped = safetensors.torch.save(kept)
        return self._dumped

    def load(self, state: bytes) -> None:
        """Take over a dumped state; ValueError if it does not fit this library."""
        kept = safetensors.torch.load(state)
        about = json.loads(bytes(kept["about"].tolist())) if "about" in kept else {}
        if about.get("library") != self._library():
            raise ValueError("the state belongs to another tag library")
        trained = None
        if about["epochs"]:
            fit = self._untrained()
            fit.restore(self._first, kept)
            trained = _Trained(fit, int(about["epochs"]), str(about["seen"]))
        self._take(trained)
        self._dumped = state

    def _train(
        self,
        fit: PremiumFit,
        rankings: Sequence[Example],
        epochs: range,
        cancel: CancelToken,
    ) -> Iterator[Progress]:
        """Train these epochs, a Progress at each step, until cancelled."""
        total, done = len(epochs) * self._schedule.batches, 0
        for epoch in epochs:
            for batch in epoch_batches(self._schedule, rankings, epoch, self._seed):
                if cancel.cancelled:
                    return
                fit.step(batch)
                done += 1
                yield Progress("Training the tag encoders", done, total)

    def _untrained(self) -> PremiumFit:
        """The two encoders with their first weights."""
        return PremiumFit(self._first, self._names, self._schedule)

    def _take(self, trained: _Trained | None) -> None:
        """Make a state the current one."""
        self._trained = trained
        self._dumped = None
        self._scores.clear()
        self._vectors.clear()

    def _tag_vectors(self, encoder: nn.Module, trained: bool) -> torch.Tensor:
        """The library's vectors, computed once for each state."""
        if trained not in self._vectors:
            self._vectors[trained] = encoder(self._names)
        return self._vectors[trained]

    def _summed(self, scores: Floats, replies: Sequence[Reply]) -> tuple[float, ...]:
        """Scores summed over each reply's tags; tags no longer in the library count nothing."""
        return tuple(
            float(sum(scores[self.place[name]] for name in reply.tags if name in self.place))
            for reply in replies
        )

    def _continues(self, rankings: Sequence[Example], due: int) -> bool:
        """Whether what was trained is a beginning of what these rankings ask for."""
        if self._trained is None or self._trained.epochs > due:
            return False
        return self._trained.seen == self._digest(rankings, self._trained.epochs)

    def _digest(self, rankings: Sequence[Example], epochs: int) -> str:
        """Names the rankings that so many epochs have seen."""
        seen = repr(tuple(rankings[: self._schedule.known(epochs)]))
        return hashlib.sha256(seen.encode()).hexdigest()

    def _library(self) -> str:
        """Names the tag library that a state belongs to."""
        return hashlib.sha256("\0".join(self._names).encode()).hexdigest()
