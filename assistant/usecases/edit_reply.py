"""Edit a reply: the user's text stands for it from then on, and what was written is kept.

The next prompts hold the edited text. Whatever learns goes on reading what the model wrote, and so
do rankings: they were about that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Finish, QueryId, Round
from assistant.usecases.rank import reply_of
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database

LONGEST_REPLY = 200_000  # characters; more than any model here writes or reads


def edit_reply(services: Services, *, query_id: QueryId, letter: str, text: str) -> Round:
    """Let `text` stand for a reply, which is then the one that the conversation goes on with.

    A text that it has already is taken up again. UsageProblem if the text is empty or too long, or
    if the reply is still being written.
    """
    text = text.strip()
    if not 0 < len(text) <= LONGEST_REPLY:
        raise UsageProblem(f"A reply has 1 to {LONGEST_REPLY:,} characters; change the text.")
    now = services.clock()

    def write(db: Database) -> Round:
        reply = reply_of(db.rounds.get(query_id), letter)
        if reply.finish is Finish.WRITING:
            raise UsageProblem(f"Reply {letter} is being written; edit it when it is whole.")
        texts = (reply.text, *reply.edits)
        if text in texts:
            db.reply_edits.use(reply.id, texts.index(text))
        else:
            db.reply_edits.add(reply.id, text, now)
        db.rounds.choose(query_id, reply.id)
        return db.rounds.get(query_id)

    return services.store.run(write)
