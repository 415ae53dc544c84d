"""A scripted session of real use cases that says what is acknowledged; killed by test_kill.py.

Waits for a line on its input before it touches the data, so that starting Python costs nothing.
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from pathlib import Path

from plain_personalizer import LIBRARY, PlainPersonalizer

from assistant.domain.cancel import CancelToken
from assistant.domain.events import ReplyFinished, RoundFinished, RoundStarted
from assistant.domain.model import QueryId, Round
from assistant.domain.preferences import parse_order
from assistant.generation.scripted import ScriptedBackend
from assistant.paths import find_paths
from assistant.storage.database import open_database
from assistant.usecases.ask import ask
from assistant.usecases.examples import start_learner
from assistant.usecases.rank import RankingSaved, rank
from assistant.usecases.services import Services
from assistant.usecases.undo import undo

ORDERS = ("A>B>C", "C>A=B", "B", "none", "C>B")


def say(what: str, *ids: int) -> None:
    print(what, *ids, flush=True)


def ask_one(services: Services, number: int) -> Round:
    for event in ask(services, text=f"Query {number}?", cancel=CancelToken()):
        if isinstance(event, RoundStarted):
            say("query", event.round.query_id)
        elif isinstance(event, ReplyFinished):
            say("candidate", event.candidate_id)
        elif isinstance(event, RoundFinished):
            finished = event.round
    return finished


def rank_one(services: Services, query_id: QueryId, text: str) -> None:
    order = parse_order(text, ("A", "B", "C"))
    for step in rank(services, query_id=query_id, order=order):
        if isinstance(step, RankingSaved) and step.round.ranking:
            say("ranking", step.round.ranking.id, query_id)


def main(home: Path) -> None:
    paths = find_paths(home)
    database = open_database(paths.database)
    database.run(lambda db: db.rounds.mark_interrupted())
    database.run(lambda db: db.tags.sync_library(LIBRARY))
    ticks = itertools.count()
    services = Services(
        store=database,
        backend=ScriptedBackend(("one two three four five six", "seven eight nine ten")),
        learner=PlainPersonalizer(),
        paths=paths,
        clock=time.time,
        timer=lambda: float(next(ticks)),  # every piece of text is flushed
        random=random.Random(1),
    )
    start_learner(services)
    say("opened")
    for number in itertools.count():
        round_ = ask_one(services, number)
        rank_one(services, round_.query_id, ORDERS[number % len(ORDERS)])
        if number % 3 == 0:
            rank_one(services, round_.query_id, "B>A>C")
        if number % 2 == 0:
            taken = database.run(lambda db, q=round_.query_id: db.rankings.active([q]))
            undo(services, query_id=round_.query_id)
            say("retraction", taken[round_.query_id].id)


if __name__ == "__main__":
    sys.stdin.readline()
    main(Path(sys.argv[1]))
