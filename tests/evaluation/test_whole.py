"""The evaluation of the whole with a program written for it: what is asked of it, what counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from assistant.domain.events import Progress
from assistant.domain.interview import InterviewOption, InterviewQuestion
from assistant.evaluation.interest_measure import Floats
from assistant.evaluation.score_cache import ScoreCache
from assistant.evaluation.whole import (
    NO_SCORER,
    NOTHING_LEARNED,
    ONE_REPLY,
    WHOLE,
    WholeExperiment,
    WholeSize,
)
from assistant.evaluation.whole_product import NAMES, Part, TriedOut
from assistant.evaluation.whole_report import Judged, WholeReport
from tests.personalization.word_embedder import WordEmbedder


def option(sample: str) -> InterviewOption:
    return InterviewOption(sample, (), sample)


QUESTIONS = (
    InterviewQuestion(
        "same", "Any?", "Hm?", (option("Interest1 here."), option("Interest1 here."))
    ),
    InterviewQuestion(
        "loud", "How loud?", "How?", (option("Quiet and brief."), option("Loud! So loud! " * 20))
    ),
)
INTERESTS = tuple(f"Interest{number}" for number in range(8))


@dataclass
class ShoutingProgram:
    """Shouts in as many replies as it has seen rankings, unless its tags are switched off."""

    number: int
    rankings: int = 0
    asked: list[str] = field(default_factory=list)
    tries: list[tuple[str, int]] = field(default_factory=list)
    learned: list[int] = field(default_factory=list)
    answers: list[tuple[str, Mapping[str, int]]] = field(default_factory=list)

    def interview(self) -> Sequence[InterviewQuestion]:
        return QUESTIONS

    def round(self, query: str, seed: int, felt: Callable[[Sequence[str]], Floats]) -> None:
        worth = felt(["quiet.", "loud! loud!", "middling!"])
        assert worth.shape == (3,)
        self.asked.append(query)
        self.rankings += 1

    def keep(self, point: int) -> None:
        assert point == self.rankings
        self.learned.append(point)

    def tried(
        self,
        point: int,
        part: str,
        queries: Sequence[tuple[str, int]],
        answers: Mapping[str, int] = MappingProxyType({}),
    ) -> Iterator[TriedOut]:
        self.answers.append((part, answers))
        for query, seed in queries:
            self.tries.append((part, seed))
            plain = tuple(f"{query} {seed % 7} {place}." for place in range(3))
            loud = (*plain[:2], f"{query} Interest1 Interest2" + " loud" * point)
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
    steps = list(WholeExperiment(open_product, INTERESTS, kept, size, time.monotonic).run())
    progress = [step for step in steps if isinstance(step, Progress)]
    assert isinstance(steps[-1], WholeReport)
    return progress, steps[-1]


def test_the_whole_and_every_part_are_judged_at_every_moment(tmp_path: Path) -> None:
    programs: dict[int, ShoutingProgram] = {}
    size = WholeSize(people=3, rankings=10, tests=3, seed=4)
    _, report = run(tmp_path, size, programs)
    assert {moment for _, moment in report.judged} == {0, 10}
    assert {part for part, moment in report.judged if moment == 10} >= {
        WHOLE, NO_SCORER, ONE_REPLY, NOTHING_LEARNED, *(NAMES[part] for part in size.parts),
    }  # fmt: skip
    assert NAMES[Part.PROMPTS] not in {part for part, moment in report.judged if moment == 0}
    assert all(len(people) == 3 for people in report.judged.values())
    assert report.gain(WHOLE, NOTHING_LEARNED, 0).value == 0
    assert report.gain(WHOLE, NOTHING_LEARNED, 10).value != 0
    without = report.win_rate(NAMES[Part.TAGS], 10)
    assert without.value == pytest.approx(0.5)  # exactly what is written unguided
    assert report.gain(WHOLE, NO_SCORER, 10).value == report.gain(WHOLE, ONE_REPLY, 10).value
    assert len(report.people) == 3
    assert report.seconds_a_person is not None


def test_people_answer_the_interview_by_their_taste_and_before_no_other_part(
    tmp_path: Path,
) -> None:
    programs: dict[int, ShoutingProgram] = {}
    run(tmp_path, WholeSize(people=8, rankings=0, tests=1, seed=4), programs)
    said = {
        number: answers
        for number, program in programs.items()
        for part, answers in program.answers
        if part == Part.INTERVIEW
    }
    assert len(said) == 8
    assert not any("same" in answers for answers in said.values())  # nothing to choose
    assert {answers.get("loud") for answers in said.values()} >= {0, 1}
    others = (a for p in programs.values() for part, a in p.answers if part != Part.INTERVIEW)
    assert not any(others)


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


def test_each_pair_of_people_shares_draws_of_its_own(tmp_path: Path) -> None:
    programs: dict[int, ShoutingProgram] = {}
    shared = (Part.TAGS, Part.RULES, Part.EXEMPLARS, Part.PROMPTS)  # the interview is one's own
    run(tmp_path, WholeSize(people=4, rankings=0, tests=2, seed=4, parts=shared), programs)
    first, second = ({seed for _, seed in programs[n].tries} for n in (0, 2))
    assert not programs[1].tries  # its replies were written for the other one of the pair
    assert not programs[3].tries
    assert len(first) > len(second) == 2  # the first one's program wrote what sets the units too
    assert not first & second


def test_intervals_are_over_pairs_whose_people_want_the_opposite() -> None:
    report = WholeReport()
    for person, reward in enumerate((2.0, -1.0, 1.5, -0.5)):  # both pairs gain one half
        report.add(WHOLE, 0, person, Judged(0.5, reward))
    share = report.reward(WHOLE, 0)
    assert (share.value, share.low, share.high) == (0.5, 0.5, 0.5)


def test_runs_with_people_of_their_own_make_up_one_table(tmp_path: Path) -> None:
    both: dict[int, ShoutingProgram] = {}
    _, together = run(tmp_path / "a", WholeSize(people=2, rankings=10, tests=2, seed=4), both)
    for first in (0, 1):
        size = WholeSize(people=1, rankings=10, tests=2, seed=4, first=first)
        _, alone = run(tmp_path / "b", size, {})
        assert list(alone.people) == [first]
    # everything is kept: nobody is asked again
    asked = {number: ShoutingProgram(number, rankings=10) for number in (0, 1)}
    _, joined = run(tmp_path / "b", WholeSize(people=2, rankings=10, tests=2, seed=4), asked)
    assert not any(program.tries or program.asked for program in asked.values())
    assert joined.rows(WHOLE) == together.rows(WHOLE)


def test_people_for_whom_a_part_was_not_tried_do_not_count_in_its_gain() -> None:
    report = WholeReport()
    for person in range(3):
        report.add("whole", 20, person, Judged(1.0, 1.0))
    report.add("part", 20, 1, Judged(0.5, 0.25))
    assert report.gain("whole", "part", 20).value == pytest.approx(0.75)
    assert report.rows("whole")[1]["people"] == 1


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
