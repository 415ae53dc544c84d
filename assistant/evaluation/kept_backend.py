"""A Backend that remembers what it wrote, for experiments that ask for the same reply again.

Contract: a draft whose turns, guidance, seed, grammar and sampling were asked before is not written
again, in later runs neither, since what was written is in the file when the request ends; the
drafts of a request that are not known are written together. Nothing is streamed: a reply comes as
one text. What the agent writes depends on its adapter and is passed on, and so is all else; `warm`
does nothing, because whether anything will be written is not known before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.domain.model import Finish
from assistant.evaluation.score_cache import ScoreCache
from assistant.generation.backend import (
    Backend,
    Draft,
    DraftFinished,
    DraftText,
    GenerationEvent,
    GenerationRequest,
    ModelInfo,
    PrefixEvaluated,
    Turn,
)

WHOLE_TEXTS = (Finish.STOP, Finish.LENGTH)  # what else a draft ends with is not its own doing


class KeptBackend:
    """Wraps a Backend of one model, to which the file of `kept` belongs too."""

    def __init__(self, backend: Backend, kept: ScoreCache) -> None:
        self._backend, self._kept = backend, kept

    def generate(
        self, request: GenerationRequest, cancel: CancelToken
    ) -> Iterator[GenerationEvent]:
        """All drafts, each as one text. Cancelled, with nothing kept, if it was taken back."""
        if request.agent:
            yield from self._backend.generate(request, cancel)
            return

        def write(missing: list[int]) -> list[dict[str, Any]]:
            wanted = replace(request, drafts=tuple(request.drafts[i] for i in missing))
            return self._written(wanted, cancel)

        kept = self._kept.ask([_key(request, draft) for draft in request.drafts], write)
        yield PrefixEvaluated(0, 0, 0, 0.0)
        for index, one in enumerate(kept):
            yield DraftText(index, one.value["text"])
            yield DraftFinished(index, Finish(one.value["finish"]), one.value["tokens"])

    def _written(self, request: GenerationRequest, cancel: CancelToken) -> list[dict[str, Any]]:
        """What the model writes for a request."""
        rows: list[dict[str, Any]] = [{"text": ""} for _ in request.drafts]
        for event in self._backend.generate(request, cancel):
            if isinstance(event, DraftText):
                rows[event.draft]["text"] += event.text
            elif isinstance(event, DraftFinished):
                if event.finish not in WHOLE_TEXTS:
                    raise Cancelled
                rows[event.draft] |= {"finish": event.finish.value, "tokens": event.tokens}
        return rows

    def info(self) -> ModelInfo:
        """The loaded model."""
        return self._backend.info()

    def warm(
        self, turns: tuple[Turn, ...], cancel: CancelToken, guidance: tuple[str, ...] = ()
    ) -> None:
        """Nothing: what is written evaluates its turns itself."""

    def count_tokens(self, turns: tuple[Turn, ...]) -> int:
        """As the backend counts."""
        return self._backend.count_tokens(turns)

    def score(
        self, turns: tuple[Turn, ...], continuations: tuple[str, ...], cancel: CancelToken
    ) -> tuple[float, ...]:
        """As the backend scores."""
        return self._backend.score(turns, continuations, cancel)

    def score_cases(
        self,
        shared: tuple[Turn, ...],
        cases: tuple[tuple[Turn, ...], ...],
        continuations: tuple[tuple[str, ...], ...],
        cancel: CancelToken,
    ) -> tuple[tuple[float, ...], ...]:
        """As the backend scores."""
        return self._backend.score_cases(shared, cases, continuations, cancel)

    def load_adapter(self, path: Path | None) -> None:
        """For the agent."""
        self._backend.load_adapter(path)

    def tokenise(self, text: str, *, special: bool = False) -> tuple[int, ...]:
        """The model's tokens of a text."""
        return self._backend.tokenise(text, special=special)

    def top_tokens(self, tokens: Sequence[int], *, agent: bool = False) -> tuple[int, ...]:
        """The likeliest next token after each of the tokens."""
        return self._backend.top_tokens(tokens, agent=agent)

    def close(self) -> None:
        """End the child process."""
        self._backend.close()


def _key(request: GenerationRequest, draft: Draft) -> str:
    """All that a draft follows from."""
    turns = [(turn.role, turn.text) for turn in request.turns]
    return repr((turns, asdict(draft), asdict(request.sampling)))
