"""What a full data file costs, against the same work on an empty one in the same run.

Contract: 10,000 conversations with 100,000 messages (each query with one reply) of words drawn by a
seeded generator; each step is timed on both files in turn, `runs` times, and medians are compared.
The memory is what opening and listing the full file adds to a process of its own.
"""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median

import psutil

from assistant.domain.model import ConversationId, Finish, Guidance, Origin
from assistant.storage.database import Database, open_database

CONVERSATIONS = 10_000
ROUNDS = 5  # of each conversation; a round is two messages
SEED = 20261121
_SYLLABLES = tuple(first + second for first in "bdfghklmnprstvz" for second in "aeiou")
_RARE = "xylophon"  # a word that occurs once in the full file


def bench_store(runs: int = 5) -> dict[str, object]:
    """Seconds of each step on both files, ratios and memory, ready to be written as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder, "full.db"), Path(folder, "empty.db")
        started = time.perf_counter()
        _fill(full, CONVERSATIONS)
        filled = time.perf_counter() - started
        _fill(empty, 1)
        ours = [_steps(full) for _ in range(runs)]
        baseline = [_steps(empty) for _ in range(runs)]
        size = full.stat().st_size / 1e6
        memory = _memory(full) - _memory(empty)
    rows = {
        step: {
            "ours_s": (mine := median(run[step] for run in ours)),
            "baseline_s": (theirs := median(run[step] for run in baseline)),
            "ratio": mine / theirs,
        }
        for step in ours[0]
    }
    return {
        "ours_s": sum(row["ours_s"] for row in rows.values()),
        "baseline_s": sum(row["baseline_s"] for row in rows.values()),
        "baseline": "the same steps on a file with one conversation",
        "ratio": sum(r["ours_s"] for r in rows.values())
        / sum(r["baseline_s"] for r in rows.values()),
        "details": {
            "steps": rows,
            "conversations": CONVERSATIONS,
            "messages": CONVERSATIONS * ROUNDS * 2,
            "file_mb": size,
            "added_memory_mb": memory,
            "fill_s": filled,
            "seed": SEED,
            "runs": runs,
        },
    }


def _fill(file: Path, conversations: int) -> None:
    """A data file with that many conversations; the first one holds the rare word."""
    chance = random.Random(SEED)
    database = open_database(file)
    for start in range(0, conversations, 500):
        numbers = range(start, min(start + 500, conversations))

        def write(db: Database, numbers: range = numbers) -> None:
            for number in numbers:
                _add(db, chance, number)

        database.run(write)
    database.close()


def _add(db: Database, chance: random.Random, number: int) -> None:
    """One conversation with its rounds."""
    conversation = db.conversations.add(_text(chance, 4), float(number))
    for round_ in range(ROUNDS):
        words = _text(chance, 12) + (f" {_RARE}" if number == round_ == 0 else "")
        query = db.rounds.add_query(conversation, words, float(number))
        candidate = db.rounds.add_candidate(
            query,
            letter="A",
            place=0,
            guidance=Guidance(),
            origin=Origin.PLAIN,
            propensity=1.0,
            seed=0,
        )
        db.rounds.finish_candidate(candidate, _text(chance, 80), Finish.STOP, 100)
        db.rounds.choose(query, candidate)


def _text(chance: random.Random, words: int) -> str:
    """Made-up words, most of them rare, as in language."""
    return " ".join(
        "".join(chance.choices(_SYLLABLES, k=1 + min(3, int(chance.expovariate(0.8)))))
        for _ in range(words)
    )


def _steps(file: Path) -> dict[str, float]:
    """Seconds of everything a user waits for."""
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> object:
        started = time.perf_counter()
        value = work()
        seconds[name] = time.perf_counter() - started
        return value

    database = timed("start", lambda: open_database(file))
    assert isinstance(database, Database)
    timed("list", lambda: database.run(lambda db: db.conversations.all()))
    timed("search_rare_word", lambda: database.run(lambda db: db.search.find(_RARE)))
    timed("search_common_word", lambda: database.run(lambda db: db.search.find(_SYLLABLES[0])))
    timed(
        "open_conversation",
        lambda: database.run(lambda db: db.rounds.of_conversation(ConversationId(1))),
    )
    timed("new_conversation", lambda: database.run(lambda db: db.conversations.add("New", 1.0)))
    timed("close", database.close)
    return seconds


def _memory(file: Path) -> float:
    """Megabytes that a process of its own holds after opening and listing a file."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(_open_and_list, file).result()


def _open_and_list(file: Path) -> float:
    """In the child: USS in MB while the list is held."""
    database = open_database(file)
    held = database.run(lambda db: db.conversations.all())
    memory: float = psutil.Process().memory_full_info().uss / 1e6
    database.close()
    return memory if held else 0.0
