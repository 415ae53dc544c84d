"""Keep writing: go on with a reply that was stopped, cut off or interrupted, where it ended.

Same query, guidance, seed and sampling; the text grows in the same candidate. A crash meanwhile
loses a second of it at most, and the reply can be gone on with again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.domain.events import ReplyFinished, ReplyReopened, RoundEvent, RoundFinished
from assistant.domain.model import Candidate, QueryId, Round
from assistant.personalization.learner import Policy
from assistant.usecases.ask import predict_order
from assistant.usecases.plan import Plan, turns_of
from assistant.usecases.presets import sampling_then
from assistant.usecases.rank import relearn
from assistant.usecases.services import Services
from assistant.usecases.write import write_candidates

if TYPE_CHECKING:
    from assistant.storage.database import Database

NOTHING_CHOSEN = Policy(drafts=1, interests=0, styles=0, plain_share=0.0)  # guidance is known


def keep_writing(
    services: Services, *, query_id: QueryId, letter: str = "", cancel: CancelToken
) -> Iterator[RoundEvent]:
    """Stream what follows the text of a reply, up to the longest reply allowed once more.

    Without a letter it is the only reply of the query that was cut off. UsageProblem if it ended by
    itself or stands as the user edited it. If the round is ranked, what was learned from it is
    learned anew from the longer text.
    """
    started = services.timer()
    before = services.store.run(lambda db: db.rounds.get(query_id))
    candidate = _cut_off(before, letter)

    def reopen(db: Database) -> tuple[Plan, Round]:
        db.rounds.reopen(candidate.id)
        round_ = db.rounds.get(query_id)
        return _plan(db, round_), round_

    plan, round_ = services.store.run(reopen)
    services.learner.pause(True)
    try:
        yield ReplyReopened(round_.candidate(candidate.letter))
        yield from write_candidates(services, plan, round_, cancel, only=(candidate,))
        if before.ranking is None:  # else what was expected before the ranking is what counts
            yield from predict_order(services, query_id)
    except Exception:  # whatever it was, the reply must not wait to be written for ever
        yield _put_back(services, candidate)
        raise
    finally:
        services.learner.pause(False)
    after = services.store.run(lambda db: db.rounds.get(query_id))
    relearn(services, before, after)
    yield RoundFinished(after, services.timer() - started)


def _cut_off(round_: Round, letter: str) -> Candidate:
    """The reply meant; UsageProblem if there is none to go on with."""
    found = [c for c in round_.candidates if c.letter == letter or not letter]
    if not found:
        raise UsageProblem(f"Query {round_.query_id} has no reply {letter or 'yet'}.")
    if letter and found[0].version:
        raise UsageProblem(
            f"Reply {letter} was edited by you; go on with it as it was written, or write it anew."
        )
    unfinished = [c for c in found if c.finish.cut_off and not c.version]
    if not unfinished:
        which = f"Reply {letter}" if letter else "Every reply"
        raise UsageProblem(f"{which} came to its end by itself; there is nothing to go on with.")
    if len(unfinished) > 1:
        names = ", ".join(c.letter for c in unfinished)
        raise UsageProblem(f"Several replies were cut off; name one with --letter: {names}.")
    return unfinished[0]


def _plan(db: Database, round_: Round) -> Plan:
    """What the reply was written from, as it was, with the longest reply as it is set now."""
    return Plan(
        query=round_.text,
        turns=turns_of(db, round_.conversation_id, until=round_.query_id),
        policy=NOTHING_CHOSEN,
        sampling=sampling_then(db, round_.query_id),
        tags={tag.name: tag for tag in db.tags.all()},
    )


def _put_back(services: Services, candidate: Candidate) -> ReplyFinished:
    """Nothing could be written: the reply is what it was, unless some text came in."""

    def write(db: Database) -> ReplyFinished:
        now = db.rounds.get(candidate.query_id).candidate(candidate.letter)
        if now.text != candidate.text:
            return ReplyFinished(now.id, now.finish, now.tokens)
        db.rounds.finish_candidate(candidate.id, candidate.text, candidate.finish, candidate.tokens)
        return ReplyFinished(candidate.id, candidate.finish, candidate.tokens)

    return services.store.run(write)
