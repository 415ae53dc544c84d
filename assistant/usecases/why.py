"""Why: the guidance of each candidate, the weights behind it, the rankings behind the weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.domain.model import Candidate, Order, QueryId, RankingId, Round, TagWeight
from assistant.personalization.learner import Reason
from assistant.usecases.examples import replies_of
from assistant.usecases.services import Services


@dataclass(frozen=True, slots=True)
class WhyReply:
    """One candidate with what is known of each of its tags."""

    candidate: Candidate
    weights: tuple[TagWeight, ...]
    reasons: tuple[Reason, ...] = ()  # what of its text speaks for or against it


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of one round, in the order shown."""

    round: Round
    replies: tuple[WhyReply, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """One ranking that stands behind a weight."""

    ranking_id: RankingId
    query: str
    order: Order


def rankings_behind(services: Services, *, rankings: Sequence[int]) -> tuple[Behind, ...]:
    """The rankings with these ids as the user knows them, in the order given."""
    rounds = services.store.run(lambda db: db.rounds.ranked())
    found = {
        r.ranking.id: Behind(r.ranking.id, r.text, r.ranking.order) for r in rounds if r.ranking
    }
    return tuple(found[RankingId(one)] for one in rankings if one in found)


def why(services: Services, *, query_id: QueryId) -> Why:
    """Explain a round with what is known now."""
    round_ = services.store.run(lambda db: db.rounds.get(query_id))
    names = sorted({name for c in round_.candidates for name in c.guidance.tags})
    # lessons (an interview, an imported profile) have negative ids: no rankings to look up
    known = {
        weight.name: replace(weight, rankings=tuple(n for n in weight.rankings if n > 0))
        for weight in services.learner.explain(names)
    }
    reasons = services.learner.reasons(round_.text, replies_of(round_))
    return Why(
        round_,
        tuple(
            WhyReply(c, tuple(known[name] for name in c.guidance.tags if name in known), of_text)
            for c, of_text in zip(round_.candidates, reasons, strict=True)
        ),
    )
