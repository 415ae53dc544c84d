"""What was acknowledged survives kill -9 at any moment, and nothing is ever there by half."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.paths import find_paths
from assistant.storage.database import Database, open_database

KILLS = 100
LONGEST = 0.15  # seconds of work before the kill
HERE = Path(__file__).resolve().parent
TABLES = {"query": "queries", "candidate": "candidates", "ranking": "rankings"}

Session = subprocess.Popen[str]
Said = set[tuple[str, ...]]

HALF_EVENTS = {
    "a candidate without its query": """
        SELECT count(*) FROM candidates WHERE query_id NOT IN (SELECT id FROM queries)""",
    "a query with some of its candidates": """
        SELECT count(*) FROM (SELECT query_id FROM candidates GROUP BY query_id
                              HAVING count(*) != 3)""",
    "a finished candidate without text": """
        SELECT count(*) FROM candidates WHERE finish = 'stop' AND (text = '' OR tokens = 0)""",
    "a ranking without an entry for each candidate": """
        SELECT count(*) FROM rankings r WHERE
            (SELECT count(*) FROM ranking_entries WHERE ranking_id = r.id)
            != (SELECT count(*) FROM candidates WHERE query_id = r.query_id)""",
    "a ranking with a best but no reply chosen": """
        SELECT count(*) FROM active_rankings a JOIN queries q ON q.id = a.query_id
        JOIN ranking_entries e ON e.ranking_id = a.id AND e.position = 1
        WHERE q.chosen_candidate_id IS NULL""",
    "a ranking before its prediction": """
        SELECT count(*) FROM rankings WHERE query_id NOT IN (SELECT query_id FROM predictions)""",
    "one prediction of two": """
        SELECT count(*) FROM (SELECT query_id FROM predictions GROUP BY query_id
                              HAVING count(*) != 2)""",
    "a candidate still being written": """
        SELECT count(*) FROM candidates WHERE finish = 'writing'""",
    "no active snapshot, or two": """
        SELECT count(*) FROM (SELECT learner FROM snapshots GROUP BY learner
                              HAVING sum(active) != 1)""",
}


def start(home: Path) -> Session:
    """A session that has not yet touched the data."""
    path = os.pathsep.join(str(p) for p in (HERE.parent / "usecases", HERE.parent.parent))
    return subprocess.Popen(
        [sys.executable, str(HERE / "kill_session.py"), str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )


@contextmanager
def sessions(home: Path) -> Iterator[Iterator[Session]]:
    """Sessions one after the other, the next one starting up while one is at work."""
    waiting = [start(home)]

    def each() -> Iterator[Session]:
        while True:
            waiting.append(start(home))
            yield waiting.pop(0)

    try:
        yield each()
    finally:
        for session in waiting:
            session.kill()
            session.communicate()


def work_and_kill(session: Session, seconds: float) -> Said:
    """Let a session work, kill it, and return every whole line it said."""
    assert session.stdin is not None
    assert session.stdout is not None
    session.stdin.write("go\n")
    session.stdin.flush()
    first = session.stdout.readline()
    assert first == "opened\n", "the session did not begin"
    time.sleep(seconds)
    assert session.poll() is None, "the session ended by itself"
    session.kill()
    rest, _ = session.communicate()
    return {tuple(line.split()) for line in rest.splitlines(keepends=True) if line.endswith("\n")}


def lost(db: Database, said: Said) -> Said:
    """What was said to be stored and is not."""
    stored = {
        (what, str(row["id"]))
        for what, table in TABLES.items()
        for row in db.tables.query(f"SELECT id FROM {table}")
    }
    stored |= {
        ("retraction", str(row["ranking_id"]))
        for row in db.tables.query("SELECT ranking_id FROM retractions")
    }
    unfinished = {
        ("candidate", str(row["id"]))
        for row in db.tables.query("SELECT id FROM candidates WHERE finish != 'stop'")
    }
    return {line for line in said if line[:2] not in stored - unfinished}


def check(database: Database, said: Said) -> int:
    """Hold the file against all that was ever said; how many candidates were cut short."""
    assert database.tables.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert database.tables.execute("PRAGMA foreign_key_check").fetchall() == []
    interrupted = database.run(lambda db: db.rounds.mark_interrupted())
    assert database.run(lambda db: lost(db, said)) == set()
    for name, count in HALF_EVENTS.items():
        assert database.tables.execute(count).fetchone()[0] == 0, name
    return interrupted


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_everything_acknowledged_survives_a_hundred_kills(tmp_path: Path) -> None:
    chance, said, interrupted = random.Random(5), set(), 0
    with sessions(tmp_path) as each:
        for session in (next(each) for _ in range(KILLS)):
            said |= work_and_kill(session, chance.uniform(0, LONGEST))
            database = open_database(find_paths(tmp_path).database)
            try:
                interrupted += check(database, said)
            finally:
                database.close()
    kinds = [line[0] for line in said]
    assert min(kinds.count(what) for what in (*TABLES, "retraction")) > KILLS / 2, "too little work"
    assert interrupted > 0, "no kill fell into the writing of a reply"
