"""Import chats: another program's export becomes conversations here, each only once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.domain.model import LETTERS, Finish, Guidance, Origin, QueryId
from assistant.storage.database import Database
from assistant.usecases.chat_files import Chat, ChatRound, read_chats
from assistant.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Imported:
    """How many conversations came in, were here already, or were none."""

    program: str
    added: int
    known: int
    left_out: int


def import_chats(services: Services, *, file: Path) -> Imported:
    """Add the chats of an export file, in one transaction; they come into a folder of their own.

    Nothing is learned from them as they come: their replies were not ranked. Where a query has
    several, they wait to be ranked with what else was left unranked. UsageProblem if the file is
    none.
    """
    content = read_chats(file)
    now = services.clock()

    def write(db: Database) -> int:
        known = db.conversations.origins()
        new = [chat for chat in content.chats if chat.origin not in known]
        for chat in {chat.origin: chat for chat in new}.values():
            _add(db, chat, content.program, now)
        return len({chat.origin for chat in new})

    added = services.store.run(write)
    return Imported(content.program, added, len(content.chats) - added, content.left_out)


def _add(db: Database, chat: Chat, program: str, now: float) -> None:
    """One chat as a conversation with all its versions."""
    conversation = db.conversations.add(chat.title, chat.created_at or now)
    db.conversations.set_origin(conversation, chat.origin)
    db.conversations.set_folder(conversation, f"From {program}")
    ids: list[QueryId] = []
    for round_ in chat.rounds:
        parent = None if round_.parent is None else ids[round_.parent]
        query_id = db.rounds.add_query_after(parent, conversation, round_.text, round_.created_at)
        db.rounds.set_model(query_id, program, "", {})
        _add_replies(db, query_id, round_, now)
        ids.append(query_id)
    db.rounds.show_version(ids[chat.leaf])


def _add_replies(db: Database, query_id: QueryId, round_: ChatRound, now: float) -> None:
    """The replies to a query; the first is the one that the chat went on with."""
    added = []
    for place, text in enumerate((round_.reply, *round_.others)):
        candidate = db.rounds.add_candidate(
            query_id,
            letter=LETTERS[place],
            place=place,
            guidance=Guidance(),
            origin=Origin.PLAIN,
            propensity=1.0,
            seed=0,
        )
        db.rounds.finish_candidate(candidate, text, Finish.STOP, 0)
        added.append(candidate)
    for edit in round_.edits:
        if edit:
            db.reply_edits.add(added[0], edit, now)
    db.reply_edits.use(added[0], round_.version)
    db.rounds.choose(query_id, added[0])
