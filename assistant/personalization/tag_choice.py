"""Choosing tag sets from a posterior: one exploits, others explore, sometimes one is plain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.domain.model import Origin, Tag, TagKind
from assistant.personalization.learner import ChosenTags, Policy
from assistant.personalization.stages import Floats
from assistant.personalization.tag_selector import RELEVANCE, TagSelector

EXPLORATION = 0.7  # scale of the posterior's sd in Thompson sampling; below 1 is greedier
TIE_NOISE = 1e-3  # chance decides between tags of which nothing is known yet
TAKEN_PENALTY = 1.0  # in nats, for a tag that an earlier draft of the same query carries
DRAWS = 2000


def choose_tag_sets(
    selector: TagSelector, query: str, policy: Policy, seed: int
) -> tuple[ChosenTags, ...]:
    """Tag sets for all drafts of a query: the first exploits, the last may be plain.

    The propensity is approximate: the product of the tags' own probabilities of being drawn,
    times that of a plain draft being there or not.
    """
    chance = np.random.default_rng(seed)
    relevance = selector.relevance(query)
    plain = policy.drafts >= 3 and chance.random() < policy.plain_share
    share = policy.plain_share if policy.drafts >= 3 else 0.0
    explore = inclusion(selector, relevance, policy, EXPLORATION)
    sets = [_exploit(selector, relevance, policy, chance)]
    taken = set(sets[0].tags)
    while len(sets) < policy.drafts - int(plain):
        scores = _draw(selector, relevance, chance, EXPLORATION, 1)[0]
        scores -= [TAKEN_PENALTY * (tag.name in taken) for tag in selector.tags]
        tags = compose(selector.tags, scores, policy)
        taken |= set(tags)
        at = [i for i, tag in enumerate(selector.tags) if tag.name in tags]
        likely = float(np.prod(np.clip(explore[at], 1 / DRAWS, 1.0)))
        last = len(sets) == policy.drafts - 1
        sets.append(ChosenTags(tags, Origin.EXPLORE, likely * (1 - share if last else 1.0)))
    if plain:
        sets.append(ChosenTags((), Origin.PLAIN, share))
    return tuple(sets)


def best_tags(selector: TagSelector, query: str, policy: Policy) -> tuple[str, ...]:
    """The set of the highest posterior means for a query; equal scores keep the library's order."""
    scores = selector.mean[: len(selector.tags)]
    scores = scores + selector.mean[len(selector.tags) + RELEVANCE] * selector.relevance(query)
    return compose(selector.tags, scores, policy)


def compose(tags: Sequence[Tag], scores: Floats, policy: Policy) -> tuple[str, ...]:
    """The best tags of each kind: pinned ones first, banned ones never, no two opposites."""
    ordered = sorted(range(len(tags)), key=lambda i: (not tags[i].pinned, -scores[i]))
    chosen: list[Tag] = []
    for kind, room in ((TagKind.INTEREST, policy.interests), (TagKind.STYLE, policy.styles)):
        for i in ordered:
            tag = tags[i]
            of_kind = [other for other in chosen if other.kind is kind]
            if len(of_kind) >= room and not tag.pinned:
                break
            opposed = any(other.name == tag.opposite for other in of_kind)
            if tag.kind is kind and not tag.banned and not opposed:
                chosen.append(tag)
    return tuple(tag.name for tag in chosen)


def probabilities(selector: TagSelector, policy: Policy) -> Floats:
    """Probability that a guided draft of a query without any relevance carries each tag."""
    nothing = np.zeros(len(selector.tags))
    exploit = inclusion(selector, nothing, policy, TIE_NOISE)
    explore = inclusion(selector, nothing, policy, EXPLORATION)
    return np.asarray((exploit + (policy.drafts - 1) * explore) / policy.drafts)


def inclusion(selector: TagSelector, relevance: Floats, policy: Policy, scale: float) -> Floats:
    """Probability of each tag to be in a set drawn at `scale`, by seeded sampling."""
    draws = _draw(selector, relevance, np.random.default_rng(0), scale, DRAWS)
    found = np.zeros(len(selector.tags))
    for kind, room in ((TagKind.INTEREST, policy.interests), (TagKind.STYLE, policy.styles)):
        at = np.array([i for i, t in enumerate(selector.tags) if t.kind is kind and not t.banned])
        if len(at) and room:
            best = np.argpartition(-draws[:, at], min(room, len(at)) - 1, axis=1)[:, :room]
            found[at] = np.bincount(best.ravel(), minlength=len(at)) / DRAWS
    pinned: NDArray[np.bool_] = np.array([tag.pinned for tag in selector.tags])
    return np.asarray(np.where(pinned, 1.0, found))


def _exploit(
    selector: TagSelector, relevance: Floats, policy: Policy, chance: np.random.Generator
) -> ChosenTags:
    """The set of the highest posterior means."""
    scores = _draw(selector, relevance, chance, TIE_NOISE, 1)[0]
    return ChosenTags(compose(selector.tags, scores, policy), Origin.EXPLOIT, 1.0)


def _draw(
    selector: TagSelector,
    relevance: Floats,
    chance: np.random.Generator,
    scale: float,
    draws: int,
) -> Floats:
    """Scores of all tags under weights drawn from the posterior, shape (draws, tags)."""
    size = len(selector.tags)
    root = np.linalg.cholesky(selector.covariance)
    noise = chance.normal(size=(draws, len(selector.mean))) @ root.T
    weights = selector.mean + scale * noise
    return np.asarray(weights[:, :size] + weights[:, [size + RELEVANCE]] * relevance)
