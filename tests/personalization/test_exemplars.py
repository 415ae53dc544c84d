from __future__ import annotations

from assistant.personalization.exemplars import Winner, choose_exemplars


def words(text: str) -> int:
    return len(text.split())


NEAR = Winner(1, "near query", "near reply", [1.0, 0.1])
NEARER = Winner(2, "nearer query", "nearer reply", [1.0, 0.0])
FAR = Winner(3, "far query", "far reply", [0.0, 1.0])


def test_the_nearest_winner_stands_last() -> None:
    assert choose_exemplars([1.0, 0.0], [NEARER, NEAR], words) == (NEAR, NEARER)


def test_replies_on_another_subject_are_left_out() -> None:
    assert choose_exemplars([1.0, 0.0], [FAR, NEAR], words) == (NEAR,)


def test_a_winner_that_does_not_fit_makes_room_for_the_next() -> None:
    long = Winner(4, "query", "word " * 50, [1.0, 0.0])
    assert choose_exemplars([1.0, 0.0], [long, NEAR], words, tokens=10) == (NEAR,)


def test_never_more_than_asked_for() -> None:
    many = [Winner(i, "q", "r", [1.0, 0.0]) for i in range(9)]
    assert len(choose_exemplars([1.0, 0.0], many, words, most=3)) == 3


def test_nothing_is_counted_beyond_what_is_needed() -> None:
    counted: list[str] = []

    def count(text: str) -> int:
        counted.append(text)
        return 1

    choose_exemplars([1.0, 0.0], [NEARER, NEAR, FAR], count, most=1)
    assert counted == ["nearer query", "nearer reply"]
