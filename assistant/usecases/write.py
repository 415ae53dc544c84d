"""Write: stream the candidates of a stored round, flushing their text to disk as it grows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.domain.cancel import CancelToken
from assistant.domain.events import (
    Notice,
    PromptEvaluated,
    ReplyFinished,
    ReplyText,
    RoundEvent,
)
from assistant.domain.model import Candidate, CandidateId, Finish, Guidance, Round
from assistant.generation.backend import (
    Draft,
    DraftFinished,
    DraftText,
    EngineRestarted,
    GenerationNotice,
    GenerationRequest,
    PrefixEvaluated,
)
from assistant.generation.prompt import guidance_text
from assistant.usecases.extras import exemplar_texts
from assistant.usecases.plan import Plan
from assistant.usecases.services import Services

FLUSH_SECONDS = 1.0  # a crash loses at most this much text


def write_candidates(
    services: Services,
    plan: Plan,
    round_: Round,
    cancel: CancelToken,
    only: tuple[Candidate, ...] = (),
) -> Iterator[RoundEvent]:
    """Stream every candidate of `round_`, or `only` some, behind the text that each has already.

    Each ends stored, whatever happens to the engine.
    """
    candidates = only or round_.candidates
    texts = guidance_texts(services, plan, [candidate.guidance for candidate in candidates])
    drafts = tuple(
        Draft(text, c.seed, begun=c.text) for text, c in zip(texts, candidates, strict=True)
    )
    request = GenerationRequest(plan.turns, drafts, plan.sampling)
    pages = _Pages(services, candidates)
    try:
        for event in services.backend.generate(request, cancel):
            if isinstance(event, DraftText):
                yield ReplyText(pages.append(event), event.text)
            elif isinstance(event, DraftFinished):
                yield pages.finish(event)
            elif isinstance(event, EngineRestarted):
                yield Notice(
                    f"The engine stopped and was started again ({event.reason}).", problem=True
                )
            elif isinstance(event, GenerationNotice):
                yield Notice(event.text, problem=True)
            else:
                yield from _about_prefix(services, event)
    finally:
        pages.close()


def guidance_texts(services: Services, plan: Plan, given: Sequence[Guidance]) -> tuple[str, ...]:
    """What each reply's guidance puts behind the query, instructions last.

    A tag that was removed since says nothing any more.
    """
    texts = []
    for guidance, exemplars in zip(given, exemplar_texts(services, given), strict=True):
        tags = [plan.tags[name].instruction for name in guidance.tags if name in plan.tags]
        parts = (exemplars, guidance.prompt or "", guidance_text([*guidance.rules, *tags]))
        texts.append("\n\n".join(part for part in parts if part))
    return tuple(texts)


def _about_prefix(services: Services, event: PrefixEvaluated) -> Iterator[RoundEvent]:
    """What the user should know of the prompt that was evaluated."""
    yield PromptEvaluated(
        tokens=event.tokens,
        reused=event.reused,
        dropped_turns=event.dropped_turns,
        context=services.backend.info().context,
        seconds=event.seconds,
    )
    if event.dropped_turns:
        yield Notice(
            f"The conversation is longer than the model's context: "
            f"its {event.dropped_turns} oldest turns were left out of the prompt."
        )


class _Pages:
    """The texts of one round while they grow."""

    def __init__(self, services: Services, candidates: Sequence[Candidate]) -> None:
        self._services = services
        self._ids = [candidate.id for candidate in candidates]
        self._texts = {candidate.id: candidate.text for candidate in candidates}
        self._tokens = {candidate.id: candidate.tokens for candidate in candidates}  # before
        self._changed: set[CandidateId] = set()
        self._open = set(self._ids)
        self._flushed = services.timer()

    def append(self, event: DraftText) -> CandidateId:
        """Take more text, and put it on disk once a second."""
        candidate_id = self._ids[event.draft]
        self._texts[candidate_id] += event.text
        self._changed.add(candidate_id)
        if self._services.timer() - self._flushed >= FLUSH_SECONDS:
            texts = {changed: self._texts[changed] for changed in self._changed}
            self._services.store.run(lambda db: db.rounds.write_text(texts))
            self._changed.clear()
            self._flushed = self._services.timer()
        return candidate_id

    def finish(self, event: DraftFinished) -> ReplyFinished:
        """Store a whole candidate."""
        candidate_id = self._ids[event.draft]
        return self._store(candidate_id, event.finish, event.tokens)

    def close(self) -> None:
        """Store what the engine never finished as interrupted."""
        for candidate_id in tuple(self._open):
            self._store(candidate_id, Finish.INTERRUPTED, 0)

    def _store(self, candidate_id: CandidateId, finish: Finish, written: int) -> ReplyFinished:
        """Put one text on disk with how it ended, `written` tokens after those it had."""
        text, tokens = self._texts[candidate_id].strip(), self._tokens[candidate_id] + written
        self._services.store.run(
            lambda db: db.rounds.finish_candidate(candidate_id, text, finish, tokens)
        )
        self._open.discard(candidate_id)
        self._changed.discard(candidate_id)
        return ReplyFinished(candidate_id, finish, tokens)
