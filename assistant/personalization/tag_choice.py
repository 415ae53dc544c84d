"""Choosing tag sets: what is surely liked in the first draft, the most promising rest dealt out.

The drafts carry different tags, the most promising ones spread over them: one ranking then speaks
of as many tags as possible. What is surely liked is in the first draft; the others stay free to
explore until nothing else comes near it. Where replies without guidance are allowed, the first
draft carries only what is more likely liked than not, so it may be without any; then the second
one has what the rankings speak for most, that it may be borne out. If it is not, the last one
sometimes is, to see whether guidance helps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.domain.model import Origin, Tag, TagKind
from assistant.personalization.learner import ChosenTags, Policy
from assistant.personalization.stages import Floats
from assistant.personalization.tag_fit import SURE

LIKELY = 0.5  # probability to be liked from which on a tag is in the first draft
NOISE = 0.3  # scale of the Gumbel noise on the log-odds: chance decides between like ones
TIES = 1e-3  # the same in the first draft, which takes the best that is known
TAKEN = 5.0  # log-odds that a tag loses for every draft that has it already
LEAST = 1e-6  # probabilities are at least this far from 0 and 1
PLAIN_FROM = 3  # drafts from which on the last one may be plain
HALVINGS = 40


class Liking(Protocol):
    """What there is to choose by: the TagSelector, or what stands in for it in an experiment."""

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The library."""

    def liked(self, query: str) -> Floats:
        """Probability that the user likes each tag with this query."""

    def relevance(self, query: str) -> Floats:
        """Cosine of the query with each interest, 0 for styles."""


def choose_tag_sets(
    selector: Liking, query: str, policy: Policy, seed: int
) -> tuple[ChosenTags, ...]:
    """Tag sets for all drafts of a query: the first exploits, the last may be plain.

    The propensity is approximate: the product of the tags' chances to be dealt, given the noise
    of all other tags, times that of a plain draft being there or not.
    """
    chance = np.random.default_rng(seed)
    helps = _helps(selector, query, policy)
    several = policy.drafts >= PLAIN_FROM
    share = policy.plain_share if several and _guides(selector, helps, policy) else 0.0
    plain = chance.random() < share
    guided = policy.drafts - int(plain)
    hands = [_Hand([i for i, t in enumerate(selector.tags) if t.pinned]) for _ in range(guided)]
    odds = promise(selector, query)
    known = _Known(odds, odds - selector.relevance(query), helps)
    for kind, room in _rooms(policy):
        _deal(selector.tags, known, kind, room, hands, chance)
    sets = []
    for draft, hand in enumerate(hands):
        last = draft > 0 and draft == policy.drafts - 1
        origin = Origin.EXPLORE if draft else Origin.EXPLOIT
        names = tuple(selector.tags[i].name for i in hand.tags)
        sets.append(ChosenTags(names, origin, hand.propensity * (1 - share if last else 1.0)))
    if plain:
        sets.append(ChosenTags((), Origin.PLAIN, share))
    return tuple(sets)


def _helps(selector: Liking, query: str, policy: Policy) -> NDArray[np.bool_]:
    """Which tags may be in the first draft: the likely ones, all where every draft is guided."""
    free = np.array([not (tag.banned or tag.pinned) for tag in selector.tags], dtype=bool)
    return np.asarray(free & (selector.liked(query) >= LIKELY) if policy.plain_share else free)


def _guides(selector: Liking, helps: NDArray[np.bool_], policy: Policy) -> bool:
    """Whether the first draft carries any tag."""
    rooms = dict(_rooms(policy))
    return any(t.pinned or (h and rooms[t.kind]) for t, h in zip(selector.tags, helps, strict=True))


def promise(selector: Liking, query: str) -> Floats:
    """Log-odds that each tag is liked with this query; relevant ones first among equals."""
    liked = np.clip(selector.liked(query), LEAST, 1 - LEAST)
    return np.asarray(np.log(liked / (1 - liked)) + selector.relevance(query))


def best_tags(selector: Liking, query: str, policy: Policy) -> tuple[str, ...]:
    """The most promising set for a query, without any chance; equals keep the library's order."""
    return compose(selector.tags, promise(selector, query), policy)


def compose(tags: Sequence[Tag], scores: Floats, policy: Policy) -> tuple[str, ...]:
    """The best tags of each kind: pinned ones first, banned ones never, no two opposites."""
    ordered = sorted(range(len(tags)), key=lambda i: (not tags[i].pinned, -scores[i]))
    chosen: list[Tag] = []
    for kind, room in _rooms(policy):
        for i in ordered:
            tag = tags[i]
            of_kind = [other for other in chosen if other.kind is kind]
            if len(of_kind) >= room and not tag.pinned:
                break
            opposed = any(other.name == tag.opposite for other in of_kind)
            if tag.kind is kind and not tag.banned and not opposed:
                chosen.append(tag)
    return tuple(tag.name for tag in chosen)


