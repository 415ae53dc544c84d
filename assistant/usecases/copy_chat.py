"""Copy a conversation up to one of its turns: to go another way without touching the first one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Conversation, ConversationId, QueryId
from assistant.usecases.rank import reply_of
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database

COPY_OF = "{title} (copy)"


def copy_from(
    services: Services,
    *,
    query_id: QueryId,
    letter: str = "",
    version: int = 0,
    title: str = COPY_OF,
) -> Conversation:
    """Copy everything up to a query and its reply; the copy is a conversation of its own.

    It goes on with the reply (and version) named, else with the one that the original goes on with.
    Rankings stay with the original. `title` has a place for the original's title.
    """
    now = services.clock()

    def write(db: Database) -> Conversation:
        path = db.rounds.path_to(db.rounds.get(query_id).query_id)
        original = db.conversations.get(path[-1].conversation_id)
        if letter:
            path = (*path[:-1], replace(path[-1], chosen=reply_of(path[-1], letter).id))
        copy = db.copies.add(path, title.format(title=original.title), now)
        if letter:
            last = db.rounds.of_conversation(copy)[-1]
            db.reply_edits.use(reply_of(last, letter).id, version)
        return db.conversations.get(copy)

    return services.store.run(write)


def copy_whole(
    services: Services, *, conversation_id: ConversationId, title: str = COPY_OF
) -> Conversation:
    """Copy a conversation as it is shown; UsageProblem if nothing was asked in it."""
    rounds = services.store.run(lambda db: db.rounds.of_conversation(conversation_id))
    if not rounds:
        raise UsageProblem("This conversation has no query yet; there is nothing to copy.")
    return copy_from(services, query_id=rounds[-1].query_id, title=title)
