from __future__ import annotations

import math

from assistant.personalization.prompt_pool import (
    Entry,
    Outcome,
    cosine,
    keep_best,
    keep_front,
    nearest,
    prompt_for,
)


def entry(prompt: str, *values: float) -> Entry:
    return Entry(prompt, {i: Outcome(v, v > 0.5, "") for i, v in enumerate(values)})


def test_the_memory_is_in_ascending_order_and_drops_the_worst() -> None:
    kept = keep_best([entry("a", 1, 0), entry("b", 0, 0), entry("c", 1, 1)], 2)
    assert [e.prompt for e in kept] == ["a", "c"]


def test_of_equal_prompts_the_one_tried_more_often_is_kept() -> None:
    kept = keep_best([entry("a", 0, 1, 1), entry("a", 1)])
    assert len(kept) == 1
    assert len(kept[0].outcomes) == 3


def test_misaligned_cases_are_those_where_the_wish_was_not_met() -> None:
    assert entry("a", 1, 0, 0).misaligned == (1, 2)


def test_the_front_keeps_who_is_best_somewhere_where_the_best_by_score_does_not() -> None:
    good = [entry("a", 1, 1, 1, 0), entry("b", 1, 1, 0.9, 0)]
    specialist = entry("s", 0, 0, 0, 1)
    assert "s" in [e.prompt for e in keep_front([*good, specialist], 2)]
    assert "s" not in [e.prompt for e in keep_best([*good, specialist], 2)]


def test_the_front_ends_with_the_best_score_and_never_exceeds_its_size() -> None:
    entries = [entry(str(i), *(float(i == j) for j in range(6)), i / 10) for i in range(6)]
    front = keep_front(entries, 4)
    assert len(front) == 4
    assert front[-1].score == max(e.score for e in entries)
    assert [e.score for e in front] == sorted(e.score for e in front)


def test_an_untried_prompt_scores_nothing() -> None:
    assert entry("a").score == 0.0


def test_the_nearest_cases_come_first() -> None:
    cases = {1: [1.0, 0.0], 2: [0.0, 1.0], 3: [1.0, 1.0]}
    assert nearest([1.0, 0.1], cases, 2) == (1, 3)


def test_retrieval_takes_the_prompt_that_did_best_on_the_nearest_cases() -> None:
    overall, local = entry("overall", 1, 1, 0), entry("local", 0, 0, 1)
    chosen = prompt_for([local, overall], [2])
    assert chosen is not None
    assert chosen.prompt == "local"


def test_ties_in_retrieval_go_to_the_higher_score() -> None:
    chosen = prompt_for([entry("low", 1, 0), entry("high", 1, 1)], [0])
    assert chosen is not None
    assert chosen.prompt == "high"


def test_an_empty_pool_has_no_prompt() -> None:
    assert prompt_for([], [1]) is None


def test_the_cosine_of_a_zero_vector_is_zero() -> None:
    assert cosine([0.0, 0.0], [1.0, 2.0]) == 0.0
    assert math.isclose(cosine([1.0, 1.0], [2.0, 2.0]), 1.0)
