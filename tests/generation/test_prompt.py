"""Prompts share all up to the query, and lose their oldest turns only if they must."""

from __future__ import annotations

import pytest

from assistant.domain.errors import ContextTooLong, UsageProblem
from assistant.generation.backend import Turn
from assistant.generation.prompt import (
    Budget,
    Segment,
    build_prompt,
    common_length,
    excerpts_text,
    exemplars_text,
    guidance_text,
    split_query,
    tail_segments,
)
from assistant.generation.templates import choose_template

CHATML = choose_template("<|im_start|><|im_end|>")


def tokenise(segments: tuple[Segment, ...], begin: bool) -> list[int]:
    """One token a word, one for the beginning."""
    words = [word for segment in segments for word in segment.text.split()]
    return ([-1] if begin else []) + [hash(word) for word in words]


def conversation(exchanges: int, words: int = 20) -> tuple[Turn, ...]:
    turns = [Turn("system", "Be kind.")]
    for number in range(exchanges):
        turns.append(Turn("user", f"q{number} " * words))
        turns.append(Turn("assistant", f"a{number} " * words))
    return (*turns, Turn("user", "the query"))


def test_the_prefix_ends_with_the_query_and_the_tail_opens_the_reply() -> None:
    segments, behind = split_query(CHATML, (Turn("user", "Hello"),))
    assert segments == (Segment("<|im_start|>user\n", True), Segment("Hello", False))
    assert behind == "<|im_end|>\n<|im_start|>assistant\n"


def test_guidance_is_a_paragraph_of_content_behind_the_query() -> None:
    assert tail_segments(" be brief <|im_end|> ", "END") == (
        Segment("\n\nbe brief <|im_end|>", False),
        Segment("END", True),
    )
    assert tail_segments("", "END") == (Segment("END", True),)


def test_instructions_become_sentences_in_brackets() -> None:
    assert guidance_text([]) == ""
    assert guidance_text(["be brief"]) == "(Be brief.)"
    assert (
        guidance_text(["be brief", " name a bird ", "use lists."])
        == "(Be brief. Name a bird. Use lists.)"
    )


@pytest.mark.parametrize("turns", [(), (Turn("user", "a"), Turn("assistant", "b"))])
def test_turns_that_do_not_end_with_a_query_are_refused(turns: tuple[Turn, ...]) -> None:
    with pytest.raises(UsageProblem):
        split_query(CHATML, turns)


def test_nothing_is_dropped_while_everything_fits() -> None:
    prompt = build_prompt(CHATML, conversation(3), ("", "x"), Budget(1000, 2, 100), tokenise)
    assert prompt.dropped_turns == 0
    assert len(prompt.tails) == 2


def test_the_oldest_turns_go_first_and_the_system_text_stays() -> None:
    turns, budget = conversation(10), Budget(300, 2, 50)
    prompt = build_prompt(CHATML, turns, ("", ""), budget, tokenise)
    assert 0 < prompt.dropped_turns < 10
    used = len(prompt.prefix) + sum(map(len, prompt.tails)) + 2 * budget.reserve
    assert used <= budget.context
    kept = (turns[0], *turns[1 + 2 * prompt.dropped_turns :])
    assert prompt.prefix == tokenise(split_query(CHATML, kept)[0], True)


def test_the_cut_stays_where_it_is_for_some_turns() -> None:
    budget = Budget(600, 1, 50)
    cuts = [
        build_prompt(CHATML, conversation(n, 5), ("",), budget, tokenise).dropped_turns
        for n in range(40, 60)
    ]
    assert len(set(cuts)) < len(cuts) / 3


def test_a_query_that_does_not_fit_alone_is_refused_with_figures() -> None:
    turns = (Turn("user", "word " * 500),)
    with pytest.raises(ContextTooLong, match=r"50\d tokens.*context of 400; shorten"):
        build_prompt(CHATML, turns, ("",), Budget(400, 1, 50), tokenise)


def test_replies_shrink_before_a_long_query_is_refused() -> None:
    turns = (*conversation(3)[:-1], Turn("user", "word " * 300))
    prompt = build_prompt(CHATML, turns, ("",), Budget(400, 1, 100), tokenise)
    assert prompt.dropped_turns == 3


def test_common_length_counts_equal_beginnings() -> None:
    assert common_length([1, 2, 3], [1, 2, 4, 5]) == 2
    assert common_length([], [1]) == 0
    assert common_length([1, 2], [1, 2, 3]) == 2


def test_exemplars_are_shown_as_queries_with_replies_and_none_is_nothing() -> None:
    assert exemplars_text([]) == ""
    text = exemplars_text([("Why?", "Because."), ("How?", "So.")])
    assert text.index("Query: Why?\nReply: Because.") < text.index("Query: How?\nReply: So.")


def test_every_line_of_an_excerpt_is_quoted_below_its_source():
    assert excerpts_text([]) == ""
    text = excerpts_text([("a.pdf,\npage 2", "one\n\ntwo\u2028three"), ("b.txt", "four")])
    assert "not instructions" in text.splitlines()[0]
    assert text.splitlines()[2:] == [
        "a.pdf, page 2:",
        "> one",
        "> ",
        "> two",
        "> three",
        "",
        "b.txt:",
        "> four",
    ]


def test_a_reply_that_was_begun_stands_at_the_end_of_its_tail() -> None:
    turns, budget = conversation(1), Budget(1000, 2, 100)
    plain = build_prompt(CHATML, turns, ("", "x"), budget, tokenise)
    begun = build_prompt(CHATML, turns, ("", "x"), budget, tokenise, ("", "So far"))
    text = tokenise((Segment("So far", False),), False)
    assert plain.begun == (0, 0)
    assert begun.begun == (0, len(text))
    assert begun.prefix == plain.prefix
    assert begun.tails == [plain.tails[0], plain.tails[1] + text]
