"""History: list, find, read, name, delete, bring back and export conversations."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Candidate, Conversation, ConversationId, Hit, QueryId, Round
from assistant.domain.preferences import format_order
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation with all its rounds in the order asked."""

    conversation: Conversation
    rounds: tuple[Round, ...]


def list_conversations(services: Services, *, text: str = "") -> tuple[Conversation, ...]:
    """All conversations, pinned ones first, then the latest used; or those that contain `text`,
    the best match first."""
    if not text:
        return services.store.run(lambda db: db.conversations.all())
    return tuple(dict.fromkeys(hit.conversation for hit in find(services, text=text)))


def find(services: Services, *, text: str) -> tuple[Hit, ...]:
    """Where all words of `text` occur in titles, queries and replies, the best places first."""
    return services.store.run(lambda db: db.search.find(text))


def show_version(services: Services, *, query_id: QueryId) -> Transcript:
    """Show another version of a query, with what came after it; the conversation as it is then."""

    def write(db: Database) -> ConversationId:
        db.rounds.show_version(query_id)
        return db.rounds.get(query_id).conversation_id

    return show(services, conversation_id=services.store.run(write))


def set_pinned(services: Services, *, conversation_id: ConversationId, pinned: bool) -> None:
    """Keep a conversation at the top of the list, or no longer."""
    services.store.run(lambda db: db.conversations.set_pinned(conversation_id, pinned))


def set_folder(services: Services, *, conversation_id: ConversationId, folder: str) -> None:
    """Put a conversation into a folder of that name; "" takes it out of its folder."""
    name = " ".join(folder.split())
    services.store.run(lambda db: db.conversations.set_folder(conversation_id, name))


def set_learn(services: Services, *, conversation_id: ConversationId, learn: bool) -> None:
    """Whether rankings made in this conversation from now on are learned from."""
    services.store.run(lambda db: db.conversations.set_learn(conversation_id, learn))


def show(services: Services, *, conversation_id: ConversationId) -> Transcript:
    """One conversation whole."""

    def read(db: Database) -> Transcript:
        return Transcript(
            db.conversations.get(conversation_id), db.rounds.of_conversation(conversation_id)
        )

    return services.store.run(read)


def rename(services: Services, *, conversation_id: ConversationId, title: str) -> None:
    """Give a conversation another title; UsageProblem if it is empty."""
    title = " ".join(title.split())
    if not title:
        raise UsageProblem("A conversation needs a title of at least one letter.")
    services.store.run(lambda db: db.conversations.rename(conversation_id, title))


def delete(services: Services, *, conversation_id: ConversationId) -> None:
    """Delete a conversation; `bring_back` undoes it for 30 days, then it is removed for good.

    What was learned from its rankings stays until then.
    """
    services.store.run(lambda db: db.conversations.delete(conversation_id, services.clock()))


def list_deleted(services: Services) -> tuple[Conversation, ...]:
    """The conversations that `bring_back` can still bring back, the latest deleted first."""
    return services.store.run(lambda db: db.conversations.deleted())


def bring_back(services: Services, *, conversation_id: ConversationId) -> None:
    """Undo a deletion; UsageProblem if there is no such conversation any more."""
    services.store.run(lambda db: db.conversations.bring_back(conversation_id))


def export(services: Services, *, conversation_id: ConversationId, file: Path) -> None:
    """Write a conversation as Markdown, or as JSON with everything if the name ends in .json."""
    transcript = show(services, conversation_id=conversation_id)
    if file.suffix == ".json":
        text = json.dumps(asdict(transcript), indent=2, ensure_ascii=False)
    else:
        text = as_markdown(transcript)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageProblem(
            f"The file {file} cannot be written ({error.strerror}); choose another place."
        ) from error


def as_markdown(transcript: Transcript) -> str:
    """The conversation as read: queries, chosen replies, and the order the user gave."""
    parts = [f"# {transcript.conversation.title}"]
    for round_ in transcript.rounds:
        parts.append(f"**You:** {round_.text}")
        if round_.drawn_on:
            parts.append(f"*Drawn on: {'; '.join(round_.drawn_on)}*")
        chosen = [c for c in round_.candidates if c.id == round_.chosen]
        parts += [f"**Reply {_named(c)}:** {c.said}" for c in chosen]
        if round_.ranking:
            parts.append(f"*Your order: {format_order(round_.ranking.order)}*")
    return "\n\n".join(parts) + "\n"


def _named(candidate: Candidate) -> str:
    """Its letter, and whether the text is the user's."""
    return f"{candidate.letter} (edited by you)" if candidate.version else candidate.letter
