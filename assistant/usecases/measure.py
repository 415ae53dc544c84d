"""Measure: what a query would take of the context, before it is sent.

Counted by the model itself, with its template; only a server's numbers are estimates, and said to
be such. Guidance is counted as it would be at most: the longest tags that may be chosen, every
rule that may be used, the longest prompt, as many exemplars as may be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.model import ConversationId, Tag, TagKind
from assistant.generation.backend import Turn
from assistant.generation.prompt import (
    MIN_REPLY,
    Budget,
    first_kept,
    guidance_text,
    split_exchanges,
)
from assistant.personalization.agent_words import RULES_WRITTEN
from assistant.personalization.exemplars import TOKENS as EXEMPLAR_TOKENS
from assistant.settings import EXEMPLARS, INTERESTS, PROMPTS, STYLES
from assistant.storage.documents import Passage
from assistant.usecases.drafts import most_drafts
from assistant.usecases.plan import asked, turns_before
from assistant.usecases.presets import sampling_of
from assistant.usecases.services import Services
from assistant.usecases.sources import passages_for

if TYPE_CHECKING:
    from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class Measure:
    """Tokens of one prompt by what they are for. `guidance` is for one reply, at most."""

    context: int
    conversation: int  # with the system text and what the model's template puts around it
    query: int
    documents: int
    guidance: int
    replies: int  # how many will be written
    reply: int  # the longest that each of them can become
    dropped: int  # the oldest turns that will be left out at most, so that the replies have room
    exact: bool
    sources: tuple[Passage, ...] = ()
    problem: str = ""  # why the query cannot be asked as it is, and what to do; "" if it can

    @property
    def left(self) -> int:
        """Tokens left for all replies together; negative if something must go."""
        used = self.conversation + self.query + self.documents
        return self.context - used - self.replies * self.guidance


@dataclass(frozen=True, slots=True)
class _Read:
    """What the data file says about a query that is not stored yet."""

    turns: tuple[Turn, ...]
    guidance: str
    exemplar_tokens: int
    replies: int
    longest: int


def measure(
    services: Services,
    *,
    text: str,
    conversation_id: ConversationId | None = None,
    drafts: int | None = None,
) -> Measure:
    """What `text` would take if it were asked now; nothing is stored."""
    text = text.strip()
    known = services.store.run(lambda db: _read(db, conversation_id, drafts))
    passages: tuple[Passage, ...] = ()
    if text and conversation_id is not None:
        passages = passages_for(
            services, conversation_id=conversation_id, text=text, drafts=known.replies
        )
    info, count = services.backend.info(), services.backend.count_tokens
    before = count(known.turns) if known.turns else 0
    query = count((*known.turns, Turn("user", text))) - before if text else 0
    turn = asked(text, [passage.source for passage in passages])
    whole = count((*known.turns, Turn("user", turn))) if text else before
    guidance = _guidance_tokens(services, known, turn)
    system = tuple(one for one in known.turns if one.role == "system")
    alone = count((*system, Turn("user", turn)))
    budget = Budget(info.context, known.replies, known.longest)
    left = info.context - whole - known.replies * guidance
    return Measure(
        context=info.context,
        conversation=before,
        query=query,
        documents=whole - before - query,
        guidance=guidance,
        replies=known.replies,
        reply=max(0, min(known.longest, max(left // known.replies, budget.reserve))),
        dropped=_dropped(services, known.turns, known.replies * budget.reserve - left, budget),
        exact=info.counts_exactly,
        sources=passages,
        problem=_problem(alone, guidance, budget),
    )


def _guidance_tokens(services: Services, known: _Read, turn: str) -> int:
    """What one reply has for itself: its guidance, and what opens it."""
    count = services.backend.count_tokens
    plain = count((*known.turns, Turn("user", turn)))
    guided = count((*known.turns, Turn("user", f"{turn}\n\n{known.guidance}".rstrip())))
    opened = count((*known.turns, Turn("user", turn), Turn("assistant", "")))
    return guided - plain + opened - plain + known.exemplar_tokens


def _dropped(services: Services, turns: tuple[Turn, ...], excess: int, budget: Budget) -> int:
    """How many of the oldest queries with their replies go, if some tokens must."""
    if excess <= 0:
        return 0
    _, exchanges = split_exchanges(turns)
    costs = [services.backend.count_tokens(exchange) for exchange in exchanges]
    return first_kept(costs, excess, budget)


def _problem(alone: int, guidance: int, budget: Budget) -> str:
    """The sentence for a query that does not fit even without the conversation before it."""
    needed = alone + budget.drafts * (guidance + min(budget.reserve, MIN_REPLY))
    if needed <= budget.context:
        return ""
    return (
        f"The query takes {alone:,} tokens, {needed - budget.context:,} more than fit into the "
        f"model's context of {budget.context:,} beside {budget.drafts} replies; shorten it, attach "
        "it as a document, ask for fewer replies, or raise the setting “context”."
    )


def _read(db: Database, conversation_id: ConversationId | None, drafts: int | None) -> _Read:
    """Everything in one go; UsageProblem if there is no such conversation."""
    if conversation_id is not None:
        db.conversations.get(conversation_id)
    return _Read(
        turns=turns_before(db, conversation_id),
        guidance=_longest_guidance(db),
        exemplar_tokens=EXEMPLAR_TOKENS if db.settings.get(EXEMPLARS) else 0,
        replies=max(1, most_drafts(db, drafts)),
        longest=sampling_of(db).max_tokens,
    )


def _longest_guidance(db: Database) -> str:
    """The longest guidance that a reply can get, as it would stand behind the query."""
    rules = [rule for rule in db.rules.all() if rule.used]
    pinned = [rule.text for rule in rules if rule.pinned]
    free = _longest((rule.text for rule in rules if not rule.pinned), RULES_WRITTEN - len(pinned))
    tags = [tag for tag in db.tags.all() if not tag.banned]
    instructions = [
        *_instructions(tags, TagKind.INTEREST, db.settings.get(INTERESTS)),
        *_instructions(tags, TagKind.STYLE, db.settings.get(STYLES)),
    ]
    prompts = (prompt.text for prompt in db.prompts.all()) if db.settings.get(PROMPTS) else ()
    parts = (*_longest(prompts, 1), guidance_text([*pinned, *free, *instructions]))
    return "\n\n".join(part for part in parts if part)


def _instructions(tags: Sequence[Tag], kind: TagKind, room: int) -> list[str]:
    """The longest instructions of one kind: pinned tags are always used, others fill the room."""
    pinned = [tag.instruction for tag in tags if tag.kind is kind and tag.pinned]
    free = (tag.instruction for tag in tags if tag.kind is kind and not tag.pinned)
    return [*pinned, *_longest(free, room - len(pinned))]


def _longest(texts: Iterable[str], most: int) -> list[str]:
    """The longest of some texts."""
    return sorted(texts, key=len, reverse=True)[: max(0, most)]
