from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.evaluation.score_cache import ScoreCache


class Asker:
    """Counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, missing: list[int]) -> Sequence[object]:
        self.asked += missing
        return [[float(index)] for index in missing]


def clock() -> float:
    return 0.0


def test_what_is_known_is_not_asked_again_even_by_a_later_run(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "cache.jsonl"
    first = Asker()
    assert [kept.value for kept in ScoreCache(file, clock).ask(["a", "b"], first)] == [[0.0], [1.0]]
    second = Asker()
    kept = ScoreCache(file, clock).ask(["b", "c"], second)
    assert [one.value for one in kept] == [[1.0], [1.0]]
    assert second.asked == [1]


def test_a_line_torn_by_a_crash_is_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "cache.jsonl"
    ScoreCache(file, clock).ask(["a", "b"], Asker())
    text = file.read_text().rstrip()
    file.write_text(text[: len(text) - 10])
    asker = Asker()
    cache = ScoreCache(file, clock)
    cache.ask(["a", "b"], asker)
    assert asker.asked == [1]
    again = Asker()
    ScoreCache(file, clock).ask(["a", "b"], again)
    assert again.asked == []


def test_seconds_are_those_of_the_first_time(tmp_path: Path) -> None:
    times = iter([0.0, 3.0])
    cache = ScoreCache(tmp_path / "cache.jsonl", lambda: next(times))
    cache.ask(["a", "b", "c"], Asker())
    assert cache.ask(["a"], Asker())[0].seconds == 1.0