def probabilities(selector: Liking, policy: Policy) -> Floats:
    """Probability that a guided draft of a query without any relevance carries each tag."""
    odds, helps = promise(selector, ""), _helps(selector, "", policy)
    found = np.zeros(len(selector.tags))
    for kind, room in _rooms(policy):
        at = _eligible(selector.tags, kind)
        room -= sum(t.pinned and t.kind is kind for t in selector.tags)
        if room <= 0 or not len(at):
            continue
        known = at[helps[at]]
        sure = _sure(odds, known, room)
        found[sure] += 1 / policy.drafts
        rest = np.setdiff1d(at, sure)
        leading = room - len(sure), rest[helps[rest]] if len(known) else rest, TIES
        left = policy.drafts - (1 if len(known) else 2)
        for wanted, among, noise in (leading, (room * max(left, 0), rest, NOISE)):
            likely = _inclusion(odds[among], min(wanted, len(among)), noise)
            found[among] += likely / policy.drafts
    pinned: NDArray[np.bool_] = np.array([tag.pinned for tag in selector.tags], dtype=bool)
    return np.asarray(np.where(pinned, 1.0, np.clip(found, 0.0, 1.0)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of each tag with a query."""

    odds: Floats  # log-odds to be liked, what is near the query ahead
    evidence: Floats  # the same by rankings alone
    helps: NDArray[np.bool_]  # may be in the first draft


class _Hand:
    """The tags of one draft while they are dealt."""

    def __init__(self, tags: list[int]) -> None:
        self.tags = tags
        self.propensity = 1.0


def _rooms(policy: Policy) -> tuple[tuple[TagKind, int], ...]:
    """How many tags of each kind a draft carries."""
    return (TagKind.INTEREST, policy.interests), (TagKind.STYLE, policy.styles)


def _eligible(tags: Sequence[Tag], kind: TagKind) -> NDArray[np.int64]:
    """Tags of a kind that may be dealt."""
    may = [i for i, t in enumerate(tags) if t.kind is kind and not (t.banned or t.pinned)]
    return np.array(may, dtype=np.int64)


def _sure(odds: Floats, at: NDArray[np.int64], room: int) -> list[int]:
    """The surely liked tags of a kind, which the first draft gets before the rest is dealt."""
    sure = at[odds[at] >= np.log(SURE / (1 - SURE))]
    return [int(i) for i in sure[np.argsort(-odds[sure], kind="stable")][:room]]


def _deal(
    tags: Sequence[Tag],
    of: _Known,
    kind: TagKind,
    room: int,
    hands: Sequence[_Hand],
    chance: np.random.Generator,
) -> None:
    """Deal tags of one kind until every draft has `room` of them; the first: only what helps."""
    at = _eligible(tags, kind)
    room -= sum(tags[i].kind is kind for i in hands[0].tags)
    known, odds = at[of.helps[at]], of.odds
    if room <= 0 or not len(at) or not (len(known) or len(hands) > 1):
        return
    sure = _sure(odds, known, room)
    hands[0].tags.extend(sure)
    taken = dict.fromkeys(sure, 1)
    luck = chance.gumbel(size=len(odds))
    noisy = odds + NOISE * luck
    steady = (odds if len(known) else of.evidence) + TIES * luck
    leading = 0 if len(known) else 1  # the draft with the most promising tags, free of chance
    promising = known if len(known) else at
    rooms = [room - len(sure) if len(known) else 0] + [room] * (len(hands) - 1)
    slots = sum(rooms)
    ordered = at[np.argsort(-noisy[at], kind="stable")]
    near = [int(i) for i in ordered[: 2 * (slots + room)]]
    best = [int(i) for i in promising[np.argsort(-steady[promising], kind="stable")][: 4 * room]]
    first_left = float(noisy[ordered[min(slots, len(ordered) - 1)]])
    for turn in range(room):
        others = [int(d) for d in 1 + chance.permutation(len(hands) - 1) if d != leading]
        for d in (leading, *others)[: len(hands)]:
            hand = hands[d]
            deck, scores = (best, steady) if d == leading else (near, noisy)
            free = [i for i in deck if i not in hand.tags and not _opposed(tags, hand.tags, i)]
            if turn >= rooms[d] or not free:
                continue
            pick = max(free, key=lambda i: scores[i] - TAKEN * taken.get(i, 0))
            hand.tags.append(pick)
            hand.propensity *= _chance_of(odds[pick], first_left) * rooms[d] / slots
            taken[pick] = taken.get(pick, 0) + 1


def _opposed(tags: Sequence[Tag], hand: Sequence[int], tag: int) -> bool:
    """Whether a hand holds the opposite of a tag."""
    return any(tags[i].name == tags[tag].opposite for i in hand)


def _chance_of(odds: float, threshold: float) -> float:
    """Chance that log-odds with Gumbel noise exceed a threshold."""
    return float(np.clip(-np.expm1(-np.exp((odds - threshold) / NOISE)), LEAST, 1.0))


def _inclusion(odds: Floats, slots: int, noise: float) -> Floats:
    """Chance of each tag to be among the `slots` first under Gumbel noise, found by halving."""
    if slots >= len(odds) or not slots:
        return np.full(len(odds), float(slots > 0))
    low, high = float(odds.min()) - 10.0, float(odds.max()) + 10.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        found = -np.expm1(-np.exp(np.clip((odds - middle) / noise, -700.0, 50.0)))
        low, high = (middle, high) if found.sum() > slots else (low, middle)
    return np.asarray(found)
