"""The JSON shapes that scripts rely on (the keys of the command line's contract)."""

from __future__ import annotations

from dataclasses import asdict

from assistant.domain.documents import Source
from assistant.domain.model import Candidate, Conversation, Guidance, Hit, Round, Rule, TagWeight
from assistant.domain.preferences import format_order
from assistant.domain.statistics import Share
from assistant.usecases.profile import Profile
from assistant.usecases.why import Why


def guidance_json(guidance: Guidance) -> dict[str, object]:
    """All that was added to the prompt of a candidate."""
    return {
        "tags": list(guidance.tags),
        "rules": list(guidance.rules),
        "prompt": guidance.prompt,
        "exemplars": list(guidance.exemplars),
    }


def candidate_json(candidate: Candidate) -> dict[str, object]:
    """One reply; if the user edited it, with those texts and which of them stands (0: none)."""
    edited = {"edits": list(candidate.edits), "version": candidate.version}
    return {
        "letter": candidate.letter,
        "text": candidate.text,
        "tokens": candidate.tokens,
        "finish": candidate.finish.value,
        "guidance": guidance_json(candidate.guidance),
        **(edited if candidate.edits else {}),
    }


def round_json(round_: Round) -> dict[str, object]:
    """One query with its replies."""
    chosen = [c.letter for c in round_.candidates if c.id == round_.chosen]
    return {
        "query_id": round_.query_id,
        "conversation_id": round_.conversation_id,
        "text": round_.text,
        "model": round_.model,
        "candidates": [candidate_json(candidate) for candidate in round_.candidates],
        "ranking": format_order(round_.ranking.order) if round_.ranking else None,
        "expected_order": format_order(round_.expected) if round_.expected else None,
        "skipped": round_.skipped,
        "chosen": chosen[0] if chosen else None,
        "versions": list(round_.versions),
        "sources": [source_json(source) for source in round_.sources],
    }


def source_json(source: Source) -> dict[str, object]:
    """A passage of a document that stood in a prompt."""
    return {"document": source.document, "page": source.page, "text": source.text}


def conversation_json(conversation: Conversation) -> dict[str, object]:
    """One conversation without its rounds; times are seconds since the epoch."""
    return asdict(conversation)


def hit_json(hit: Hit) -> dict[str, object]:
    """Where a text was found; `excerpt` is plain text."""
    return {
        "conversation_id": hit.conversation.id,
        "query_id": hit.query_id,
        "excerpt": hit.excerpt.replace(Hit.START, "").replace(Hit.END, ""),
    }


def why_json(why: Why) -> dict[str, object]:
    """The explanation of one round."""
    return {
        "query_id": why.round.query_id,
        "sources": [source_json(source) for source in why.round.sources],
        "candidates": [
            {
                "letter": reply.candidate.letter,
                "origin": reply.candidate.origin.value,
                "guidance": guidance_json(reply.candidate.guidance),
                "weights": [weight_json(weight) for weight in reply.weights],
                "reasons": [asdict(reason) for reason in reply.reasons],
            }
            for reply in why.replies
        ],
    }


def weight_json(weight: TagWeight) -> dict[str, object]:
    """What is known of a tag and from where; by topic of queries where topics matter."""
    topics = {"topics": [asdict(topic) for topic in weight.topics]}
    return {
        "name": weight.name,
        "kind": weight.kind,
        "weight": weight.weight,
        "sd": weight.sd,
        "rankings": list(weight.rankings),
        **(topics if weight.topics else {}),
    }


def profile_json(profile: Profile) -> dict[str, object]:
    """Everything learned, and how well it predicts."""
    return {
        "rankings": profile.rankings,
        "tags": [tag_json(tag) for tag in profile.tags],
        "tastes": [asdict(taste) for taste in profile.tastes],
        "rules": [rule_json(rule) for rule in profile.rules],
        "place": asdict(profile.place) if profile.place else None,
        "snapshots": list(profile.snapshots),
        "prequential": share_json(profile.score.learned),
        "prequential_unlearned": share_json(profile.score.unlearned),
        "predictors": {n: share_json(share) for n, share in profile.score.predictors.items()},
        "sure": asdict(profile.sure),
    }


def rule_json(rule: Rule) -> dict[str, object]:
    """One rule, with what speaks for it."""
    return {
        "id": rule.id,
        "text": rule.text,
        "origin": rule.origin,
        "profile": rule.profile,
        "used": rule.used,
        "rankings": list(rule.evidence),
        "right": rule.right,
        "judged": rule.judged,
        "pinned": rule.pinned,
        "banned": rule.banned,
        "edited": rule.edited,
    }


def tag_json(tag: TagWeight) -> dict[str, object]:
    """What is known of one tag."""
    return {
        "name": tag.name,
        "kind": tag.kind,
        "probability": tag.probability,
        "weight": tag.weight,
        "sd": tag.sd,
        "pinned": tag.pinned,
        "banned": tag.banned,
    }


def share_json(share: Share) -> dict[str, object]:
    """A share of pairs with its interval."""
    return {"pair_accuracy": share.value, "n": share.n, "low": share.low, "high": share.high}
