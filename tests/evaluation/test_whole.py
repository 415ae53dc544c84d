"""The evaluation of the whole with a program written for it: what is asked of it, what counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from assistant.domain.events import Progress
from assistant.evaluation.score_cache import ScoreCache
from assistant.evaluation.whole import (
    NO_SCORER,
    NO_TAGS,
    ONE_REPLY,
    OTHER_PROMPTS,
    WHOLE,
    TriedOut,
    WholeExperiment,
    WholeSize,
)
from assistant.evaluation.whole_people import Floats
from assistant.evaluation.whole_report import Judged, WholeReport
from tests.personalization.word_embedder import WordEmbedder

INTERESTS = tuple(f"Interest{number}" for number in range(8))


@dataclass
class ShoutingProgram:
    """Shouts in as many replies as it has seen rankings, unless its tags are switched off."""

    number: int
    rankings: int = 0
    asked: list[str] = field(default_factory=list)
    tries: list[tuple[str, int]] = field(default_factory=list)
    learned: list[int] = field(default_factory=list)

    def round(self, query: str, seed: int, felt: Callable[[Sequence[str]], Floats]) -> None:
        worth = felt(["quiet.", "loud! loud!", "middling!"])
        assert worth.shape == (3,)
        self.asked.append(query)
        self.rankings += 1

    def keep(self, point: int) -> None:
        assert point == self.rankings
        self.learned.append(point)

    def tried(
        self, point: int, part: str, queries: Sequence[tuple[str, int]]
    ) -> Iterator[TriedOut]:
        for query, seed in queries:
            self.tries.append((part, seed))
            plain = tuple(f"{query} {seed % 7} {place}." for place in range(3))
            loud = (*plain[:2], f"{query} you! I! for example? 1 **2**\n- 3")
            texts = plain if part in ("all", "tags") else loud
            yield TriedOut(texts, {"both": (0.0, 0.1, 0.2), "selector": (0.0, 0.0, 0.0)}, 1)

    def vectors(self, texts: Sequence[str]) -> Floats:
        return np.asarray(WordEmbedder().embed(texts), dtype=float)


def run(
    folder: Path, size: WholeSize, programs: dict[int, ShoutingProgram]
) -> tuple[list[Progress], WholeReport]:
    @contextmanager
    def open_product(number: int) -> Iterator[ShoutingProgram]:
        yield programs.setdefault(number, ShoutingProgram(number))

    kept = ScoreCache(folder / "kept.jsonl", time.monotonic)
    steps = list(WholeExperiment(open_product, INTERESTS, kept, size).run())
    progress = [step for step in steps if isinstance(step, Progress)]
    assert isinstance(steps[-1], WholeReport)
    return progress, steps[-1]


def test_the_whole_and_every_part_are_judged_at_every_moment(tmp_path: Path) -> None:
    programs: dict[int, ShoutingProgram] = {}
    _, report = run(tmp_path, WholeSize(people=3, rankings=10, tests=3, seed=4), programs)
    assert {moment for _, moment in report.judged} == {0, 10}
    assert {part for part, moment in report.judged if moment == 10} >= {
        WHOLE, NO_TAGS, NO_SCORER, ONE_REPLY, OTHER_PROMPTS,
    }  # fmt: skip
    assert all(len(people) == 3 for people in report.judged.values())
    whole, without = report.win_rate(WHOLE, 10), report.win_rate(NO_TAGS, 10)
    assert whole.value is not None
    assert without.value is not None
    assert whole.value > without.value
    assert report.gain(WHOLE, NO_SCORER, 10).value == report.gain(WHOLE, ONE_REPLY, 10).value
    assert len(report.people) == 3


def test_queries_that_are_tried_are_never_ranked(tmp_path: Path) -> None:
    programs: dict[int, ShoutingProgram] = {}
    run(tmp_path, WholeSize(people=1, rankings=20, tests=3, seed=4), programs)
    tried = {seed for _, seed in programs[0].tries}
    assert len(programs[0].asked) == 20
    assert sorted(set(programs[0].learned)) == [0, 10, 20]
    assert len(set(programs[0].asked)) == 20
    assert len(tried) >= 3


def test_a_stopped_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    size, programs = WholeSize(people=2, rankings=10, tests=2, seed=4), {}
    _, first = run(tmp_path, size, programs)
    before = {number: len(program.tries) for number, program in programs.items()}
    _, again = run(tmp_path, size, programs)
    assert {number: len(program.tries) for number, program in programs.items()} == before
    assert all(program.rankings == 10 for program in programs.values())
    assert again.rows(WHOLE) == first.rows(WHOLE)


def test_before_any_ranking_replies_are_written_once_for_everybody(tmp_path: Path) -> None:
    programs: dict[int, ShoutingProgram] = {}
    run(tmp_path, WholeSize(people=2, rankings=0, tests=2, seed=4), programs)
    assert programs[0].tries
    assert 1 not in programs or not programs[1].tries


def test_gains_are_paired_by_person_and_reply() -> None:
    report = WholeReport()
    for person in range(4):
        for reply in range(3):
            base = float(person * reply)
            report.add("whole", 20, person, Judged(1.0, base + 0.5))
            report.add("part", 20, person, Judged(0.5, base))
    gain = report.gain("whole", "part", 20)
    assert gain.value == pytest.approx(0.5)
    assert (gain.low, gain.high) == (pytest.approx(0.5), pytest.approx(0.5))
    assert [row["part"] for row in report.rows("whole")] == ["whole", "part"]


def test_the_reply_given_is_the_one_expected_to_be_liked_best() -> None:
    tried = TriedOut(("a", "b", "c"), {"both": (0.0, 0.2, 0.1), "selector": (0.3, 0.3, 0.3)}, 2)
    assert tried.best("both") == "b"
    assert tried.best("selector") == "c"  # nothing told apart: the exploiting one
    assert tried.best("scorer") == "c"
