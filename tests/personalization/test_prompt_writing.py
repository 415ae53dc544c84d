from __future__ import annotations

from assistant.generation.grammar import check_grammar
from assistant.personalization.prompt_pool import Case, Entry, Outcome
from assistant.personalization.prompt_writing import (
    LONGEST,
    Task,
    clean_prompt,
    prompt_grammar,
    writing_request,
)

TASK = Task("Say who the person is.", "This person")
CASES = {i: Case(i, f"question{i}?", f"wanted{i}") for i in range(4)}


def entry(prompt: str, failed: tuple[int, ...]) -> Entry:
    return Entry(
        prompt, {i: Outcome(float(i not in failed), i not in failed, f"said{i}") for i in range(4)}
    )


def test_only_the_worst_prompt_lists_its_failures_in_full() -> None:
    text = writing_request(TASK, [entry("worst", (2, 3)), entry("better", (3,))], CASES)
    assert text.count("said3") == 1
    assert "said2" in text
    assert "case 3 as well" in text


def test_failures_that_the_worst_does_not_show_are_counted() -> None:
    text = writing_request(TASK, [entry("worst", (3,)), entry("other", (0, 3))], CASES)
    assert "case 3 as well and in 1 more" in text
    assert "said0" not in text


def test_without_errors_the_model_sees_prompts_and_scores_alone() -> None:
    text = writing_request(TASK, [entry("worst", (2, 3))], CASES, errors=False)
    assert "score 50: worst" in text
    assert "said2" not in text
    assert "failed" not in text


def test_prompts_stand_in_ascending_order_of_score() -> None:
    text = writing_request(TASK, [entry("worst", (2, 3)), entry("better", ())], CASES)
    assert text.index("worst") < text.index("better")


def test_the_request_can_be_made_with_an_empty_memory() -> None:
    assert "This person" in writing_request(TASK, [], CASES)


def test_long_questions_are_shortened() -> None:
    case = {0: Case(0, "word " * 500, "wanted")}
    failed = Entry("p", {0: Outcome(0.0, False, "said")})
    assert len(writing_request(TASK, [failed], case)) < 2000


def test_the_grammar_passes_the_engines_check() -> None:
    check_grammar(prompt_grammar(Task("", 'quote " and \\ back')))


def test_a_written_text_is_unquoted_and_put_on_one_line() -> None:
    assert clean_prompt(' "This person likes\n tea." \n\nAnd more.') == "This person likes tea."


def test_a_text_that_is_too_long_ends_with_a_whole_sentence() -> None:
    cleaned = clean_prompt("This person likes tea. " * 40)
    assert cleaned is not None
    assert len(cleaned) <= LONGEST
    assert cleaned.endswith("tea.")


def test_a_text_that_says_nothing_is_no_prompt() -> None:
    assert clean_prompt(" \n ") is None
    assert clean_prompt("Yes.") is None
