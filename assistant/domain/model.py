"""What the program is about: conversations, queries, candidates, guidance, rankings, tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, NewType

from assistant.domain.documents import Source

ConversationId = NewType("ConversationId", int)
QueryId = NewType("QueryId", int)
CandidateId = NewType("CandidateId", int)
RankingId = NewType("RankingId", int)
RuleId = NewType("RuleId", int)

LETTERS = "ABCDEFGH"


class TagKind(StrEnum):
    """What a tag speaks of: a subject to draw on, or a way of writing."""

    INTEREST = "interest"
    STYLE = "style"


class Origin(StrEnum):
    """Why a candidate carries the guidance it carries."""

    EXPLOIT = "exploit"  # the best that is known
    EXPLORE = "explore"  # chosen to learn something
    PLAIN = "plain"  # no guidance, so that the gain over no learning stays measurable


class Finish(StrEnum):
    """How a candidate's text came to its end."""

    WRITING = "writing"  # still streaming
    STOP = "stop"  # the model ended its turn
    LENGTH = "length"  # the token limit was reached
    STOPPED = "stopped"  # the user stopped it
    INTERRUPTED = "interrupted"  # the program or the engine died while it was written

    @property
    def cut_off(self) -> bool:
        """Whether the text could have gone on."""
        return self in (Finish.LENGTH, Finish.STOPPED, Finish.INTERRUPTED)


@dataclass(frozen=True, slots=True)
class Tag:
    """An interest or a style that can be put into a prompt."""

    name: str
    kind: TagKind
    instruction: str
    area: str = ""
    opposite: str | None = None
    origin: str = "library"
    pinned: bool = False
    banned: bool = False
    stated: bool = False  # the user says in the interview that this is wanted


@dataclass(frozen=True, slots=True)
class Guidance:
    """All that is added to a prompt for one candidate."""

    tags: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    prompt: str | None = None
    exemplars: tuple[int, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether nothing is added."""
        return not (self.tags or self.rules or self.prompt or self.exemplars)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reply to a query, with everything needed to make it again."""

    id: CandidateId
    query_id: QueryId
    letter: str
    place: int  # 0-based place on the screen, shuffled
    text: str
    tokens: int
    finish: Finish
    guidance: Guidance
    origin: Origin
    propensity: float  # probability of this guidance under the policy that chose it
    seed: int
    edits: tuple[str, ...] = ()  # what the user made of it, by age; rankings are about `text`
    version: int = 0  # which of them stands for it in the conversation; 0: the text as written

    @property
    def said(self) -> str:
        """The text that stands in the conversation."""
        return self.edits[self.version - 1] if self.version else self.text


@dataclass(frozen=True, slots=True)
class Order:
    """A (partial) order over letters: tiers from best to worst, ties inside a tier.

    `rest` names those known only to be worse than every tier. Neither tier nor rest: "all bad".
    """

    tiers: tuple[tuple[str, ...], ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def all_bad(self) -> bool:
        """Whether the user wanted none of the candidates."""
        return not self.tiers

    @property
    def best(self) -> str | None:
        """The letter in first place (the first of those tied), or None if all are bad."""
        return self.tiers[0][0] if self.tiers else None


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the user said about the candidates of one query; append-only."""

    id: RankingId
    query_id: QueryId
    order: Order
    created_at: float  # seconds since the epoch, UTC
    learn: bool = True  # False: made with learning off, nothing may learn from it
    blind: bool = True  # False: one of the replies was picked out before the user ranked them


@dataclass(frozen=True, slots=True)
class Prediction:
    """An order expected before the user ranked, with the utility of each letter."""

    query_id: QueryId
    predictor: str  # "selector", "scorer", "both" (their sum), or "prior": nothing learned
    utilities: dict[str, float]
    order: Order


@dataclass(frozen=True, slots=True)
class Round:
    """One query with its candidates in the order shown, and what became of it."""

    query_id: QueryId
    conversation_id: ConversationId
    text: str
    created_at: float
    model: str
    candidates: tuple[Candidate, ...]
    ranking: Ranking | None = None
    skipped: bool = False
    chosen: CandidateId | None = None  # the reply that became part of the conversation
    expected: Order | None = None
    versions: tuple[QueryId, ...] = ()  # this query and what it was edited from or into, by age
    sources: tuple[Source, ...] = ()  # passages of documents that stand in its prompt
    copied: bool = False  # it came with a copy of a conversation

    @property
    def drawn_on(self) -> tuple[str, ...]:
        """The pages of documents that stand in its prompt, each once."""
        return tuple(dict.fromkeys(source.label for source in self.sources))

    @property
    def picked(self) -> bool:
        """Whether one of several replies goes on already, and all wait to be ranked."""
        several = sum(bool(candidate.text) for candidate in self.candidates) > 1
        settled = self.ranking is not None or self.skipped or self.copied
        return several and self.chosen is not None and not settled

    def candidate(self, letter: str) -> Candidate:
        """The candidate shown under `letter`; KeyError if there is none."""
        for candidate in self.candidates:
            if candidate.letter == letter:
                return candidate
        raise KeyError(letter)


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence that tells the model what the user likes, with what speaks for it.

    `right` of `judged` pairs in held-out rankings agree with it; it lives while that is better
    than chance. `detector` says how a reply is recognised that follows it.
    """

    id: RuleId
    text: str
    origin: str  # "feature", "tag", "distilled" or "own"
    detector: str
    evidence: tuple[int, ...] = ()  # rankings, those that speak most for it first
    right: float = 0.0
    judged: int = 0
    alive: bool = False
    pinned: bool = False
    banned: bool = False
    edited: bool = False
    profile: str = ""  # that it came with, empty for one found or written here

    @property
    def used(self) -> bool:
        """Whether it may be put into prompts."""
        return not self.banned and (self.pinned or self.alive)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of rounds under one title."""

    id: ConversationId
    title: str
    created_at: float
    updated_at: float
    pinned: bool = False
    folder: str = ""
    learn: bool = True  # False: nothing may learn from rankings made in it


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a text was found: a query's round, or the title if `query_id` is None.

    `excerpt` has its matching words between START and END.
    """

    conversation: Conversation
    query_id: QueryId | None
    excerpt: str

    START: ClassVar[str] = "\x02"
    END: ClassVar[str] = "\x03"


@dataclass(frozen=True, slots=True)
class TopicWeight:
    """What is known of a tag with queries of one topic, named by a query of the user's."""

    query: str
    weight: float
    sd: float


@dataclass(frozen=True, slots=True)
class TagWeight:
    """What is known of one tag: the posterior of its weight, in nats of utility."""

    name: str
    kind: str
    weight: float
    sd: float
    probability: float = 0.0  # that the next guided reply carries it
    pinned: bool = False
    banned: bool = False
    rankings: tuple[int, ...] = field(default=())  # the rankings behind it, most influential first
    topics: tuple[TopicWeight, ...] = ()  # none as long as topics do not matter
